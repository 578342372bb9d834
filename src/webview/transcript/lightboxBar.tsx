import type { JSX } from 'preact';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import type { EnlargedPicture } from './lightboxProvider';

interface LightboxBarProps {
  readonly picture: EnlargedPicture;
  readonly place: { readonly index: number; readonly count: number };
  /** Relative to the full size; null if the picture is fitted into the panel. */
  readonly scale: number | null;
  readonly onTurn: (by: number) => void;
  readonly onZoomIn: () => void;
  readonly onZoomOut: () => void;
  readonly onFullSize: () => void;
  readonly onClose: () => void;
}

/** The name of the enlarged picture and its buttons. */
export function LightboxBar(props: LightboxBarProps): JSX.Element {
  const { post, language, t } = usePanel();
  const { picture, place, scale, onTurn } = props;
  const { medium } = picture;
  return (
    <div class="lightbox-bar">
      <span class="lightbox-name" dir="auto">
        {picture.name}
      </span>
      {place.count > 1 && (
        <span class="versions">
          <IconButton
            icon="chevron-left"
            label={t('Previous Picture')}
            off={place.index === 0}
            onPress={() => {
              onTurn(-1);
            }}
          />
          <span class="version-counter">{t('{0} of {1}', place.index + 1, place.count)}</span>
          <IconButton
            icon="chevron-right"
            label={t('Next Picture')}
            off={place.index === place.count - 1}
            onPress={() => {
              onTurn(1);
            }}
          />
        </span>
      )}
      <IconButton icon="zoom-out" label={t('Zoom Out')} hint={t('Zoom Out (-)')} onPress={props.onZoomOut} />
      <span class="lightbox-scale" role="status">
        {scale === null ? t('Fitted') : new Intl.NumberFormat(language, { style: 'percent' }).format(scale)}
      </span>
      <IconButton icon="zoom-in" label={t('Zoom In')} hint={t('Zoom In (+)')} onPress={props.onZoomIn} />
      <IconButton
        icon="screen-full"
        label={t('Full Size')}
        pressed={scale === 1}
        onPress={props.onFullSize}
      />
      {medium !== null && (
        <IconButton
          icon="save"
          label={t('Save')}
          onPress={() => {
            post('save-media', { id: medium.id, index: medium.index });
          }}
        />
      )}
      <IconButton icon="close" label={t('Close')} hint={t('Close (Escape)')} onPress={props.onClose} />
    </div>
  );
}
