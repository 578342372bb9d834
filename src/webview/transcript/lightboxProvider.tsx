import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { lazyComponent } from '../kit/lazyComponent';

// Loaded with the first enlarged picture.
const Lightbox = lazyComponent(async () => (await import('./lightbox')).Lightbox);

/** A picture that can be enlarged. */
export interface EnlargedPicture {
  /** A `data:` URL. A picture on another server is not displayed before the user asks. */
  readonly url: string;
  readonly name: string;
  /** Its index among the answer's media, for saving; null for a prompt's picture, which the user has. */
  readonly medium: { readonly id: string; readonly index: number } | null;
}

/** Pictures that belong together, and the displayed one. */
export interface Showing {
  readonly pictures: readonly EnlargedPicture[];
  readonly index: number;
}

/** Displays one of several pictures that belong together. */
type Enlarge = (pictures: readonly EnlargedPicture[], index: number) => void;

const EnlargeContext = createContext<Enlarge | null>(null);

/** Enlarges a picture. To be used inside `LightboxProvider`. */
export function useEnlarge(): Enlarge {
  const enlarge = useContext(EnlargeContext);
  if (enlarge === null) throw new Error('A picture stands outside of LightboxProvider.');
  return enlarge;
}

/**
 * Lets the components below enlarge pictures, and displays the enlarged one over the panel. Code that is not a
 * component (a diagram) dispatches the event `enlarge-picture` with a `Showing` as its detail.
 */
export function LightboxProvider({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const showing = useSignal<Showing | null>(null);
  const opener = useRef<Element | null>(null);
  const enlarge = useRef<Enlarge>((pictures, index) => {
    opener.current = document.activeElement;
    showing.value = { pictures, index };
  });
  useEffect(() => {
    const listener = (event: Event): void => {
      const { pictures, index } = (event as CustomEvent<Showing>).detail;
      enlarge.current(pictures, index);
    };
    document.addEventListener('enlarge-picture', listener);
    return () => {
      document.removeEventListener('enlarge-picture', listener);
    };
  }, []);
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
