import type { ModelDescription } from './gateway';

/** What a model is for: the endpoint that takes its requests. `realtime`: only over a WebSocket. */
export const modelKinds = [
  'chat',
  'image',
  'video',
  'music',
  'midjourney',
  'speech',
  'transcription',
  'embedding',
  'completion',
  'rerank',
  'moderation',
  'realtime',
] as const;

export type ModelKind = (typeof modelKinds)[number];

/** How much of a model id is read, in UTF-16 units. */
const longestId = 500;

/** Ids that sound like another kind, but whose models answer in a chat. */
const chatIds =
  /^gpt-4o-image|^sora[_-]image|^gemini[\w.-]{0,60}-image|nano-?banana|^gpt(?:-4o(?:-mini)?)?-audio|-search(?:-|$)|(?:^|[-_\d])vl(?:[-_\d]|$)|llava|llama-guard|^video-?llama|-vision(?:-|$)|^qwen[\d.]*-omni/;

/** Names of kinds in ids, for gateways whose list does not tell the kind. First match wins. */
const kindsByName: readonly (readonly [RegExp, ModelKind])[] = [
  [/^mj[-_]|midjourney|^niji|^swap_face$/, 'midjourney'],
  [/^suno|chirp-|^udio|(?:^|[-_])music(?:[-_]|$)/, 'music'],
  [/rerank/, 'rerank'],
  [
    /embed|^bge-|^e5-|^gte-|^m3e|^voyage-|jina-clip|^uae-|^all-minilm|^text-(?:similarity|search)-|(?:^|[-_])e5-(?:small|base|large)/,
    'embedding',
  ],
  [/realtime/, 'realtime'],
  [/moderation/, 'moderation'],
  [
    /whisper|transcri|-diarize|(?:^|[-_])(?:asr|stt)(?:[-_\d]|$)|sensevoice|paraformer|^parakeet/,
    'transcription',
  ],
  [/(?:^|[-_])tts(?:[-_\d]|$)|cosyvoice|^speech-|^kokoro|fish-speech|^eleven_|text-to-speech/, 'speech'],
  [
    /^sora|^veo[-_\d]|^veo$|kling|hailuo|seedance|^wan[-_]?\d[\w.-]{0,40}(?:t2v|i2v|video)|runway|^vidu|(?:^|[-_])video(?:[-_\d]|$)|(?:^|[-_])[ti]2v(?:[-_]|$)|^luma|^pika/,
    'video',
  ],
  [
    /^dall-?e|^gpt-image|^chatgpt-image|^flux|imagen|stable-?diffusion|^sd[x3-]|seedream|ideogram|recraft|cogview|kolors|jimeng|(?:^|[-_])images?(?:[-_\d]|$)/,
    'image',
  ],
  [/^gpt-3\.5-turbo-instruct|(?:^|-)(?:davinci|babbage|curie|ada)(?:-|$)|-fim$/, 'completion'],
];

/** Guesses the kind from the id of a model. An id that tells nothing is a chat model. */
function kindByName(modelId: string): ModelKind {
  const id = modelId.slice(0, longestId).toLowerCase().split('/').at(-1)?.split(':')[0] ?? '';
  if (chatIds.test(id)) return 'chat';
  return kindsByName.find(([pattern]) => pattern.test(id))?.[1] ?? 'chat';
}

/** The kind of a model: what the user or the gateway says, otherwise a guess from its id. */
export function kindOf({ id, kind }: ModelDescription): ModelKind {
  return kind ?? kindByName(id);
}
