import type { Panel } from './openPanels';

/**
 * Makes a function that loads a part of its own for each panel, with the first call, and again after a failure.
 *
 * @param load The part keeps what it must release in the `subscriptions` of the panel.
 */
export function perPanel<Part>(load: (panel: Panel) => Promise<Part>): (panel: Panel) => Promise<Part> {
  const parts = new WeakMap<Panel, Promise<Part>>();
  return (panel) => {
    const loaded =
      parts.get(panel) ??
      load(panel).catch((error: unknown) => {
        parts.delete(panel);
        throw error;
      });
    parts.set(panel, loaded);
    return loaded;
  };
}
