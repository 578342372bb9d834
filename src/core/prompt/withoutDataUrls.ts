import { changeOutsideCode } from '../text/withoutCode';
import { bareUrl, htmlMedium, markdownPicture, replaceDataUrls } from './replaceDataUrls';

/** Picture formats that vision models accept. They refuse others (SVG, BMP, AVIF). */
const acceptedPicture = /^data:image\/(?:png|jpe?g|gif|webp)(?:;[\w=.+-]{1,60}){0,4};base64,/i;

/** A text without `data:` URLs. */
interface TextWithoutData {
  /** The text with `[picture]` or `[picture: NAME]` in place of each picture. */
  readonly text: string;
  /** The data URLs of the pictures that vision models accept, in order, each once. */
  readonly pictures: readonly string[];
}

/**
 * Results for long texts, least recently used first: each change of the panel counts the whole chat, and a picture may have
 * megabytes. The lengths are in UTF-16 units.
 */
const cache = new Map<string, TextWithoutData>();
const shortestCached = 20_000;
const mostCached = 24_000_000;

/**
 * Removes pictures and other files with a `data:` URL from Markdown and HTML. As text, a picture costs a hundred thousand
 * tokens and tells the model nothing. Keeps code as it is, because a data URL in code is meant as text.
 *
 * @param bare True also removes data URLs that are in the text without Markdown or HTML around them.
 */
export function withoutDataUrls(text: string, bare: boolean): TextWithoutData {
  if (text.length < shortestCached || !bare) return removeDataUrls(text, bare);
  const result = cache.get(text) ?? removeDataUrls(text, bare);
  cache.delete(text);
  cache.set(text, result);
  let length = 0;
  for (const other of [...cache.keys()].reverse()) {
    length += other.length;
    if (length > mostCached && other !== text) cache.delete(other);
  }
  return result;
}

function removeDataUrls(text: string, bare: boolean): TextWithoutData {
  if (!/data:[a-z]/i.test(text)) return { text, pictures: [] };
  const pictures = new Set<string>();
  const wordFor = (url: string, name: string): string => {
    if (acceptedPicture.test(url)) pictures.add(url);
    const word = nameOfKind(url);
    const title = name.trim();
    return title === '' || /^(?:image|picture|图片|图像)$/i.test(title) ? `[${word}]` : `[${word}: ${title}]`;
  };
  const changed = changeOutsideCode(text, (prose) => {
    const forms = bare ? [markdownPicture, htmlMedium, bareUrl] : [markdownPicture, htmlMedium];
    return forms.reduce((shown, form) => replaceDataUrls(shown, form, wordFor), prose);
  });
  return { text: changed, pictures: [...pictures] };
}

function nameOfKind(url: string): string {
  const kind = /^data:(image|video|audio)\//i.exec(url)?.[1]?.toLowerCase();
  if (kind === 'image') return 'picture';
  return kind === 'audio' ? 'sound' : (kind ?? 'file');
}
