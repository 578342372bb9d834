import { answerMedia, answerText } from '../../shared/answer/answerPart';
import type { AssistantMessage, Message } from '../../shared/conversation/conversation';
import { isStoredMedia, type Media } from '../../shared/answer/media';
import { withoutDataUrls } from './withoutDataUrls';

/** Limits for the pictures in one request: the newest ones, at most 8, and at most so many UTF-16 units of URLs together. */
const mostPictures = 8;
const longestUrls = 20_000_000;
/** How many characters at the end of a URL are compared: URLs are shorter, and data URLs differ in their last 1,000. */
const comparedLength = 1_000;

/**
 * Collects the pictures that the model made in earlier answers. They are sent with the user message after the answer.
 *
 * A picture that came as media is included unless the model is known to accept no pictures. A `data:` URL in the answer's text
 * is included only if the model is known to accept pictures. A link to a picture stays in the text.
 *
 * @returns URLs by the answer's id.
 */
export function collectModelPictures(
  path: readonly Message[],
  takesPictures: boolean | undefined,
): ReadonlyMap<string, readonly string[]> {
  const pictures = new Map<string, readonly string[]>();
  if (takesPictures === false) return pictures;
  let count = 0;
  let length = 0;
  for (const message of path.toReversed()) {
    if (message.role !== 'assistant') continue;
    const inText = takesPictures === true ? withoutDataUrls(answerText(message), true).pictures : [];
    const urls = [
      ...inText,
      ...mediaNotInText(message).flatMap(({ kind, url }) => (kind === 'image' ? [url] : [])),
    ];
    const kept = [...new Set(urls)].filter((url) => {
      if (!isAccepted(url) || count >= mostPictures || length + url.length > longestUrls) return false;
      count += 1;
      length += url.length;
      return true;
    });
    if (kept.length > 0) pictures.set(message.id, kept);
  }
  return pictures;
}

/** Adds a note such as `[picture: name]` to the text of an answer for each of its media that the text does not name. */
export function nameMissingMedia(message: AssistantMessage, text: string): string {
  const words = mediaNotInText(message).map(({ kind, name }) => {
    const word = { image: 'picture', audio: 'sound', video: 'video' }[kind];
    return name === undefined ? `[${word}]` : `[${word}: ${name}]`;
  });
  return words.length === 0
    ? text
    : [text, words.join(' ')].filter((part) => part.trim() !== '').join('\n\n');
}

/** Media whose URL is not in the answer's text. Compares the end of a URL only, because a data URL may have megabytes. */
function mediaNotInText(message: AssistantMessage): readonly Media[] {
  const text = answerText(message);
  return answerMedia(message).filter(({ url }) => !text.includes(url.slice(-comparedLength)));
}

/** True for picture formats that vision models accept. Excludes addresses that only this computer can read, such as `file:`. */
function isAccepted(url: string): boolean {
  return isStoredMedia(url) || /^(?:https?:|data:image\/(?!svg|bmp|tiff|x-icon|avif|heic))/i.test(url);
}
