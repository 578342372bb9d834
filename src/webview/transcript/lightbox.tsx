import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { createContext } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../iconButton';
import { usePanel } from '../panelContext';

/** A picture that can be enlarged. */
export interface EnlargedPicture {
  /** A `data:` URL: what is elsewhere is not shown before the user asks for it. */
  readonly url: string;
  readonly name: string;
  /** Where it stands among an answer's media, for saving it; null for a prompt's picture, which the user has. */
  readonly medium: { readonly id: string; readonly index: number } | null;
}

interface Showing {
  readonly pictures: readonly EnlargedPicture[];
  readonly index: number;
}

/** Shows one of some pictures that belong together. */
export type Enlarge = (pictures: readonly EnlargedPicture[], index: number) => void;

const EnlargeContext = createContext<Enlarge | null>(null);

/** How to enlarge a picture, inside of `LightboxProvider`. */
export function useEnlarge(): Enlarge {
  const enlarge = useContext(EnlargeContext);
  if (enlarge === null) throw new Error('A picture stands outside of LightboxProvider.');
  return enlarge;
}

/** Gives the components below a way to enlarge pictures, and shows the enlarged one over the panel. */
export function LightboxProvider({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const showing = useSignal<Showing | null>(null);
  const opener = useRef<Element | null>(null);
  const enlarge = useRef<Enlarge>((pictures, index) => {
    opener.current = document.activeElement;
    showing.value = { pictures, index };
  });
  return (
    <EnlargeContext.Provider value={enlarge.current}>
      {children}
      {showing.value !== null && (
        <Lightbox
          showing={showing.value}
          onTurn={(index) => {
            if (showing.value !== null) showing.value = { ...showing.value, index };
          }}
          onClose={() => {
            showing.value = null;
            if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
          }}
        />
      )}
    </EnlargeContext.Provider>
  );
}

interface LightboxProps {
  readonly showing: Showing;
  readonly onTurn: (index: number) => void;
  readonly onClose: () => void;
}

function Lightbox({ showing: { pictures, index }, onTurn, onClose }: LightboxProps): JSX.Element | null {
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
        // Escape closes this alone: an answer that streams goes on.
        if (event.key === 'Escape') event.stopPropagation();
        // At full size the arrows move the picture under the window.
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
  /** True at full size, false when the picture is fitted. */
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
