import type { Media } from '../../../shared/answer/media';
import { endOfBase64 } from '../../../shared/text/endOfBase64';
import { asArray, asObject, asText, type ReplyObject } from '../../json/replyObject';
import { soundMimeType } from './soundAssembler';

type MediaKind = Media['kind'];

/** What the field around a medium says about it. */
interface Hint {
  readonly kind: MediaKind | undefined;
  readonly mimeType?: string | undefined;
  readonly name?: string | undefined;
}

const extensions: Readonly<Record<string, MediaKind>> = {
  ...kinds('image', 'png jpg jpeg webp gif avif bmp svg tiff heic'),
  ...kinds('audio', 'mp3 wav ogg oga opus flac aac m4a weba'),
  ...kinds('video', 'mp4 webm mov m4v mkv avi m3u8'),
};

/** The beginnings of common formats in base64. */
const beginnings: readonly (readonly [beginning: string, mimeType: string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['PHN2Zy', 'image/svg+xml'],
];

/** The longest beginning of a `data:` URL up to its content, in characters. */
const longestHead = 300;

/** How many levels of `image_url` inside `image_url` are read. */
const deepest = 4;

/** Most chunks have no media and share this array. */
const none: readonly Media[] = [];

/** The media of a delta or a message: in fields such as `images` and `video_url`, and in the parts of `content`. */
export function readContentMedia(content: ReplyObject): readonly Media[] {
  const found = fieldMedia(content);
  const sound = asObject(content.audio);
  const parts = partsOf(content.content);
  if (sound === undefined && parts.length === 0) return found;
  return [
    ...found,
    // Sound data may be one of several deltas. `SoundAssembler` joins them.
    ...(sound === undefined || sound.data !== undefined ? none : readItem(sound, { kind: 'audio' })),
    ...parts.flatMap((part) => {
      const object = asObject(part);
      return object === undefined ? [] : partMedia(object);
    }),
  ];
}

/** The media in the fields of a reply, a choice, a delta or a part: a gateway may send `video_url` in each of them. */
export function fieldMedia(object: ReplyObject): readonly Media[] {
  const { images, image_url: image, videos, video, video_url: videoUrl, audio_url: audioUrl } = object;
  if ((images ?? image ?? videos ?? video ?? videoUrl ?? audioUrl ?? undefined) === undefined) return none;
  const found: Media[] = [];
  const take = (value: unknown, kind: MediaKind): void => {
    if (value === undefined || value === null) return;
    for (const item of Array.isArray(value) ? asArray(value) : [value])
      found.push(...readItem(item, { kind }));
  };
  take(images, 'image');
  take(image, 'image');
  take(videos, 'video');
  take(video, 'video');
  take(videoUrl, 'video');
  take(audioUrl, 'audio');
  return found;
}

/** The media in the reply of an image endpoint: `data: [{url | b64_json, revised_prompt}]`. */
export function readDataMedia(data: unknown): readonly Media[] {
  return asArray(data).flatMap((item) => {
    const object = asObject(item);
    return object === undefined ? [] : readItem(object, { kind: undefined });
  });
}

/** The parts of `content`: an array, or a single object. A string has no parts, so links in it stay text. */
export function partsOf(content: unknown): readonly unknown[] {
  if (typeof content !== 'object' || content === null) return none;
  return Array.isArray(content) ? asArray(content) : [content];
}

/** The media of a part such as `{type: "image_url", image_url: {url}}`, also for sounds and videos. */
function partMedia(part: ReplyObject): readonly Media[] {
  const type = typeof part.type === 'string' ? part.type : '';
  const kind = /image|video|audio/.exec(type)?.[0] as MediaKind | undefined;
  const found = fieldMedia(part);
  if (found.length > 0 || (kind === undefined && type !== 'file' && type !== 'media')) return found;
  const inner = part.image ?? part.input_audio ?? part.audio ?? part.output_audio ?? part.source ?? part.file;
  return [inner, part].flatMap((item) => readItem(item, { kind })).slice(0, 1);
}

function readItem(item: unknown, hint: Hint, depth = 0): readonly Media[] {
  if (typeof item === 'string') return mediaAt(item, hint);
  const object = asObject(item);
  if (object === undefined) return [];
  const inner = object.image_url ?? object.video_url ?? object.audio_url;
  const kind: MediaKind | undefined =
    object.image_url !== undefined ? 'image' : object.video_url !== undefined ? 'video' : hint.kind;
  const told: Hint = {
    kind,
    mimeType: mimeTypeOf(object) ?? soundMimeType(asText(object.format)) ?? hint.mimeType,
    name: asText(object.name) ?? asText(object.alt) ?? asText(object.revised_prompt) ?? hint.name,
  };
  if (inner !== undefined) return depth < deepest ? readItem(inner, told, depth + 1) : none;
  const url = asText(object.url);
  if (url !== undefined) return mediaAt(url, told);
  const base64 = asText(object.b64_json) ?? asText(object.data);
  return base64 === undefined ? [] : mediaOfBase64(base64, told);
}

function mimeTypeOf(object: ReplyObject): string | undefined {
  const told = asText(object.mime_type) ?? asText(object.media_type) ?? asText(object.mimeType);
  return told?.trim().toLowerCase();
}

/** A medium that the panel can show: an `http:` or `https:` URL, or a `data:` URL of a picture, sound or video. */
function mediaAt(url: string, hint: Hint): readonly Media[] {
  const trimmed = url.trim();
  const data = /^data:([a-z]+\/[-+.\w]+)[;,]/i.exec(trimmed.slice(0, longestHead));
  const mimeType = data?.[1]?.toLowerCase() ?? hint.mimeType;
  if (data === null && !(/^https?:\/\/[^\s/]/i.test(trimmed) && URL.canParse(trimmed))) return [];
  const kind =
    kindOfMimeType(mimeType) ?? (data === null ? (hint.kind ?? kindOfExtension(trimmed)) : undefined);
  if (data !== null && kind === undefined) return [];
  const media = { kind: kind ?? 'image', url: trimmed } as const;
  const isKnown = kindOfMimeType(mimeType) !== undefined;
  return [
    {
      ...media,
      ...(isKnown && mimeType !== undefined && { mimeType }),
      ...(hint.name !== undefined && { name: hint.name }),
    },
  ];
}

function mediaOfBase64(base64: string, hint: Hint): readonly Media[] {
  if (/^(?:data|https?):/i.test(base64)) return mediaAt(base64, hint);
  const compact = base64.replaceAll(/\s+/g, '');
  if (!isBase64(compact)) return [];
  const seen = beginnings.find(([beginning]) => compact.startsWith(beginning))?.[1];
  const mimeType = hint.mimeType ?? (hint.kind === 'audio' ? undefined : seen) ?? defaultMimeType(hint.kind);
  return mediaAt(`data:${mimeType};base64,${compact}`, hint);
}

/** True for letters of base64 with any padding after them. */
function isBase64(text: string): boolean {
  let end = endOfBase64(text, 0);
  if (end === 0) return false;
  while (text[end] === '=') end += 1;
  return end === text.length;
}

function defaultMimeType(kind: MediaKind | undefined): string {
  return kind === 'audio' ? 'audio/wav' : kind === 'video' ? 'video/mp4' : 'image/png';
}

function kindOfMimeType(mimeType: string | undefined): MediaKind | undefined {
  return /^(image|audio|video)\//.exec(mimeType ?? '')?.[1] as MediaKind | undefined;
}

function kindOfExtension(url: string): MediaKind | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase();
  return extension === undefined ? undefined : extensions[extension];
}

function kinds(kind: MediaKind, names: string): Record<string, MediaKind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}
