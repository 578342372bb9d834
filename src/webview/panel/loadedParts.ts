import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import type { PanelPart } from '../../shared/messages/toView';

type PartComponent = FunctionComponent<{ readonly onClose: () => void }>;

/** Each part is its own chunk. The first view of the panel needs none of them. */
const loaders: Readonly<Record<PanelPart, () => Promise<PartComponent>>> = {
  history: async () => (await import('../history/historyPanel')).HistoryPanel,
  find: async () => (await import('../find/findBar')).FindBar,
  shortcuts: async () => (await import('../shortcuts/shortcutSheet')).ShortcutSheet,
};

/** The loaded parts of the panel. */
export const loadedParts = signal<Readonly<Partial<Record<PanelPart, PartComponent>>>>({});

/** Loads the code of a part, once. Rejects if its chunk cannot be read. */
export async function loadPart(part: PanelPart): Promise<void> {
  if (loadedParts.peek()[part] !== undefined) return;
  const component = await loaders[part]();
  loadedParts.value = { ...loadedParts.peek(), [part]: component };
}

/**
 * Loads all parts in idle time, so that opening one is instant. Also loads the code that explains failures, which
 * should not depend on a file when something fails.
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
      import('../speech/speechBar'),
      import('../composer/suggestionList'),
      import('../parameters/parameterForm'),
    ]).catch(onFailure);
  });
}
