import type { Attachment } from '../../shared/conversation/attachment';

/** The attachments whose content is not attached yet. */
export function withoutKnown(
  attachments: readonly Attachment[],
  known: readonly Attachment[],
): readonly Attachment[] {
  return attachments.filter((attachment) => !known.some((other) => isSamePiece(other, attachment)));
}

function isSamePiece(left: Attachment, right: Attachment): boolean {
  if (left.kind === 'image') return right.kind === 'image' && left.url === right.url;
  if (left.kind === 'text')
    return right.kind === 'text' && left.name === right.name && left.text === right.text;
  return (
    right.kind === 'code' &&
    left.uri === right.uri &&
    left.startLine === right.startLine &&
    left.endLine === right.endLine &&
    left.text === right.text
  );
}
