import type { Attachment, ImageAttachment } from '../../shared/conversation/attachment';

/** What becomes of a picture's mask. */
interface MaskChange {
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

/** The attachments with one more picture. A picture that is attached already stays, and gets the mask of the new one if that has one. */
export function withPicture(
  attachments: readonly Attachment[],
  picture: ImageAttachment,
): readonly Attachment[] {
  const known = attachments.find((other) => other.kind === 'image' && other.url === picture.url);
  if (known === undefined) return [...attachments, picture];
  return picture.mask === undefined ? attachments : withMask(attachments, known.id, { mask: picture.mask });
}
