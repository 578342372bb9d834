/** The peer: a list of chats in React, a row for each. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { HistoryEntry } from '../../../src/shared/messages/toView';
import { nextPaint, rest } from '../browser/driver';
import { createColumn } from '../browser/plainPage';

declare global {
  interface Window {
    /** Draws the list, or draws it anew; resolves with the time until it is painted, in milliseconds. */
    drawLibrary: (entries: readonly HistoryEntry[]) => Promise<number>;
  }
}

const column = createColumn();
const root = createRoot(column);

window.drawLibrary = async (entries) => {
  await rest();
  const begin = performance.now();
  root.render(createElement('div', { id: `list-${begin}` }, ...entries.map(rowOf)));
  while (document.getElementById(`list-${begin}`) === null) await nextPaint();
  return (await nextPaint()) - begin;
};

function rowOf({ id, title, excerpt, updatedAt, messageCount }: HistoryEntry): unknown {
  const parts = [title, excerpt, `${new Date(updatedAt).toLocaleDateString()} · ${messageCount} messages`];
  const lines = parts.map((text, key) => (text === null ? null : createElement('div', { key }, text)));
  return createElement('button', { key: id, type: 'button' }, ...lines);
}
