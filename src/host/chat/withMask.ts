import type { Attachment } from '../../shared/conversation/attachment';

/** What becomes of a picture's mask. */
export interface MaskChange {
  /** Absent: the picture has no mask any more. */
  readonly mask?: string;
  /** Replaces the picture; absent: it stays. */
  readonly picture?: string;
}

/** The attachments with a change of the mask of one picture. */
export function withMask(
  attachments: readonly Attachment[],
  id: string,
  { mask, picture }: MaskChange,
): readonly Attachment[] {
  return attachments.map((attachment) => {
    if (attachment.id !== id || attachment.kind !== 'image') return attachment;
    const changed = { ...attachment, url: picture ?? attachment.url };
    if (mask === undefined) delete changed.mask;
    else changed.mask = mask;
    return changed;
  });
}
