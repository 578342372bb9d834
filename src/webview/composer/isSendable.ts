import type { GenerationOffer } from '../../shared/answer/generationOffer';
import type { AttachmentChip } from '../../shared/messages/toView';

/**
 * True if there is something to send: text, or attachments alone. Instructions alone are not a prompt. A model that makes pictures,
 * video or music needs a text; Midjourney also works with pictures alone.
 */
export function isSendable(
  text: string,
  attachments: readonly AttachmentChip[],
  offer: GenerationOffer | undefined,
): boolean {
  if (text.trim() !== '') return true;
  if (offer === undefined) return attachments.some(({ kind }) => kind !== 'instructions');
  return offer.kind === 'midjourney' && attachments.some(({ kind }) => kind === 'image');
}
