import type { AssistantMessage, Message } from '../../shared/conversation/conversation';
import type { Media } from '../../shared/answer/media';
import { withoutDataUrls } from './withoutDataUrls';

/** Own pictures that go along with one prompt: the newest, and together at most so many UTF-16 units. */
const mostPictures = 8;
const largestTogether = 20_000_000;
/** No address is longer; of data so many letters are no coincidence. */
const longestLookedFor = 1_000;

/**
 * The pictures that the answers on a path made, by the answer's id, for the prompt that follows each. Pictures that came as
 * pictures go along unless the model is known to take none; such as stood in the text as Markdown, only where it is known to
 * take some, because any model may have its text written by a gateway. A link to a picture stays in the text.
 */
export function ownPictures(
  path: readonly Message[],
  takesPictures: boolean | undefined,
): ReadonlyMap<string, readonly string[]> {
  const pictures = new Map<string, readonly string[]>();
  if (takesPictures === false) return pictures;
  let count = 0;
  let length = 0;
  for (const message of path.toReversed()) {
    if (message.role !== 'assistant') continue;
    const inText = takesPictures === true ? withoutDataUrls(message.text, true).pictures : [];
    const urls = [
      ...inText,
      ...mediaApart(message).flatMap(({ kind, url }) => (kind === 'image' ? [url] : [])),
    ];
    const kept = [...new Set(urls)].filter((url) => {
      if (!isTaken(url) || count >= mostPictures || length + url.length > largestTogether) return false;
      count += 1;
      length += url.length;
      return true;
    });
    if (kept.length > 0) pictures.set(message.id, kept);
  }
  return pictures;
}

/** An answer's text for a prompt, with words for the media that came beside it. */
export function withWordsForMedia(message: AssistantMessage, text: string): string {
  const words = mediaApart(message).map(({ kind, name }) => {
    const word = { image: 'picture', audio: 'sound', video: 'video' }[kind];
    return name === undefined ? `[${word}]` : `[${word}: ${name}]`;
  });
  return words.length === 0
    ? text
    : [text, words.join(' ')].filter((part) => part.trim() !== '').join('\n\n');
}

/** Media that the text does not name. Of a picture's megabytes the last letters tell. */
function mediaApart({ media, text }: AssistantMessage): readonly Media[] {
  return media.filter(({ url }) => !text.includes(url.slice(-longestLookedFor)));
}

/** What vision models take: no SVG, and nothing that only this computer knows. */
function isTaken(url: string): boolean {
  return /^(?:https?:|data:image\/(?!svg|bmp|tiff|x-icon|avif|heic))/i.test(url);
}
