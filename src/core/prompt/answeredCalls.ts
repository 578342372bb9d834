import type { Message } from '../../shared/conversation/conversation';
import type { ToolCall } from '../../shared/answer/toolCall';

/** The calls of tools that may be sent back, and the results that belong to them. */
export interface AnsweredCalls {
  /** By the answer's id: its calls that have a result, in order. */
  readonly calls: ReadonlyMap<string, readonly ToolCall[]>;
  /** Ids of the results that answer one of these calls. */
  readonly results: ReadonlySet<string>;
}

/**
 * Pairs the calls of each answer on a path with the results right below it. A call that was cut or got no result, and a
 * result without a call, are in neither: gateways refuse the whole chat for one of them.
 */
export function answeredCalls(path: readonly Message[]): AnsweredCalls {
  const calls = new Map<string, readonly ToolCall[]>();
  const results = new Set<string>();
  for (const [at, message] of path.entries()) {
    if (message.role !== 'assistant') continue;
    const open = message.toolCalls.filter(({ complete }) => complete);
    const answered = new Set<ToolCall>();
    for (const result of path.slice(at + 1, at + 1 + resultsAfter(path, at))) {
      const call = open.find(
        (called) => result.role === 'tool' && called.id === result.callId && !answered.has(called),
      );
      if (call === undefined) continue;
      answered.add(call);
      results.add(result.id);
    }
    if (answered.size > 0)
      calls.set(
        message.id,
        open.filter((call) => answered.has(call)),
      );
  }
  return { calls, results };
}

function resultsAfter(path: readonly Message[], at: number): number {
  let count = 0;
  while (path[at + 1 + count]?.role === 'tool') count += 1;
  return count;
}
