import type { AttachmentChip } from '../../shared/messages/toView';

/** True if there is something to send: text, or attachments alone. Instructions alone are not a prompt. */
export function isSendable(text: string, attachments: readonly AttachmentChip[]): boolean {
  return text.trim() !== '' || attachments.some(({ kind }) => kind !== 'instructions');
}
