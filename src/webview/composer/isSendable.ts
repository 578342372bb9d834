import type { GenerationSettings } from '../../shared/answer/generation';
import type { GenerationOffer } from '../../shared/answer/generationOffer';
import { takenInput } from '../../shared/answer/takenInput';
import type { AttachmentChip } from '../../shared/messages/toView';

/**
 * True if there is something to send: text, or attachments alone. Instructions alone are not a prompt. A model that makes pictures,
 * video or music needs a text, unless what it is to do takes pictures alone.
 */
export function isSendable(
  text: string,
  attachments: readonly AttachmentChip[],
  offer: GenerationOffer | undefined,
  settings: GenerationSettings = {},
): boolean {
  const hasText = text.trim() !== '';
  if (offer === undefined) return hasText || attachments.some(({ kind }) => kind !== 'instructions');
  const taken = takenInput(offer, settings);
  const pictures = attachments.filter(({ kind }) => kind === 'image').length;
  return pictures >= taken.leastPictures && (hasText || taken.text !== 'needed');
}
