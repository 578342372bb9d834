import type { Media } from '../../../../shared/answer/media';
import { asArray, asObject, asText } from '../../../json/replyObject';
import { tellingBytes, mediaTypeOf } from './mediaTypeOf';

/** A medium in a reply: its content in base64, or a link to it. */
export interface FoundMedia {
  readonly base64?: string;
  readonly url?: string;
  readonly revisedPrompt?: string;
  /** What the gateway calls it. */
  readonly name?: string;
}

/** At most so many media of one reply are read. */
const mostMedia = 64;
/** How deep lists in lists are read, in levels. */
const deepest = 4;
/** A shorter text is not a medium in base64; in characters. */
const shortestContent = 32;

/** Fields that may hold the content of a medium in base64, the most usual first. */
const contentFields = ['b64_json', 'b64', 'base64', 'image_base64', 'imageBase64'] as const;
/** Fields that may hold a link to a medium, or a list of links. */
const linkFields = [
  'url',
  'image_url',
  'video_url',
  'audio_url',
  'imageUrl',
  'videoUrl',
  'urls',
  'uri',
] as const;

/**
 * The media in a value of any shape: a link, a `data:` URL, an object with `b64_json` or `url` of which one may be empty, `url` as a
 * list, or a list of such values. Returns an empty list if the value contains no media.
 */
export function foundMedia(value: unknown, depth = 0): readonly FoundMedia[] {
  if (depth > deepest) return [];
  if (typeof value === 'string') return mediumInText(value);
  if (Array.isArray(value)) {
    return asArray(value)
      .slice(0, mostMedia)
      .flatMap((item) => foundMedia(item, depth + 1))
      .slice(0, mostMedia);
  }
  const fields = asObject(value) as Readonly<Record<string, unknown>> | undefined;
  if (fields === undefined) return [];
  const revisedPrompt = asText(fields['revised_prompt']);
  const told = { ...(revisedPrompt !== undefined && { revisedPrompt }) };
  for (const name of contentFields) {
    const content = asText(fields[name]);
    if (content === undefined) continue;
    const found = mediumInText(content);
    if (found.length > 0) return found.map((medium) => ({ ...medium, ...told }));
    if (isBase64(content)) return [{ base64: content, ...told }];
  }
  for (const name of linkFields) {
    const found = foundMedia(fields[name], depth + 1);
    if (found.length > 0) return found.map((medium) => ({ ...medium, ...told }));
  }
  return [];
}

/** A link or a `data:` URL. */
function mediumInText(text: string): readonly FoundMedia[] {
  // A picture may have many megabytes, so only its beginning is searched.
  const start = text.slice(0, 200).trimStart();
  const data = /^data:[^,]{0,150};base64,/i.exec(start);
  if (data !== null) {
    const base64 = text.slice(text.indexOf(',') + 1);
    return isBase64(base64) ? [{ base64 }] : [];
  }
  if (!/^https?:\/\/[^\s/]/i.test(start)) return [];
  const url = text.trim();
  return url.length < 20_000 && URL.canParse(url) ? [{ url }] : [];
}

/** True if the beginning is base64. A broken end only breaks the picture. */
function isBase64(text: string): boolean {
  return text.length >= shortestContent && /^[A-Za-z\d+/_\s-]{32,}=*$/.test(text.slice(0, 200));
}

/**
 * A medium with its content as a `data:` URL. The type is read from the first bytes, because labels are often wrong; if they
 * are unknown, it is `fallback`.
 */
export function mediumOf(bytes: Uint8Array, facts: FoundMedia, fallback: string): Media {
  const mimeType = mediaTypeOf(bytes) ?? fallback;
  return mediumFrom(Buffer.from(bytes).toString('base64'), mimeType, facts);
}

/** A medium from its content in base64. Returns undefined if its first bytes are not those of a medium. */
export function mediumOfBase64(base64: string, facts: FoundMedia): Media | undefined {
  const compact = /[\s_-]/.test(base64) ? normalised(base64) : base64;
  const first = Buffer.from(compact.slice(0, 4 * Math.ceil(tellingBytes / 3)), 'base64');
  const mimeType = mediaTypeOf(first);
  return mimeType === undefined ? undefined : mediumFrom(compact, mimeType, facts);
}

/** Base64 without white space, in the usual alphabet (RFC 4648, section 4). */
function normalised(base64: string): string {
  return base64.replaceAll(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');
}

function mediumFrom(base64: string, mimeType: string, { revisedPrompt, name }: FoundMedia): Media {
  return {
    kind: mimeType.startsWith('video/') ? 'video' : mimeType.startsWith('audio/') ? 'audio' : 'image',
    url: `data:${mimeType};base64,${base64}`,
    mimeType,
    ...(name !== undefined && { name }),
    ...(revisedPrompt !== undefined && { revisedPrompt }),
  };
}
