import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import { bringsFiles } from './droppedUris';
import type { PasteAndDrop } from './pasteAndDrop';

interface DropOverlayProps {
  readonly intake: PasteAndDrop;
  /** The input that gets what is dropped. */
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/**
 * Shows the drop target while something that can be attached is dragged over the panel, and receives it. What is dropped
 * on the editor of a prompt belongs to that editor; everything else belongs to the composer.
 */
export function DropOverlay({ intake, input }: DropOverlayProps): JSX.Element | null {
  const { t } = usePanel();
  const dragging = useSignal<'with-shift' | 'without-shift' | null>(null);
  useEffect(() => {
    const isForHere = ({ target }: DragEvent): boolean => editorOf(target) === editorOf(input.current);
    const over = (event: DragEvent): void => {
      if (!isForHere(event)) dragging.value = null;
      if (!isForHere(event) || event.dataTransfer === null || !isTaken(event, event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      if (bringsFiles(event.dataTransfer)) dragging.value = event.shiftKey ? 'with-shift' : 'without-shift';
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) dragging.value = null;
    };
    const drop = (event: DragEvent): void => {
      dragging.value = null;
      if (!isForHere(event) || event.dataTransfer === null || !isTaken(event, event.dataTransfer)) return;
      event.preventDefault();
      intake.drop(event.dataTransfer);
    };
    const end = (): void => {
      dragging.value = null;
    };
    const listeners = { dragenter: over, dragover: over, dragleave: leave, drop, dragend: end } as const;
    const abort = new AbortController();
    for (const [type, listener] of Object.entries(listeners))
      document.addEventListener(type, listener as EventListener, { signal: abort.signal });
    return () => {
      abort.abort();
    };
  }, [intake]);
  if (dragging.value === null) return null;
  return (
    <div class="drop-overlay">
      <Icon name="attach" />
      <span>{t('Drop to attach')}</span>
      {dragging.value === 'without-shift' && (
        <span class="drop-overlay-hint">{t('Hold Shift to drop here')}</span>
      )}
    </div>
  );
}

/** The editor of a prompt around an element; null outside of one. */
function editorOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest('.prompt-editor') : null;
}

/** Files can be dropped anywhere in the panel. The browser handles text that is dropped on the input. */
function isTaken(event: DragEvent, data: DataTransfer): boolean {
  if (bringsFiles(data)) return true;
  const { target } = event;
  if (!data.types.includes('text/plain') || !(target instanceof Element)) return false;
  return target.closest('.composer-box') !== null && target.closest('textarea') === null;
}
