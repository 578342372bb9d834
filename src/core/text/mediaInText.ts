import type { Media } from '../../shared/answer/media';
import { withoutCode } from './withoutCode';

// An answer may have megabytes and be made to cost time: each expression reads a character a limited number of times.

const picture =
  /!\[([^\]\n]{0,300})\]\(\s*<?((?:https?:\/\/|data:image\/(?!svg))[^\s<>()]+)>?(?:\s+"[^"\n]*")?\s*\)/gi;
const address = /https?:\/\/[^\s<>()"'[\]]+/gi;
const recording = /^.+\.(mp4|webm|mov|mp3|wav|m4a|ogg)(?:\?.*)?/i;
/** More media than this make the panel slow. */
const mostMedia = 200;
const sounds: ReadonlySet<string> = new Set(['mp3', 'wav', 'm4a', 'ogg']);

/**
 * Pictures, videos and sounds that an answer links to in its text. Image models behind a chat endpoint (gpt-4o-image)
 * answer with a Markdown image, video models (veo) with a link to a file.
 *
 * @returns Each address once, in the order of the text; at most 200. Links in code do not count.
 */
export function mediaInText(text: string): readonly Media[] {
  if (!/!\[|https?:\/\//i.test(text)) return [];
  const prose = withoutCode(text);
  const found = new Map<string, { readonly at: number; readonly media: Media }>();
  for (const match of prose.matchAll(picture)) {
    const [, name = '', url = ''] = match;
    const media: Media = { kind: 'image', url, ...(name.trim() !== '' && { name: name.trim() }) };
    if (!found.has(url)) found.set(url, { at: match.index, media });
  }
  for (const match of prose.matchAll(address)) {
    const [url, extension] = recording.exec(match[0]) ?? [];
    if (url === undefined || extension === undefined || found.has(url)) continue;
    const kind = sounds.has(extension.toLowerCase()) ? 'audio' : 'video';
    found.set(url, { at: match.index, media: { kind, url } });
  }
  return [...found.values()]
    .sort((left, right) => left.at - right.at)
    .slice(0, mostMedia)
    .map(({ media }) => media);
}
