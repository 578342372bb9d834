import type { ToolCall } from '../../shared/answer/toolCall';
import type { PromptMessage, PromptPart } from '../ports/promptMessage';
import type { AnswerMemory } from './answerMemory';
import { joinDrafts, type AssistantDraft, type UserDraft } from './joinDrafts';
import type { GivenMessage } from './givenMessage';

/** What a request depends on, apart from its messages. */
export interface GivenPromptStyle {
  /** `gatewayId/modelId`. */
  readonly model: string;
  readonly takesPictures: boolean;
  /** True for a model that needs its own reasoning back, as `reasoning_content`. */
  readonly wantsReasoning: boolean;
  readonly memory: Pick<AnswerMemory, 'find'>;
}

const noResult = 'There is no result for this call. It was probably stopped.';

/**
 * Makes a request of the messages of another program. The request is valid whatever the messages are: it begins with one system
 * message at most, each call has exactly one result right after its answer, and no result is without a call.
 *
 * @returns Nothing if the messages have no content.
 */
export function composeGivenPrompt(
  given: readonly GivenMessage[],
  style: GivenPromptStyle,
): readonly PromptMessage[] {
  const { system, drafts } = joinDrafts(given);
  const newId = idMaker();
  const messages = drafts.flatMap((draft) =>
    draft.role === 'user' ? userMessages(draft, style) : answerMessages(draft, style, newId),
  );
  if (system === '') return messages;
  // A request needs a message that is not from the system.
  return [{ role: messages.length === 0 ? 'user' : 'system', content: system }, ...messages];
}

function userMessages(
  { texts, pictures }: UserDraft,
  { takesPictures }: GivenPromptStyle,
): readonly PromptMessage[] {
  const sent = takesPictures ? pictures : [];
  const note = leftOut(pictures.length - sent.length);
  const text = [...texts, note].filter((part) => part.trim() !== '').join('\n');
  if (sent.length === 0) return text === '' ? [] : [{ role: 'user', content: text }];
  const words: readonly PromptPart[] = text === '' ? [] : [{ type: 'text', text }];
  return [{ role: 'user', content: [...words, ...sent.map(picturePart)] }];
}

function answerMessages(
  draft: AssistantDraft,
  style: GivenPromptStyle,
  newId: (given: string) => string,
): readonly PromptMessage[] {
  if (draft.text.trim() === '' && draft.calls.length === 0) return [];
  const remembered = style.memory.find(
    style.model,
    draft.calls.map(({ id }) => id),
  );
  const pictures: string[] = [];
  const calls = draft.calls.map(({ id, name, arguments: written, result }) => {
    const shown = result?.pictures ?? [];
    if (style.takesPictures) pictures.push(...shown);
    const note = style.takesPictures ? '' : leftOut(shown.length);
    const text = result === undefined ? noResult : [result.text, note].filter((one) => one !== '').join('\n');
    return { id, name, written, text };
  });
  // The calls come in the order of the model, because the signatures of its reasoning belong to their places.
  for (const { index, name, problem } of remembered?.unusable ?? [])
    calls.splice(index, 0, { id: '', name, written: '{}', text: problem });
  const results: PromptMessage[] = [];
  const toolCalls: ToolCall[] = [];
  for (const { id, name, written, text } of calls) {
    const callId = newId(id);
    toolCalls.push({ id: callId, name, arguments: written, complete: true });
    results.push({ role: 'tool', callId, content: text });
  }
  const reasoning = draft.reasoning === '' ? (remembered?.reasoning ?? '') : draft.reasoning;
  const keptReasoning = remembered?.keptReasoning;
  return [
    {
      role: 'assistant',
      content: draft.text,
      ...(reasoning !== '' && (style.wantsReasoning ? { reasoning } : { unsentReasoning: reasoning })),
      ...(toolCalls.length > 0 && { toolCalls }),
      ...(keptReasoning !== undefined && { keptReasoning }),
    },
    ...results,
    // The result of a tool is text. The pictures of all results follow together.
    ...(pictures.length === 0
      ? []
      : userMessages({ role: 'user', texts: ['Pictures from the results of the tools:'], pictures }, style)),
  ];
}

function picturePart(url: string): PromptPart {
  return { type: 'image_url', image_url: { url } };
}

function leftOut(pictures: number): string {
  return pictures === 0 ? '' : `[Pictures left out because this model does not take them: ${pictures}]`;
}

/** Returns a function that makes ids unique. The same messages always get the same ids, so that a gateway finds them in its cache. */
function idMaker(): (given: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (given) => {
    const base = given.trim() === '' ? 'call' : given;
    let count = counts.get(base) ?? 0;
    let id = base;
    for (; taken.has(id); id = `${base}_${count}`) count += 1;
    counts.set(base, count);
    taken.add(id);
    return id;
  };
}
