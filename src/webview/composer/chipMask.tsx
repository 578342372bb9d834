import type { JSX } from 'preact';
import type { GenerationOffer } from '../../shared/answer/generationOffer';
import type { Translate } from '../../shared/kit/translate';
import type { AttachmentChip } from '../../shared/messages/toView';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import { useComposerField } from './composerField';

/** Opens the picture of a chip to paint a mask on it. Shows whether it has one. */
export function ChipMask({ chip: { id, label, hasMask } }: { readonly chip: AttachmentChip }): JSX.Element {
  const { post, painting, replies, t } = usePanel();
  const { place } = useComposerField();
  const name = hasMask === true ? t('Change the Mask of {0}', label) : t('Paint a Mask on {0}', label);
  const remove = (): void => {
    post('set-mask', { id, ...place });
  };
  return (
    <button
      type="button"
      class="chip-mask"
      aria-label={name}
      aria-haspopup="dialog"
      title={name}
      onClick={() => {
        painting.value = {
          attachment: { id, hasMask: hasMask === true },
          source: null,
          earlier: null,
          name: label,
          onUse: (result) => {
            post('set-mask', { id, ...result, ...place });
            const url = result.picture ?? replies.thumbnails.peek().get(id)?.url;
            if (url !== undefined) replies.takeThumbnail({ id, url, mask: result.mask });
          },
          ...(hasMask === true && { onRemove: remove }),
        };
      }}
    >
      <Icon name="paintcan" />
      {hasMask === true && <span>{t('Mask')}</span>}
    </button>
  );
}

/** True if a mask can be painted on a picture: the picture is here, and the model takes its mask. */
export function canHaveMask(
  chip: AttachmentChip,
  all: readonly AttachmentChip[],
  offer: GenerationOffer | undefined,
): boolean {
  const other = all.find(({ hasMask }) => hasMask === true);
  return chip.hasThumbnail === true && offer?.takesMask === true && (other === undefined || other === chip);
}

/** Why the mask of a picture is not sent; null if it is sent, or if the picture has no mask. */
export function whyMaskNotSent(
  chip: AttachmentChip,
  all: readonly AttachmentChip[],
  offer: GenerationOffer | undefined,
  t: Translate,
): string | null {
  if (chip.hasMask !== true) return null;
  if (offer?.takesMask !== true) return t('This model takes no mask.');
  return all.find(({ hasMask }) => hasMask === true) === chip ? null : t('Only one mask is sent.');
}
