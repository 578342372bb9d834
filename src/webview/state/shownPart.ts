import { isBlank, type AnswerPart } from '../../shared/answer/answerPart';
import type { ToolCall } from '../../shared/answer/toolCall';
import type { ToolCallState } from '../../shared/answer/toolCallState';
import type { AssistantMessage, Conversation } from '../../shared/conversation/conversation';
import { toolResults } from '../../shared/conversation/toolResults';

/** A tool call with the tool's result; null while there is none. */
export interface ToolUse {
  /** Index among the answer's parts. */
  readonly index: number;
  readonly call: ToolCall;
  readonly state: ToolCallState;
  readonly result: string | null;
}

/**
 * The displayed parts of an answer, in their order. Adjacent media, and adjacent tool calls, form one group. `index` is
 * the index of the first one among the answer's parts; it does not change while the answer grows. Growing text is not
 * included: see `TextFeeds`.
 */
export type ShownPart =
  | { readonly kind: 'text'; readonly index: number }
  | {
      readonly kind: 'reasoning';
      readonly index: number;
      /** How long the model thought; null while it thinks, and if the times are unknown. */
      readonly seconds: number | null;
      /** True while the model thinks. */
      readonly grows: boolean;
    }
  /** `from` and `to` are indices among the answer's media; `to` is exclusive. */
  | { readonly kind: 'media'; readonly index: number; readonly from: number; readonly to: number }
  | { readonly kind: 'tool-calls'; readonly index: number; readonly uses: readonly ToolUse[] };

/** The displayed parts of an answer, without blank text and without the sources, which have their own list. */
export function shownPartsOf(conversation: Conversation, answer: AssistantMessage): ShownPart[] {
  const { parts } = answer;
  const shown: ShownPart[] = [];
  let results: ReturnType<typeof toolResults> | undefined;
  let media = 0;
  for (const [index, part] of parts.entries()) {
    if (isBlank(part)) continue;
    const last = shown.at(-1);
    switch (part.kind) {
      case 'text':
        shown.push({ kind: 'text', index });
        break;
      case 'reasoning':
        shown.push({ kind: 'reasoning', index, ...thinking(answer, index, shown.length === 0) });
        break;
      case 'media':
        if (last?.kind === 'media') shown.splice(-1, 1, { ...last, to: media + 1 });
        else shown.push({ kind: 'media', index, from: media, to: media + 1 });
        media += 1;
        break;
      case 'tool-call': {
        results ??= toolResults(conversation, answer);
        const { call, state } = part;
        const use = { index, call: { ...call }, state, result: results.get(call.id)?.text ?? null };
        if (last?.kind === 'tool-calls') shown.splice(-1, 1, { ...last, uses: [...last.uses, use] });
        else shown.push({ kind: 'tool-calls', index, uses: [use] });
        break;
      }
      case 'sources':
        break;
    }
  }
  return shown;
}

/**
 * A value that changes with everything that `shownPartsOf` shows, except tool calls. Costs the same for any number of
 * parts.
 */
export function shapeOf(parts: readonly AnswerPart[]): number {
  let shape = parts.length;
  // Only the last parts grow, apart from sources. Earlier blank parts stay blank.
  for (let back = 1; back <= 3; back += 1) {
    const part = parts.at(-back);
    const isText = part?.kind === 'text' ? 2 : 0;
    shape = shape * 4 + isText + (part !== undefined && isBlank(part) ? 1 : 0);
  }
  return shape;
}

/** The last part with visible content; undefined if there is none yet. */
export function lastShown(parts: readonly AnswerPart[]): AnswerPart | undefined {
  return parts.findLast((part) => part.kind !== 'sources' && !isBlank(part));
}

/**
 * The time from the prompt (for the first part) or from the part's first text to the next part or the end of the
 * answer.
 */
function thinking(
  answer: AssistantMessage,
  index: number,
  isFirst: boolean,
): { readonly seconds: number | null; readonly grows: boolean } {
  const next = answer.parts.slice(index + 1).find(({ kind }) => kind !== 'sources');
  const until = next?.at ?? answer.endedAt;
  const from = isFirst ? answer.createdAt : (answer.parts[index]?.at ?? 0);
  const grows = answer.ending === null && lastShown(answer.parts) === answer.parts[index];
  // An imported answer ends when it begins.
  if (until === null || until === from) return { seconds: null, grows };
  return { seconds: Math.max(1, Math.round((until - from) / 1000)), grows };
}
