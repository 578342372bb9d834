import { answerToolCalls } from '../../shared/answer/answerPart';
import type { Message } from '../../shared/conversation/conversation';
import type { ToolCall } from '../../shared/answer/toolCall';

/** The tool calls of a path that can be sent, and their results. */
export interface PairedCalls {
  /** By the answer's id: its calls that have a result, in order. */
  readonly calls: ReadonlyMap<string, readonly ToolCall[]>;
  /** Ids of the tool messages that hold the result of one of these calls. */
  readonly results: ReadonlySet<string>;
}

/**
 * Pairs the tool calls of each answer with the results right after it. Leaves out truncated calls, calls without a result and
 * results without a call: gateways refuse the whole conversation because of one of them.
 */
export function pairToolCalls(path: readonly Message[]): PairedCalls {
  const calls = new Map<string, readonly ToolCall[]>();
  const results = new Set<string>();
  for (const [at, message] of path.entries()) {
    if (message.role !== 'assistant') continue;
    const completeCalls = answerToolCalls(message).filter(({ complete }) => complete);
    const answered = new Set<ToolCall>();
    for (const result of path.slice(at + 1, at + 1 + countResultsAfter(path, at))) {
      const call = completeCalls.find(
        (candidate) => result.role === 'tool' && candidate.id === result.callId && !answered.has(candidate),
      );
      if (call === undefined) continue;
      answered.add(call);
      results.add(result.id);
    }
    if (answered.size > 0)
      calls.set(
        message.id,
        completeCalls.filter((call) => answered.has(call)),
      );
  }
  return { calls, results };
}

function countResultsAfter(path: readonly Message[], at: number): number {
  let count = 0;
  while (path[at + 1 + count]?.role === 'tool') count += 1;
  return count;
}
