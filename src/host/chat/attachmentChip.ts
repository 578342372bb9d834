import * as vscode from 'vscode';
import type { Attachment } from '../../shared/conversation/attachment';
import { attachmentWords } from '../../shared/conversation/attachmentWords';
import type { AttachmentChip } from '../../shared/messages/toView';

/**
 * How an attachment looks in the composer.
 *
 * @param tokens Its estimated tokens in the next prompt; null when there is no model.
 */
export function attachmentChip(attachment: Attachment, tokens: number | null): AttachmentChip {
  const { kind, id } = attachment;
  const hasThumbnail = kind === 'image' && attachment.url.startsWith('data:image/');
  const hasMask = kind === 'image' && attachment.mask !== undefined;
  const words = attachmentWords(attachment, vscode.env.language, vscode.l10n.t);
  return { kind, id, ...words, tokens, ...(hasThumbnail && { hasThumbnail }), ...(hasMask && { hasMask }) };
}
