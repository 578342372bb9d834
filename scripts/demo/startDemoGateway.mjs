import { setTimeout } from 'node:timers/promises';
import { LLMock } from '@copilotkit/aimock';
import { completeText } from './completeText.mjs';
import { embedTexts } from './embedTexts.mjs';
import { pictureEndpoints, pictureModels } from './pictureEndpoints.mjs';
import { tone } from './tone.mjs';
import { loadTopics, titleSubject } from './topics.mjs';

/** The models on show. The owl thinks aloud before every answer; the speed is a factor. */
const models = [
  { id: 'nightingale', speed: 1 },
  { id: 'swift', speed: 3 },
  {
    id: 'owl',
    speed: 0.8,
    reasoning: 'Let me see what was asked, and which of my prepared answers fits it best.',
  },
  { id: 'magpie', speed: 1.3 },
];

/** The model for `#codebase`. */
const embeddingModel = 'sparrow-embed';

/** The base model, which goes on with texts. The list of models does not tell its kind, so the settings do. */
const baseModel = 'wren-base';

/** What the settings say about the gateway: the prices of its models, and where its balance is. It needs no key. */
export const demoSettings = {
  id: 'demo',
  name: 'Demo',
  auth: 'none',
  models: [
    ...models.map(({ id, speed }) => ({
      id,
      prices: { input: 0.5, cachedInput: 0.05, output: 2 / speed },
    })),
    { id: baseModel, kind: 'completion' },
  ],
  balance: {
    path: '/api/usage/token/',
    value: 'data.total_available',
    divideBy: 500_000,
    currency: 'USD',
  },
};

/**
 * @typedef {object} DemoGateway
 * @property {string} baseUrl Ends in `/v1`.
 * @property {() => readonly import('@copilotkit/aimock').JournalEntry[]} requests What it was asked, oldest first.
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a gateway on loopback that streams prepared answers and needs no key.
 *
 * @param {{ port?: number, tokensPerSecond?: number, firstToken?: number }} [options] `firstToken` is the time until
 *   the first token, in milliseconds. By default the port is a free one and the pace a person's model's.
 * @returns {Promise<DemoGateway>}
 */
export async function startDemoGateway({ port = 0, tokensPerSecond = 80, firstToken = 300 } = {}) {
  // Four characters are about a token.
  const mock = new LLMock({ port, host: '127.0.0.1', chunkSize: 4 });
  const topics = await loadTopics();
  mock.addFixture({
    match: { predicate: (request) => titleSubject(lastPrompt(request)) !== undefined },
    response: (request) => {
      const subject = titleSubject(lastPrompt(request)) ?? '';
      return { content: topics.find((topic) => topic.matches(subject))?.title ?? '' };
    },
  });
  for (const { id, speed, reasoning } of models) {
    const streamingProfile = { ttft: firstToken, tps: tokensPerSecond * speed, jitter: 0.4 };
    for (const topic of topics) {
      mock.addFixture({
        match: { model: id, predicate: (request) => topic.matches(lastPrompt(request)) },
        response: responder(topic, topic.reasoning ?? reasoning),
        streamingProfile,
      });
    }
  }
  // It speaks with a tone, and hears the same sentence in every sound.
  mock.addFixture({
    match: { model: 'lark-tts', endpoint: 'speech' },
    response: { audio: tone(3).toString('base64'), format: 'wav' },
  });
  for (const endpoint of /** @type {const} */ (['transcription', 'translation'])) {
    mock.addFixture({
      match: { model: 'robin-transcribe', endpoint },
      response: { transcription: { text: 'This is what the demo gateway hears in every sound.' } },
    });
  }
  mock.addFixture({
    match: { predicate: () => true },
    response: (request) => refusal({ status: 404, message: `There is no model "${request.model}" here.` }),
  });
  // Its id is in the list of models, because a fixture names it; the mount answers before the fixture.
  mock.addFixture({ match: { model: embeddingModel, endpoint: 'embedding' }, response: { embedding: [1] } });
  mock.mount('/v1/embeddings', {
    handleRequest: async (request, response) => {
      const text = Buffer.concat(await Array.fromAsync(request)).toString();
      /** @type {unknown} */
      const body = JSON.parse(text);
      const isObject = typeof body === 'object' && body !== null;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(embedTexts(isObject ? body : {})));
      return true;
    },
  });
  mock.mount('/v1/completions', {
    handleRequest: async (request, response) => {
      const text = Buffer.concat(await Array.fromAsync(request)).toString();
      /** @type {unknown} */
      const body = JSON.parse(text);
      const events = completeText(typeof body === 'object' && body !== null ? body : {});
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of events) {
        response.write(event);
        await setTimeout(firstToken / 10);
      }
      response.end();
      return true;
    },
  });
  // The balance, as New API writes it.
  mock.mount('/api/usage/token', {
    handleRequest: (_, response) => {
      const data = { object: 'token_usage', total_available: 6_170_000, unlimited_quota: false };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: true, message: 'ok', data }));
      return Promise.resolve(true);
    },
  });
  for (const model of pictureModels)
    mock.addFixture({ match: { model, endpoint: 'image' }, response: { image: { b64Json: '' } } });
  for (const [path, handler] of pictureEndpoints()) mock.mount(path, handler);
  const url = await mock.start();
  return {
    baseUrl: `${url}/v1`,
    requests: () => mock.getRequests(),
    stop: () => mock.stop(),
  };
}

/**
 * @param {import('./topics.mjs').Topic} topic
 * @param {string | undefined} reasoning
 */
function responder({ text, error }, reasoning) {
  let refuses = false;
  return () => {
    refuses = error !== undefined && !refuses;
    if (error && refuses) return refusal(error);
    return { content: text, ...(reasoning !== undefined && { reasoning }) };
  };
}

/** @param {{ status: number, message: string, retryAfter?: number }} error */
function refusal({ status, message, retryAfter }) {
  const error = { message, type: 'demo', code: `demo_${status}` };
  return { status, error, ...(retryAfter !== undefined && { retryAfter }) };
}

/**
 * @param {import('@copilotkit/aimock').ChatCompletionRequest} request
 * @returns {string} The user's last message; pictures are left out.
 */
function lastPrompt({ messages }) {
  const prompt = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  return typeof prompt === 'string' ? prompt : prompt.map(({ text }) => text ?? '').join('\n');
}
