import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import type { EnlargedPicture, Showing } from './lightboxProvider';

interface LightboxProps {
  readonly showing: Showing;
  readonly onTurn: (index: number) => void;
  readonly onClose: () => void;
}

/** An enlarged picture over the whole panel. The arrow keys display the next one. */
export function Lightbox({
  showing: { pictures, index },
  onTurn,
  onClose,
}: LightboxProps): JSX.Element | null {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const whole = useSignal(false);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    stage.current?.focus();
  }, []);
  const picture = pictures[index];
  if (picture === undefined) return null;
  const turn = (by: number): void => {
    const next = index + by;
    if (next >= 0 && next < pictures.length) onTurn(next);
  };
  return (
    <dialog
      ref={dialog}
      class="lightbox"
      aria-label={picture.name}
      onClose={onClose}
      onKeyDown={(event) => {
        // Escape only closes the picture; a streaming answer continues.
        if (event.key === 'Escape') event.stopPropagation();
        // At full size, the arrow keys scroll the picture.
        if (whole.peek() || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
        event.preventDefault();
        turn(event.key === 'ArrowLeft' ? -1 : 1);
      }}
    >
      <LightboxBar
        picture={picture}
        place={{ index, count: pictures.length }}
        whole={whole.value}
        onTurn={turn}
        onZoom={() => {
          whole.value = !whole.value;
        }}
        onClose={() => dialog.current?.close()}
      />
      <div
        ref={stage}
        class={`lightbox-stage ${whole.value ? 'whole' : ''}`}
        tabIndex={0}
        role="group"
        aria-label={picture.name}
        onClick={(event) => {
          if (event.target === event.currentTarget) dialog.current?.close();
        }}
      >
        <img
          src={picture.url}
          alt={picture.name}
          onClick={() => {
            whole.value = !whole.value;
          }}
        />
      </div>
    </dialog>
  );
}

interface LightboxBarProps {
  readonly picture: EnlargedPicture;
  readonly place: { readonly index: number; readonly count: number };
  /** True at full size, false if the picture is fitted. */
  readonly whole: boolean;
  readonly onTurn: (by: number) => void;
  readonly onZoom: () => void;
  readonly onClose: () => void;
}

function LightboxBar({ picture, place, whole, onTurn, onZoom, onClose }: LightboxBarProps): JSX.Element {
  const { post, t } = usePanel();
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
      <IconButton icon="zoom-in" label={t('Full Size')} pressed={whole} onPress={onZoom} />
      {medium !== null && (
        <IconButton
          icon="save"
          label={t('Save')}
          onPress={() => {
            post('save-media', { id: medium.id, index: medium.index });
          }}
        />
      )}
      <IconButton icon="close" label={t('Close')} hint={t('Close (Escape)')} onPress={onClose} />
    </div>
  );
}
