import { asObject } from '../../../json/replyObject';
import { parseReply } from '../../../json/parseReply';
import { foundMedia, type FoundMedia } from '../media/foundMedia';
import { readImageReply, type ImageReply } from './readImageReply';

/** What one event of streamed pictures says. */
type ImageEvent =
  /** A whole picture that replaces the partial one before it. */
  { readonly kind: 'partial'; readonly medium: FoundMedia } | ImageReply;

/**
 * Reads an event of streamed pictures: `image_generation.partial_image`, `image_generation.completed`, the same of `image_edit`, or
 * a whole reply in one event. Undefined for an event without content.
 *
 * @param type The `event:` field; the field `type` in the data counts more.
 */
export function readImageEvent(data: string, type: string | undefined): ImageEvent | undefined {
  if (data.length < 100 && ['', '[DONE]'].includes(data.trim())) return undefined;
  const isPartial = /"type"\s*:\s*"[\w.]{0,40}partial_image"/.test(data.slice(-2_000) + data.slice(0, 2_000));
  if (!isPartial && type?.endsWith('partial_image') !== true) return readImageReply(data);
  const [medium] = foundMedia(asObject(parseReply(data)));
  return medium === undefined ? undefined : { kind: 'partial', medium };
}
