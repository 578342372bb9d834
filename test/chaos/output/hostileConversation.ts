import type { Attachment } from '../../../src/shared/conversation/attachment';
import type { Ending } from '../../../src/shared/answer/ending';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { failureKinds, type Failure } from '../../../src/shared/failure/failure';
import type { Media } from '../../../src/shared/answer/media';
import type { Token } from '../../../src/shared/answer/token';
import { birdVideo } from '../../../scripts/demo/birdVideo.mjs';
import { testSound } from '../../support/testSound';
import type { HostileInput } from './hostileInputs';

/** Any time will do. */
const at = 1_700_000_000_000;

/** What is long in its own right is shown whole as text and as thoughts; in labels a part of it does. */
function part(text: string, length = 1_000): string {
  return text.slice(0, length);
}

/** The ids of the messages that the panel shows of an input's question and answer. */
export function shownIds(conversation: string, { number }: HostileInput): readonly string[] {
  return [`${conversation}-u${String(number)}`, `${conversation}-a${String(number)}`];
}

/** A question and its answer that say the hostile text wherever a conversation takes words or addresses. */
export function eventsOf(conversation: string, inputs: readonly HostileInput[]): ConversationEvent[] {
  const title = inputs.map(({ text }) => part(text, 60)).join(' ');
  const events: ConversationEvent[] = [
    { kind: 'conversation-created', id: conversation, at },
    { kind: 'title-changed', title: part(title, 400), source: 'model', at },
  ];
  let parent: string | null = null;
  for (const input of inputs) {
    events.push(...exchange(conversation, input, parent));
    parent = `${conversation}-t${String(input.number)}`;
  }
  return events;
}

function exchange(conversation: string, input: HostileInput, parent: string | null): ConversationEvent[] {
  const { text, number } = input;
  const [question, answer] = shownIds(conversation, input) as [string, string];
  const content = { role: 'user' as const, text: part(text, 20_000), attachments: attachmentsOf(input) };
  const result = { role: 'tool' as const, callId: 'call', name: part(text), text: part(text, 5_000) };
  // To draw each diagram and each long text twice would be half of the time, for little.
  const thinks = text.length < 3_000 && (input.family !== 'mermaid' || number % 8 === 0);
  return [
    { kind: 'message-added', id: question, parent, at, content },
    { kind: 'message-added', id: answer, parent: question, at, content: assistant(input) },
    ...(thinks ? [{ kind: 'reasoning-appended' as const, id: answer, text, at }] : []),
    { kind: 'text-appended', id: answer, text, at },
    ...mediaOf(input).map((media) => ({ kind: 'media-added' as const, id: answer, media, at })),
    { kind: 'tokens-appended', id: answer, tokens: tokensOf(input), at },
    { kind: 'tool-called', id: answer, call: callOf(input), at },
    { kind: 'request-adapted', id: answer, part: part(text), at },
    { kind: 'context-shortened', id: answer, from: question, summary: part(text, 5_000), at },
    {
      kind: 'answer-ended',
      id: answer,
      ending: endingOf(input),
      usage: { promptTokens: -1, completionTokens: 2 ** 53, cachedTokens: 0.5 },
      servedModel: `Served: ${part(text)}`,
      at,
    },
    { kind: 'message-added', id: `${conversation}-t${String(number)}`, parent: answer, at, content: result },
  ];
}

/** The model that an answer is of. */
export function assistant({
  text,
}: HostileInput): Extract<
  Extract<ConversationEvent, { kind: 'message-added' }>['content'],
  { role: 'assistant' }
> {
  return {
    role: 'assistant',
    model: { gatewayId: part(text), modelId: part(text) },
    modelName: part(text, 200),
  };
}

/** What a failed attempt says, with the hostile text wherever a failure takes words. */
export function failureOf({ text, address, number }: HostileInput): Failure {
  return {
    kind: failureKinds[number % failureKinds.length] ?? 'unexpected',
    retryable: true,
    gatewayId: part(text),
    gatewayName: part(text),
    modelId: part(text),
    url: number % 3 === 0 ? part(text) : address,
    status: -1,
    requestId: part(text),
    detail: part(text, 2_000),
    seconds: 2 ** 53,
    host: number % 2 === 0 ? part(text) : address,
  };
}

function endingOf(input: HostileInput): Ending {
  switch (input.number % 4) {
    case 0:
      return { outcome: 'completed', finishReason: part(input.text) };
    case 1:
      return { outcome: 'truncated', failure: failureOf(input) };
    case 2:
      return { outcome: 'failed', failure: failureOf(input) };
    default:
      return { outcome: 'cancelled' };
  }
}

/** Files that play. Players of other files are replaced by a note. */
const playable = [
  { kind: 'audio', url: `data:audio/wav;base64,${testSound(0.1).toString('base64')}` },
  { kind: 'video', url: `data:video/webm;base64,${birdVideo.toString('base64')}` },
] as const;

function mediaOf({ text, address, number, family }: HostileInput): Media[] {
  const kind = (['image', 'audio', 'video'] as const)[number % 3] ?? 'image';
  return [
    { kind, url: address, mimeType: part(text, 100), name: part(text, 300) },
    { kind: 'image', url: part(text), name: address },
    ...(family === 'sample' ? playable.map((file) => ({ ...file, name: part(text, 300) })) : []),
  ];
}

function tokensOf({ text }: HostileInput): Token[] {
  const pieces = part(text, 120).match(/[^]{1,7}/g) ?? [text];
  return pieces.map((piece) => ({
    text: piece,
    logprob: -1e308,
    alternatives: [
      { text: piece, logprob: 0 },
      { text: part(text, 60), logprob: 1e308 },
    ],
  }));
}

function callOf({ text, number }: HostileInput): Extract<ConversationEvent, { kind: 'tool-called' }>['call'] {
  const isJson = number % 2 === 0;
  return {
    id: 'call',
    name: part(text, 300),
    arguments: isJson
      ? JSON.stringify({ [part(text, 300)]: [part(text), { __proto__: text.length }] })
      : part(text),
    complete: isJson,
  };
}

function attachmentsOf({ text, address, number }: HostileInput): Attachment[] {
  const id = `attachment-${String(number)}`;
  const label = part(text, 300);
  return [
    {
      kind: 'code',
      id: `${id}-c`,
      scope: 'file',
      name: label,
      path: label,
      uri: address,
      languageId: label,
      startLine: -1,
      endLine: 2 ** 53,
      text: part(text),
      truncated: false,
    },
    {
      kind: 'text',
      id: `${id}-t`,
      scope: 'paste',
      name: label,
      languageId: label,
      text: part(text),
      truncated: true,
    },
    { kind: 'image', id: `${id}-i`, name: label, url: number % 2 === 0 ? address : part(text) },
  ];
}
