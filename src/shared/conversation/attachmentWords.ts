import type { Translate } from '../kit/translate';
import type { Attachment, CodeAttachment, TextAttachment } from './attachment';

/** The codicons of attachments, the same in every list and chip. */
export type AttachmentIcon =
  | 'list-selection'
  | 'code'
  | 'symbol-misc'
  | 'file-code'
  | 'note'
  | 'folder'
  | 'warning'
  | 'git-compare'
  | 'terminal'
  | 'file-media'
  | 'book';

/** How an attachment is displayed, in the composer and in a sent message. */
export interface AttachmentWords {
  readonly icon: AttachmentIcon;
  /** "huge.ts 5,700–6,300 of 12,000", "src/ · 2 of 3 files" */
  readonly label: string;
  /** A sentence for the tooltip: where the text is from, and what was left out. */
  readonly description: string;
}

/** @param language VS Code's display language, for numbers. */
export function attachmentWords(attachment: Attachment, language: string, t: Translate): AttachmentWords {
  switch (attachment.kind) {
    case 'image':
      return {
        icon: 'file-media',
        label: attachment.name,
        description:
          attachment.mask === undefined
            ? t('Picture {0}', attachment.name)
            : t('Picture {0}, with a mask', attachment.name),
      };
    case 'text':
      return textWords(attachment, language, t);
    case 'code':
      return codeWords(attachment, language, t);
  }
}

const codeIcons = { selection: 'list-selection', symbol: 'symbol-misc', file: 'file-code' } as const;

function codeWords(attachment: CodeAttachment, language: string, t: Translate): AttachmentWords {
  const { name, path, scope, startLine, endLine, lineCount, truncated } = attachment;
  const format = new Intl.NumberFormat(language);
  const [first, last] = [format.format(startLine), format.format(endLine)];
  const range = startLine === endLine ? first : `${first}–${last}`;
  const of = lineCount === undefined ? null : format.format(lineCount);
  const lines = of === null ? `${name} ${range}` : t('{0} {1} of {2}', name, range, of);
  const isWhole = scope === 'file' && !truncated;
  // A text that is cut within its last line does not show it by the numbers of its lines.
  const looksWhole = of === null || endLine === lineCount;
  const label = isWhole ? name : truncated && looksWhole ? t('{0} (truncated)', lines) : lines;
  const place =
    startLine === endLine ? t('{0}, line {1}', path, first) : t('{0}, lines {1} to {2}', path, first, last);
  const description = truncated
    ? t('{0}. The rest was left out because the file is long.', place)
    : isWhole
      ? t('{0}. The whole file.', place)
      : place;
  return { icon: codeIcons[scope], label, description };
}

const textIcons = {
  paste: 'note',
  folder: 'folder',
  problems: 'warning',
  changes: 'git-compare',
  terminal: 'terminal',
} as const;

function textWords(attachment: TextAttachment, language: string, t: Translate): AttachmentWords {
  const { name, scope, truncated, amount } = attachment;
  const size = amount === undefined ? '' : amountWords(scope, amount, language, t);
  const label = size === '' ? name : `${name} · ${size}`;
  const showsCut = amount !== undefined && amount.shown < amount.total;
  return {
    icon: textIcons[scope],
    label: truncated && !showsCut ? t('{0} (truncated)', label) : label,
    description: truncated ? t('{0}. The rest was left out because the text is long.', label) : label,
  };
}

/** "3 files", "2 of 3 files"; '' for texts without a unit. */
function amountWords(
  scope: TextAttachment['scope'],
  { shown, total }: NonNullable<TextAttachment['amount']>,
  language: string,
  t: Translate,
): string {
  const format = new Intl.NumberFormat(language);
  const [some, all] = [format.format(shown), format.format(total)];
  const isWhole = shown >= total;
  switch (scope) {
    case 'folder':
    case 'changes':
      if (!isWhole) return t('{0} of {1} files', some, all);
      return total === 1 ? t('1 file') : t('{0} files', all);
    case 'problems':
      if (!isWhole) return t('{0} of {1} problems', some, all);
      return total === 1 ? t('1 problem') : t('{0} problems', all);
    case 'terminal':
    case 'paste':
      if (!isWhole) return t('{0} of {1} lines', some, all);
      return total === 1 ? t('1 line') : t('{0} lines', all);
  }
}
