/** Runs in the panel's page: the list of chats, as it is opened, searched and scrolled. */
import type { HistoryEntry } from '../../../src/shared/messages/toView';
import { nextPaint, rest } from '../browser/driver';

/** What the page offers to the benchmark; all times in milliseconds. */
export interface LibraryDriver {
  /** Opens the list; resolves with the time from the host's reply until it is painted. */
  open(entries: readonly HistoryEntry[]): Promise<number>;
  /** Types into the field, letter by letter; resolves with the time until each letter is painted. */
  type(query: string): Promise<number[]>;
  /** Gives the reply to what was typed; resolves with the time until it is painted. */
  show(entries: readonly HistoryEntry[]): Promise<number>;
}

declare global {
  interface Window {
    libraryDriver: LibraryDriver;
  }
}

window.libraryDriver = {
  open: async (entries) => {
    const before = requests().length;
    window.postMessage({ type: 'show', body: { part: 'history' } });
    await until(() => requests().length > before);
    await rest();
    return await show(entries);
  },
  type: async (query) => {
    const field = document.querySelector<HTMLInputElement>('.history-search');
    if (field === null) throw new Error('There is no field to type into.');
    const before = requests().length;
    const times: number[] = [];
    for (let length = 1; length <= query.length; length += 1) {
      await new Promise(requestAnimationFrame);
      const begin = performance.now();
      field.value = query.slice(0, length);
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      times.push((await nextPaint()) - begin);
    }
    await until(() => requests().length > before);
    return times;
  },
  show: async (entries) => {
    await rest();
    return await show(entries);
  },
};

async function show(entries: readonly HistoryEntry[]): Promise<number> {
  const request = requests().at(-1);
  const shown = `${entries.length} chat${entries.length === 1 ? '' : 's'}`;
  const begin = performance.now();
  window.postMessage({ type: 'history-listed', body: { request, entries } });
  await until(() => {
    const status = document.querySelector('.history > [role="status"]')?.textContent;
    return status === shown && document.querySelector('.history-row') !== null;
  });
  return (await nextPaint()) - begin;
}

/** The numbers of the panel's requests for the list. */
function requests(): readonly number[] {
  return window.sentToHost.flatMap(({ type, body }) =>
    type === 'list-history' ? [(body as { readonly request: number }).request] : [],
  );
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  }
}
