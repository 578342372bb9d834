import fc from 'fast-check';
import type { Attachment } from '../../../src/shared/conversation/attachment';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { DeltaEvent } from '../../../src/shared/conversation/joinDeltas';
import type { Ending } from '../../../src/shared/answer/ending';
import type { Media } from '../../../src/shared/answer/media';
import type { Failure } from '../../../src/shared/failure/failure';
import { generatedKinds } from '../../../src/shared/answer/generation';
import { taskStates } from '../../../src/shared/answer/task';
import type { Usage } from '../../../src/shared/answer/usage';
import {
  omittedKinds,
  sentPartKinds,
  type PromptRecord,
} from '../../../src/shared/conversation/promptRecord';
import { failureKinds } from '../../../src/shared/failure/failure';

/** Few ids, so that random events refer to the same messages, and parents may or may not exist. */
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__');
const at = fc.nat({ max: 2_000_000_000_000 });
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '\n', '\ud83d', '😀'));

const codeAttachment = fc.record({
  kind: fc.constant('code' as const),
  id: fc.string(),
  scope: fc.constantFrom('selection', 'symbol', 'file'),
  name: text,
  path: text,
  uri: text,
  languageId: fc.constantFrom('typescript', 'plaintext'),
  startLine: fc.nat(),
  endLine: fc.nat(),
  text,
  truncated: fc.boolean(),
});

const place = { afterText: fc.boolean(), afterCalls: fc.nat({ max: 9 }) };

const reasoningItem = fc.oneof(
  fc.record({ ...place, type: fc.constant('thinking' as const), thinking: text, signature: text }),
  fc.record({ ...place, type: fc.constant('redacted_thinking' as const), data: text }),
  fc.record({
    ...place,
    type: fc.constant('reasoning' as const),
    id: text,
    summary: fc.array(text, { maxLength: 3 }),
    encrypted: text,
  }),
);

const attachment: fc.Arbitrary<Attachment> = fc.oneof(
  codeAttachment,
  fc.record({ kind: fc.constant('image' as const), id: fc.string(), name: text, url: fc.webUrl() }),
  fc.record({
    kind: fc.constant('text' as const),
    id: fc.string(),
    scope: fc.constantFrom('paste' as const, 'folder' as const, 'problems' as const),
    name: text,
    languageId: fc.constantFrom('', 'diff'),
    text,
    truncated: fc.boolean(),
  }),
);

/** Any failure with any facts. */
export const arbitraryFailure: fc.Arbitrary<Failure> = fc.record(
  {
    kind: fc.constantFrom(...failureKinds),
    retryable: fc.boolean(),
    gatewayId: fc.string(),
    gatewayName: fc.string(),
    modelId: fc.string(),
    url: fc.webUrl(),
    status: fc.integer({ min: 100, max: 599 }),
    requestId: fc.string(),
    detail: text,
    seconds: fc.nat(),
    host: fc.domain(),
    limit: fc.nat(),
  },
  { requiredKeys: ['kind', 'retryable'] },
);

const ending: fc.Arbitrary<Ending> = fc.oneof(
  fc.record({ outcome: fc.constant('completed' as const), finishReason: fc.option(fc.string()) }),
  fc.record({ outcome: fc.constantFrom('truncated' as const, 'failed' as const), failure: arbitraryFailure }),
  fc.constant({ outcome: 'cancelled' as const }),
);

const usage: fc.Arbitrary<Usage> = fc.record(
  {
    promptTokens: fc.nat(),
    completionTokens: fc.nat(),
    totalTokens: fc.nat(),
    cachedTokens: fc.nat(),
    reasoningTokens: fc.nat(),
    cost: fc.record({
      amount: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      currency: fc.constantFrom('USD', 'CNY'),
      source: fc.constantFrom('reported', 'listed', 'settings'),
    }),
    estimated: fc.boolean(),
  },
  { requiredKeys: [] },
);

const promptRecord: fc.Arbitrary<PromptRecord> = fc.record({
  window: fc.option(fc.nat()),
  reserved: fc.nat(),
  parts: fc.array(
    fc.record(
      {
        kind: fc.constantFrom(...sentPartKinds),
        tokens: fc.nat(),
        count: fc.nat(),
        id: fc.string(),
        name: text,
        cut: fc.boolean(),
      },
      { requiredKeys: ['kind', 'tokens'] },
    ),
    { maxLength: 3 },
  ),
  omitted: fc.array(fc.record({ kind: fc.constantFrom(...omittedKinds), count: fc.nat() }), { maxLength: 2 }),
});

/** Few ids, so that results and calls match. */
const callId = fc.constantFrom('call-1', 'call-2');

const settings = fc.record(
  {
    size: fc.constantFrom('1024x1024', '16:9'),
    count: fc.integer({ min: 1, max: 10 }),
    instrumental: fc.boolean(),
  },
  { requiredKeys: [] },
);
const generatedKind = fc.constantFrom(...generatedKinds);
const action = fc.record({ customId: fc.string({ minLength: 1 }), label: text });

const parameters = fc.record(
  {
    temperature: fc.double({ min: 0, max: 2, noNaN: true }).map((value) => value + 0),
    effort: text,
    systemText: text,
    generation: settings,
  },
  { requiredKeys: [] },
);

const content = fc.oneof(
  fc.record({
    role: fc.constant('user' as const),
    text,
    attachments: fc.array(attachment, { maxLength: 2 }),
  }),
  fc.record(
    {
      role: fc.constant('assistant' as const),
      model: fc.record({ gatewayId: fc.string(), modelId: fc.string() }),
      modelName: text,
      parameters,
      generation: fc.record({ kind: generatedKind, settings }),
    },
    { requiredKeys: ['role', 'model', 'modelName'] },
  ),
  fc.record(
    {
      role: fc.constant('tool' as const),
      callId,
      name: text,
      text,
      outcome: fc.constantFrom('done' as const, 'failed' as const, 'denied' as const, 'cancelled' as const),
    },
    { requiredKeys: ['role', 'callId', 'name', 'text'] },
  ),
);

const media: fc.Arbitrary<Media> = fc.record(
  {
    kind: fc.constantFrom('image', 'audio', 'video'),
    url: fc.oneof(fc.webUrl(), fc.constant('data:image/gif;base64,R0lGODlhAQABAAAAACw=')),
    mimeType: fc.constantFrom('image/gif', 'video/mp4'),
    name: text,
  },
  { requiredKeys: ['kind', 'url'] },
);

// JSON does not preserve -0.
const logprob = fc.double({ max: -Number.MIN_VALUE, min: -100, noNaN: true });
const tokens = fc.array(
  fc.record({
    text,
    logprob,
    alternatives: fc.array(fc.record({ text, logprob }), { maxLength: 3 }),
  }),
  { maxLength: 4 },
);

const call = fc.record({
  id: callId,
  name: text,
  arguments: fc.oneof(fc.json(), text),
  complete: fc.boolean(),
});
/** Few numbers, so that pieces and calls meet. */
const index = fc.nat({ max: 2 });
const retry = fc.record({ attempt: fc.nat(), until: at, failure: arbitraryFailure });

const sources = fc.array(
  fc.record(
    {
      url: fc.constantFrom('https://a.example/', 'https://b.example/'),
      number: fc.nat({ max: 3 }),
      title: text,
    },
    { requiredKeys: ['url', 'number'] },
  ),
  { maxLength: 3 },
);

const task = fc.record({
  taskId: fc.string({ minLength: 1 }),
  kind: generatedKind,
  form: fc.constantFrom('apimart', 'midjourney'),
  path: fc.string().map((path) => `/${path}`),
  submittedAt: at,
});

/** What an answer brings beside its words. */
const arbitraryExtra: fc.Arbitrary<ConversationEvent> = fc.oneof(
  fc.record({ kind: fc.constant('media-added' as const), id, media, at }),
  fc.record({ kind: fc.constant('task-submitted' as const), id, task, at }),
  fc.record({
    kind: fc.constant('task-progressed' as const),
    id,
    state: fc.constantFrom(...taskStates),
    percent: fc.option(fc.nat({ max: 100 })),
    at,
  }),
  fc.record({ kind: fc.constant('preview-shown' as const), id, media, at }),
  fc.record({
    kind: fc.constant('task-actions-offered' as const),
    id,
    actions: fc.array(action, { maxLength: 2 }),
    at,
  }),
  fc.record({ kind: fc.constant('text-became-reasoning' as const), id, length: fc.nat({ max: 20 }), at }),
  fc.record({ kind: fc.constant('sources-added' as const), id, sources, at }),
  fc.record({ kind: fc.constant('tokens-appended' as const), id, tokens, at }),
  fc.record(
    { kind: fc.constant('tool-called' as const), id, call, index, at },
    { requiredKeys: ['kind', 'id', 'call', 'at'] },
  ),
  fc.record({ kind: fc.constant('tool-call-started' as const), id, index, name: text, at }),
  fc.record({
    kind: fc.constant('tool-call-state' as const),
    id,
    call: index,
    state: fc.constantFrom('waiting-for-approval' as const, 'running' as const, 'cancelled' as const),
    at,
  }),
  fc.record({ kind: fc.constant('retry-scheduled' as const), id, retry, at }),
  fc.record({ kind: fc.constant('request-adapted' as const), id, part: text, at }),
  fc.record({
    kind: fc.constant('reasoning-kept' as const),
    id,
    items: fc.array(reasoningItem, { minLength: 1, maxLength: 3 }),
    at,
  }),
  fc.record({ kind: fc.constant('prompt-sent' as const), id, prompt: promptRecord, at }),
  fc.record({
    kind: fc.constant('context-shortened' as const),
    id,
    from: id,
    summary: fc.option(text),
    at,
  }),
);

/** An event of an answer. */
export const arbitraryDelta: fc.Arbitrary<DeltaEvent> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('text-appended' as const, 'reasoning-appended' as const),
      id,
      text,
      at,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('tool-call-arguments' as const), id, index, text, at }),
  },
);

/** Any event. In a random sequence, most events refer to messages that exist. */
const arbitraryEvent: fc.Arbitrary<ConversationEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('message-added' as const),
      id,
      parent: fc.option(id),
      at,
      content,
    }),
  },
  { weight: 4, arbitrary: arbitraryDelta },
  { weight: 4, arbitrary: arbitraryExtra },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('version-selected' as const), id, at }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('answer-ended' as const),
      id,
      ending,
      usage: fc.option(usage),
      servedModel: fc.option(fc.string()),
      at,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('title-changed' as const),
      title: text,
      source: fc.constantFrom('prompt' as const, 'user' as const, 'model' as const),
      at,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer-resumed' as const), id, at }) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        kind: fc.constant('conversation-created' as const),
        id,
        at,
        origin: fc.record({ conversation: id, title: fc.string(), message: id }),
      },
      { requiredKeys: ['kind', 'id', 'at'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pin-changed' as const), pinned: fc.boolean(), at }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('parameters-changed' as const), parameters, at }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('background-requested' as const),
      request: fc.record({ purpose: fc.constantFrom('title' as const, 'summary' as const), usage }),
      at,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('comparison-started' as const),
      id,
      answers: fc.array(id, { minLength: 2, maxLength: 4 }),
      at,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('comparison-settled' as const), id, answer: id, at }),
  },
);

/** Cloned, because fast-check's records have no prototype, unlike the objects of real messages. */
export const arbitraryEvents = fc
  .array(arbitraryEvent, { maxLength: 40 })
  .map((events) => structuredClone(events));
