import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import type { PanelPart } from '../../shared/messages/toView';

type PartComponent = FunctionComponent<{ readonly onClose: () => void }>;

/** Each is a chunk of its own: the first view of the panel needs none of them. */
const loaders: Readonly<Record<PanelPart, () => Promise<PartComponent>>> = {
  history: async () => (await import('../history/historyPanel')).HistoryPanel,
  find: async () => (await import('../find/findBar')).FindBar,
  shortcuts: async () => (await import('../shortcuts/shortcutSheet')).ShortcutSheet,
};

/** The parts of the panel that can be drawn by now. */
export const loadedParts = signal<Readonly<Partial<Record<PanelPart, PartComponent>>>>({});

/** Loads what draws a part, once. Rejects when its chunk cannot be read. */
export async function loadPart(part: PanelPart): Promise<void> {
  if (loadedParts.peek()[part] !== undefined) return;
  const component = await loaders[part]();
  loadedParts.value = { ...loadedParts.peek(), [part]: component };
}

/**
 * Loads all of them when the page has nothing better to do, so that who opens one waits for nothing; and what says why
 * something failed, which should not depend on a file when that happens.
 */
export function loadPartsWhenIdle(onFailure: (error: unknown) => void): void {
  requestIdleCallback(() => {
    Promise.all([
      loadPart('history'),
      loadPart('find'),
      loadPart('shortcuts'),
      import('../markdown/copySelection'),
      import('../transcript/failureNotice'),
      import('../transcript/retryNotice'),
      import('../transcript/mediaList'),
      import('../transcript/promptEditor'),
      import('../composer/suggestionList'),
    ]).catch(onFailure);
  });
}
