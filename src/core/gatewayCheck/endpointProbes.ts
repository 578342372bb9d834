import type { ModelKind } from '../models/modelKind';
import type { ProbedEndpoint, ProbeReply } from '../ports/endpointProber';

/** The endpoints that a check asks for, in the order of the report. Stored on disk, so a name must not change. */
export const endpointNames = [
  'chat',
  'responses',
  'messages',
  'completions',
  'embeddings',
  'images',
  'image-edits',
  'speech',
  'transcription',
  'translation',
  'videos',
  'video-generations',
  'midjourney',
  'music',
  'tasks',
  'rerank',
  'moderations',
] as const;

/** One of these endpoints. */
export type EndpointName = (typeof endpointNames)[number];

/**
 * How each endpoint is asked. New API fills in a model where a request has none, and its music route checks no prompt, so a request
 * with an empty object could be billed there. A body that is not JSON cannot; for music, the status of a task is asked.
 */
export const endpointProbes: Readonly<Record<EndpointName, ProbedEndpoint>> = {
  chat: post('/chat/completions'),
  responses: post('/responses'),
  messages: post('/messages'),
  completions: post('/completions'),
  embeddings: post('/embeddings'),
  images: post('/images/generations'),
  'image-edits': post('/images/edits'),
  speech: post('/audio/speech'),
  transcription: post('/audio/transcriptions'),
  translation: post('/audio/translations'),
  videos: post('/videos'),
  'video-generations': post('/video/generations'),
  midjourney: post('/mj/submit/imagine', 'origin'),
  music: { method: 'GET', at: 'origin', path: '/suno/fetch/parley-check' },
  tasks: { method: 'GET', at: 'base', path: '/tasks/parley-check' },
  rerank: post('/rerank'),
  moderations: post('/moderations'),
};

/** Addresses that no gateway has. Their replies show how the gateway refuses an unknown path. */
export const unknownEndpoints: readonly ProbedEndpoint[] = [
  post('/parley-check/unknown'),
  post('/parley-check/unknown', 'origin'),
  { method: 'GET', at: 'base', path: '/parley-check/unknown' },
  { method: 'GET', at: 'origin', path: '/parley-check/unknown' },
];

/** The endpoints that serve a kind of model. If all of them are missing, its models cannot be used. */
const endpointsOfKinds: Readonly<Partial<Record<ModelKind, readonly EndpointName[]>>> = {
  image: ['images'],
  video: ['videos', 'video-generations'],
  music: ['music'],
  midjourney: ['midjourney'],
  speech: ['speech'],
  transcription: ['transcription'],
  embedding: ['embeddings'],
  completion: ['completions'],
};

/** The endpoints that serve a kind of model; empty if no check asks for one. */
export function endpointsOf(kind: ModelKind): readonly EndpointName[] {
  return endpointsOfKinds[kind] ?? [];
}

/** The kinds of models that a gateway cannot serve, because it lacks every endpoint for them. */
export function kindsWithoutEndpoint(missing: ReadonlySet<string>): ReadonlySet<ModelKind> {
  const kinds = Object.entries(endpointsOfKinds).filter(([, names]) =>
    names.every((name) => missing.has(name)),
  );
  return new Set(kinds.map(([kind]) => kind as ModelKind));
}

/** What a reply says about an endpoint. `unclear`: only a request that costs money could tell. */
export type EndpointState = 'exists' | 'missing' | 'unclear';

/**
 * Decides whether an endpoint exists, by its reply and by the reply to a path that no gateway has.
 *
 * @param unknown The reply for the unknown path with the same method and place.
 */
export function judgeEndpoint(reply: ProbeReply, unknown: ProbeReply): EndpointState {
  if (reply.kind === 'failed') return 'unclear';
  const { status, failure } = reply;
  if (status === 405 || status === 501 || failure?.kind === 'no-such-endpoint') return 'missing';
  if (unknown.kind === 'failed') return 'unclear';
  const isAlike = status === unknown.status && wordsOf(reply.text) === wordsOf(unknown.text);
  // A gateway that answers so to any path reads the key or the body before the path.
  if (isAlike) return status === 404 ? 'missing' : 'unclear';
  // The path exists, but not the model or the task in the request.
  if (status === 404) return /model|模型|task|任务/.test(wordsOf(reply.text)) ? 'exists' : 'missing';
  // A web page for people, or a page of a firewall.
  if (/^\s*</.test(reply.text)) return unknown.status === 404 && status < 500 ? 'missing' : 'unclear';
  if (status === 401 || status === 403 || status === 429 || status === 408 || status >= 502) return 'unclear';
  return 'exists';
}

/** The words of a reply without what changes with each request: paths, ids, numbers and times. */
function wordsOf(text: string): string {
  return text
    .slice(0, 1_000)
    .toLowerCase()
    .replaceAll(/\/[^\s"'<>)]{0,500}/g, ' ')
    .replaceAll(/[a-z_-]{0,20}\d[\w-]{0,100}/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function post(path: string, at: ProbedEndpoint['at'] = 'base'): ProbedEndpoint {
  return { method: 'POST', at, path };
}
