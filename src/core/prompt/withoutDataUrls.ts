import { changeOutsideCode } from '../text/withoutCode';

// Answers have megabytes, and some are made to hurt: each expression looks at a character a limited number of times.

const markdownPicture =
  /!\[([^\]\n]{0,300})\]\(\s{0,20}<?(data:[^\s<>()]+)>?(?:\s{1,20}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?\s{0,20}\)/gi;
const htmlPicture =
  /<(?:img|image|source|video|audio)\b[^<>]{0,500}?\b(?:src|href)\s{0,5}=\s{0,5}["']?(data:[^"'\s<>]+)["']?[^<>]{0,500}>/gi;
const bareUrl =
  /\bdata:([a-z]{1,20}\/[\w.+-]{1,60})(?:;[\w=.+-]{1,60}){0,4};base64,[A-Za-z0-9+/_-]{40,}={0,2}/gi;
/** What vision models take; other pictures (SVG, BMP, AVIF) are refused. */
const takenPicture = /^data:image\/(?:png|jpe?g|gif|webp)(?:;[\w=.+-]{1,60}){0,4};base64,/i;

/** A text for a prompt. */
export interface TextWithoutData {
  /** Each picture is a word: `[picture]`, or `[picture: its name]`. */
  readonly text: string;
  /** The data URLs of the pictures that vision models take, in order, each once. */
  readonly pictures: readonly string[];
}

/**
 * What became of long texts, the latest last: a chat is counted with each change of the panel, and a picture has megabytes.
 * Together they have at most so many UTF-16 units.
 */
const known = new Map<string, TextWithoutData>();
const worthKnowing = 20_000;
const mostKnown = 24_000_000;

/**
 * Takes pictures and other files that came as `data:` URLs out of Markdown and HTML: as text a picture costs a hundred
 * thousand tokens and tells a model nothing. Code stays as it is: who shows a data URL in code means its letters.
 *
 * @param bare True takes data URLs out that stand in the text by themselves, too.
 */
export function withoutDataUrls(text: string, bare: boolean): TextWithoutData {
  if (text.length < worthKnowing || !bare) return takeOut(text, bare);
  const result = known.get(text) ?? takeOut(text, bare);
  known.delete(text);
  known.set(text, result);
  let length = 0;
  for (const other of [...known.keys()].reverse()) {
    length += other.length;
    if (length > mostKnown && other !== text) known.delete(other);
  }
  return result;
}

function takeOut(text: string, bare: boolean): TextWithoutData {
  if (!/data:[a-z]/i.test(text)) return { text, pictures: [] };
  const pictures = new Set<string>();
  const wordFor = (url: string, name = ''): string => {
    if (takenPicture.test(url)) pictures.add(url);
    const word = nameOfKind(url);
    const title = name.trim();
    return title === '' || /^(?:image|picture|图片|图像)$/i.test(title) ? `[${word}]` : `[${word}: ${title}]`;
  };
  const changed = changeOutsideCode(text, (prose) => {
    const shown = prose
      .replaceAll(markdownPicture, (_all, name: string, url: string) => wordFor(url, name))
      .replaceAll(htmlPicture, (_all, url: string) => wordFor(url));
    return bare ? shown.replaceAll(bareUrl, (url) => wordFor(url)) : shown;
  });
  return { text: changed, pictures: [...pictures] };
}

function nameOfKind(url: string): string {
  const kind = /^data:(image|video|audio)\//i.exec(url)?.[1]?.toLowerCase();
  if (kind === 'image') return 'picture';
  return kind === 'audio' ? 'sound' : (kind ?? 'file');
}
