import type { AttachmentChip } from '../../shared/messages/toView';

/** True when there is something to ask: words, or context alone. Instructions are no question. */
export function isSendable(text: string, attachments: readonly AttachmentChip[]): boolean {
  return text.trim() !== '' || attachments.some(({ kind }) => kind !== 'instructions');
}
