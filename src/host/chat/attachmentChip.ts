import * as vscode from 'vscode';
import type { Attachment, CodeAttachment } from '../../shared/conversation/attachment';
import type { AttachmentChip } from '../../shared/messages/toView';

/**
 * How an attachment looks in the composer.
 *
 * @param tokens Its estimated tokens in the next prompt; null when there is no model.
 */
export function attachmentChip(attachment: Attachment, tokens: number | null): AttachmentChip {
  const { id, name } = attachment;
  switch (attachment.kind) {
    case 'image':
      return {
        kind: 'image',
        id,
        label: name,
        description: vscode.l10n.t('Picture {0}', name),
        tokens,
      };
    case 'text':
      return {
        kind: 'text',
        id,
        label: attachment.truncated ? vscode.l10n.t('{0} (truncated)', name) : name,
        description: attachment.truncated
          ? vscode.l10n.t('{0}. The rest was left out because the text is long.', name)
          : name,
        tokens,
      };
    case 'code':
      return { kind: 'code', id, ...describeCode(attachment), tokens };
  }
}

function describeCode(attachment: CodeAttachment): Pick<AttachmentChip, 'label' | 'description'> {
  const { name, path, scope, startLine, endLine, truncated } = attachment;
  const lines = startLine === endLine ? String(startLine) : `${startLine}-${endLine}`;
  const range = truncated ? vscode.l10n.t('{0} (truncated)', lines) : lines;
  const whole = scope === 'file' && !truncated;
  const place = vscode.l10n.t('{0}, lines {1} to {2}', path, startLine, endLine);
  return {
    label: whole ? name : `${name}:${range}`,
    description: truncated
      ? vscode.l10n.t('{0}. The rest was left out because the file is long.', place)
      : scope === 'symbol'
        ? vscode.l10n.t('{0}. Nothing was selected, so this is the code around the cursor.', place)
        : scope === 'file'
          ? vscode.l10n.t('{0}. The whole file.', place)
          : place,
  };
}
