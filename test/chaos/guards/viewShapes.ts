import { atLeast, fits, listOf, text, type Fields, type Shape } from './shape';

/**
 * What each message to the panel's page must have for the page to work with it, in the tests' own words. The host may send more: the
 * page looks at nothing else. Of the conversation in a snapshot, and of lists, the page checks no more than that they are there.
 */

const words = text(Number.MAX_SAFE_INTEGER, 'Why?', '', '<img src=x onerror=alert(1)>');
const id: Shape = { kind: 'text', least: 1, most: 100, examples: ['a', 'b', '__proto__', 'constructor'] };
const number: Shape = { kind: 'number', whole: false, least: Number.NEGATIVE_INFINITY };
const flag: Shape = { kind: 'flag' };
const anyList: Shape = listOf({ kind: 'anything' });

function oneOf(...values: readonly string[]): Shape {
  return { kind: 'one of', values };
}

function orNull(of: Shape): Shape {
  return { kind: 'null or', of };
}

function withOptional(fields: Fields, optional: Fields): Shape {
  return { kind: 'fields', fields, optional, others: true };
}

const failure = withOptional(
  { kind: oneOf('no-model', 'missing-key', 'invalid-key'), retryable: flag },
  {
    gatewayId: words,
    gatewayName: words,
    modelId: words,
    url: words,
    status: number,
    requestId: words,
    detail: words,
    seconds: number,
    host: words,
  },
);
const attachment: Shape = {
  kind: 'variant',
  by: 'kind',
  of: {
    code: atLeast({
      id: words,
      scope: oneOf('selection', 'symbol', 'file'),
      name: words,
      path: words,
      uri: words,
      languageId: words,
      startLine: number,
      endLine: number,
      text: words,
      truncated: flag,
    }),
    image: atLeast({ id: words, name: words, url: words }),
    text: atLeast({
      id: words,
      scope: oneOf('paste', 'folder', 'problems', 'changes', 'terminal'),
      name: words,
      languageId: words,
      text: words,
      truncated: flag,
    }),
  },
};
const ending: Shape = {
  kind: 'variant',
  by: 'outcome',
  of: {
    completed: atLeast({ finishReason: orNull(words) }),
    truncated: atLeast({ failure }),
    failed: atLeast({ failure }),
    cancelled: atLeast({}),
  },
};
const usage = withOptional(
  {},
  {
    promptTokens: number,
    completionTokens: number,
    totalTokens: number,
    cachedTokens: number,
    reasoningTokens: number,
    estimated: flag,
  },
);
const token = atLeast({
  text: words,
  logprob: number,
  alternatives: listOf(atLeast({ text: words, logprob: number })),
});
const call = atLeast({ id: words, name: words, arguments: words, complete: flag });
const media = withOptional(
  { kind: oneOf('image', 'audio', 'video'), url: words },
  { mimeType: words, name: words },
);
const place: Shape = { kind: 'number', whole: true, least: 0 };
const promptRecord = atLeast({
  window: orNull(place),
  reserved: place,
  parts: listOf(
    withOptional(
      {
        kind: oneOf(
          'instructions',
          'instruction-file',
          'system-text',
          'summary',
          'earlier-prompts',
          'earlier-attachments',
          'earlier-answers',
          'tool-results',
          'pictures',
          'attachment',
          'text',
          'continuation',
          'format',
        ),
        tokens: place,
      },
      { count: place, id: words, name: words, cut: flag },
    ),
  ),
  omitted: listOf(atLeast({ kind: oneOf('messages', 'empty-answers', 'reasoning'), count: place })),
});
const content: Shape = {
  kind: 'variant',
  by: 'role',
  of: {
    user: atLeast({ text: words, attachments: listOf(attachment) }),
    assistant: atLeast({ model: atLeast({ gatewayId: words, modelId: words }), modelName: words }),
    tool: withOptional(
      { callId: words, name: words, text: words },
      { outcome: oneOf('done', 'failed', 'denied', 'cancelled') },
    ),
  },
};

const event: Shape = {
  kind: 'variant',
  by: 'kind',
  of: {
    'conversation-created': atLeast({ id, at: number }),
    'title-changed': atLeast({ title: words, source: oneOf('prompt', 'user', 'model'), at: number }),
    'message-added': atLeast({ id, parent: orNull(id), at: number, content }),
    'text-appended': atLeast({ id, text: words, at: number }),
    'reasoning-appended': atLeast({ id, text: words, at: number }),
    'media-added': atLeast({ id, media, at: number }),
    'tokens-appended': atLeast({ id, tokens: listOf(token), at: number }),
    'tool-call-started': atLeast({ id, index: place, name: words, at: number }),
    'tool-call-arguments': atLeast({ id, index: place, text: words, at: number }),
    'tool-called': withOptional({ id, call, at: number }, { index: place }),
    'tool-call-state': atLeast({
      id,
      call: place,
      state: oneOf('waiting-for-approval', 'running', 'done', 'failed', 'denied', 'cancelled'),
      at: number,
    }),
    'retry-scheduled': atLeast({
      id,
      retry: atLeast({ attempt: number, until: number, failure }),
      at: number,
    }),
    'request-adapted': atLeast({ id, part: words, at: number }),
    'context-shortened': atLeast({ id, from: id, summary: orNull(words), at: number }),
    'prompt-sent': atLeast({ id, prompt: promptRecord, at: number }),
    'answer-ended': atLeast({ id, ending, usage: orNull(usage), servedModel: orNull(words), at: number }),
    'answer-resumed': atLeast({ id, at: number }),
    'version-selected': atLeast({ id, at: number }),
    'comparison-started': atLeast({ id, answers: listOf(id, Number.MAX_SAFE_INTEGER, 2), at: number }),
    'comparison-settled': atLeast({ id, answer: id, at: number }),
    'pin-changed': atLeast({ pinned: flag, at: number }),
    'background-requested': atLeast({
      request: atLeast({ purpose: oneOf('title', 'summary'), usage }),
      at: number,
    }),
  },
};

const state = atLeast({ gateways: anyList, attachments: anyList, queue: anyList, comparison: anyList });
const part: Shape = {
  kind: 'variant',
  by: 'kind',
  of: {
    text: atLeast({ text: words }),
    reasoning: atLeast({ text: words }),
    media: atLeast({ media: atLeast({ url: words }) }),
    'tool-call': atLeast({ call: atLeast({ arguments: words }) }),
    sources: atLeast({ sources: anyList }),
  },
};
const message: Shape = {
  kind: 'variant',
  by: 'role',
  of: {
    user: atLeast({ id: words, children: listOf(words) }),
    tool: atLeast({ id: words, children: listOf(words) }),
    assistant: atLeast({
      id: words,
      children: listOf(words),
      parts: listOf(part),
      tokens: anyList,
      adaptations: anyList,
    }),
  },
};

const count: Shape = { kind: 'number', whole: true, least: 0 };

/** Host → view, by name; but for bare text. */
export const viewShapes: Fields = {
  snapshot: atLeast({
    revision: number,
    conversation: atLeast({ id: words, roots: listOf(words), messages: listOf(message) }),
    state,
  }),
  events: atLeast({ revision: number, events: listOf(event) }),
  state,
  'media-loaded': atLeast({
    id,
    index: { kind: 'number', whole: true, least: 0 },
    url: {
      kind: 'text',
      least: 5,
      most: Number.MAX_SAFE_INTEGER,
      like: /^data:/,
      examples: ['data:image/gif;base64,R0lGODlhAQABAAAAACw='],
    },
  }),
  'thumbnail-loaded': withOptional(
    {
      id: words,
      url: {
        kind: 'text',
        least: 11,
        most: Number.MAX_SAFE_INTEGER,
        like: /^data:image\//,
        examples: ['data:image/gif;base64,R0lGODlhAQABAAAAACw='],
      },
    },
    {
      mask: {
        kind: 'text',
        least: 15,
        most: Number.MAX_SAFE_INTEGER,
        like: /^data:image\/png;/,
        examples: ['data:image/png;base64,iVBORw0KGgo='],
      },
    },
  ),
  speech: {
    kind: 'variant',
    by: 'kind',
    of: {
      begun: atLeast({ kind: words, request: count, parts: count, voice: words }),
      declined: atLeast({ kind: words, request: count }),
      loaded: atLeast({
        kind: words,
        request: count,
        index: count,
        url: {
          kind: 'text',
          least: 11,
          most: Number.MAX_SAFE_INTEGER,
          like: /^data:audio\//,
          examples: ['data:audio/wav;base64,UklGRg=='],
        },
      }),
      failed: atLeast({
        kind: words,
        request: count,
        index: count,
        sentence: words,
        details: text(10_000, 'HTTP 500'),
        action: { kind: 'null or', of: { kind: 'one of', values: ['retry', 'voice'] } },
      }),
    },
  },
  dictation: {
    kind: 'variant',
    by: 'phase',
    of: {
      none: atLeast({ phase: words }),
      ready: atLeast({ phase: words, model: { kind: 'null or', of: words } }),
      starting: atLeast({ phase: words }),
      recording: atLeast({
        phase: words,
        seconds: number,
        level: { kind: 'null or', of: number },
      }),
      transcribing: atLeast({ phase: words }),
    },
  },
  'focus-composer': { kind: 'anything' },
  'give-back-prompt': atLeast({ text: words }),
  'insert-text': atLeast({ text: words, selectStart: number, selectEnd: number }),
  'context-found': atLeast({ request: number, items: anyList }),
  'prompts-found': atLeast({ request: number, prompts: anyList }),
  'local-servers-found': atLeast({ request: number, servers: anyList }),
  'prompt-planned': atLeast({
    request: number,
    plan: orNull(atLeast({ modelName: words, record: promptRecord })),
  }),
  'history-listed': atLeast({ request: number, entries: anyList }),
  show: atLeast({ part: oneOf('history', 'find', 'shortcuts') }),
};

const envelope = atLeast({ type: oneOf(...Object.keys(viewShapes)), body: { kind: 'anything' } });

/** Whether a value is a message to the page: a bare text, or one with a name and a body. */
export function describesViewMessage(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (!fits(value, envelope)) return false;
  const { type, body } = value as { readonly type: string; readonly body: unknown };
  const shape = viewShapes[type];
  return shape !== undefined && fits(body, shape);
}

/** Whether the page can work with what its guard made of a message. */
export function describesReadViewMessage(value: unknown): boolean {
  const { type, body } = (value ?? {}) as { readonly type?: unknown; readonly body?: unknown };
  return type === 'text' ? typeof body === 'string' : describesViewMessage(value);
}
