import type { Media } from '../shared/media';

/** Code is shown, not meant: what looks like a picture in it is none. */
const code = /^(`{3,}|~{3,})[^\n]*\n[^]*?(?:^\1[`~]*[ \t]*$|(?![^]))|`[^`\n]*`/gm;
const picture =
  /!\[([^\]\n]{0,300})\]\(\s*<?((?:https?:\/\/|data:image\/(?!svg))[^\s<>()]+)>?(?:\s+"[^"\n]*")?\s*\)/gi;
const recording = /https?:\/\/[^\s<>()"'[\]]+\.(mp4|webm|mov|mp3|wav|m4a|ogg)(?:\?[^\s<>()"'[\]]*)?/gi;
const sounds: ReadonlySet<string> = new Set(['mp3', 'wav', 'm4a', 'ogg']);

/**
 * Pictures, videos and sounds that an answer names in its text: image models that speak chat
 * (gpt-4o-image) answer with a Markdown image, video models (veo) with a link to a file. Each address
 * once, in order.
 */
export function mediaInText(text: string): readonly Media[] {
  if (!/!\[|https?:\/\//i.test(text)) return [];
  const prose = text.replaceAll(code, ' ');
  const found = new Map<string, { readonly at: number; readonly media: Media }>();
  for (const match of prose.matchAll(picture)) {
    const [, name = '', url = ''] = match;
    const media: Media = { kind: 'image', url, ...(name.trim() !== '' && { name: name.trim() }) };
    if (!found.has(url)) found.set(url, { at: match.index, media });
  }
  for (const match of prose.matchAll(recording)) {
    const [url, extension = ''] = match;
    const kind = sounds.has(extension.toLowerCase()) ? 'audio' : 'video';
    if (!found.has(url)) found.set(url, { at: match.index, media: { kind, url } });
  }
  return [...found.values()].sort((left, right) => left.at - right.at).map(({ media }) => media);
}
