/** The peer: a list of react-markdown, one for each message, as a chat in React has it. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import remarkGfm from 'remark-gfm';
import { nextPaint } from '../browser/driver';
import { createColumn } from '../browser/plainPage';

declare global {
  interface Window {
    /** Draws all messages; resolves with the time until they are painted, in milliseconds. */
    drawHistory: (texts: readonly string[]) => Promise<number>;
  }
}

const column = createColumn();
const plugins = { remarkPlugins: [remarkGfm], rehypePlugins: [rehypeHighlight] };

window.drawHistory = async (texts) => {
  const begin = performance.now();
  const root = createRoot(column);
  const list = texts.map((text, key) =>
    createElement('article', { key }, createElement(Markdown, plugins, text)),
  );
  root.render(createElement('div', null, ...list));
  while (column.querySelectorAll('article').length < texts.length) await nextPaint();
  await nextPaint();
  return performance.now() - begin;
};
