import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { focusComposer } from '../composer/focusComposer';
import { loadPart, loadedParts, loadPartsWhenIdle } from './loadedParts';
import { handlePanelKey } from '../shortcuts/handlePanelKey';
import { usePanel } from '../state/panelParts';

/** Returns the focus to its previous element when a part is closed, or to the composer. */
function useFocusBefore(): () => void {
  const { openPart } = usePanel();
  const before = useRef<Element | null>(null);
  const part = openPart.value;
  const last = useRef(part);
  if (part !== last.current) {
    const focused = document.activeElement;
    if (last.current === null) before.current = focused === document.body ? null : focused;
    last.current = part;
  }
  return () => {
    openPart.value = null;
    requestAnimationFrame(() => {
      const element = before.current;
      if (element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true });
      else focusComposer();
    });
  };
}

/** The open part of the panel, if any, and the keys that open parts. */
export function OpenPart(): JSX.Element | null {
  const parts = usePanel();
  const { openPart, store } = parts;
  const close = useFocusBefore();
  const conversationId = store.conversationId.value;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (handlePanelKey(parts, event)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  const part = openPart.value;
  useEffect(() => {
    loadPartsWhenIdle(parts.reportFailure);
  }, []);
  useEffect(() => {
    if (part === null) return;
    loadPart(part).catch((error: unknown) => {
      parts.reportFailure(error);
      close();
    });
  }, [part]);
  if (part === null) return null;
  const Part = loadedParts.value[part];
  if (Part === undefined) return null;
  return <Part key={part === 'find' ? `find ${conversationId ?? ''}` : part} onClose={close} />;
}
