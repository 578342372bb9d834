/** Runs in the page: draws one block that grows, and measures each flush on its own. */
import { MarkdownView } from '../../../src/webview/markdown/markdownView';
import { rest } from '../browser/driver';
import { createColumn } from '../browser/plainPage';

declare global {
  interface Window {
    /** The time of each flush at the end of the block, script and layout, in milliseconds. */
    measureOpenBlock: (drawer: Drawer, before: string, measured: string, step: number) => Promise<number[]>;
  }
}

/** What can draw the block. */
export type Drawer = 'ours' | 'floor';

const column = createColumn();

function open(drawer: Drawer): (text: string) => void {
  const holder = document.createElement('div');
  column.replaceChildren(holder);
  if (drawer === 'ours') {
    const ignore = (): void => undefined;
    const t = (message: string): string => message;
    const view = new MarkdownView({ t, copyCode: ignore, insertCode: ignore, openLink: ignore });
    holder.append(view.element);
    return (text) => {
      view.append(text);
    };
  }
  return (text) => {
    for (const part of text.split(/(?<=\n)/)) {
      const last = holder.lastElementChild?.firstChild;
      if (last instanceof Text && !last.data.endsWith('\n')) last.appendData(part);
      else {
        const line = document.createElement('div');
        line.append(part);
        holder.append(line);
      }
    }
  };
}

window.measureOpenBlock = async (drawer, before, measured, step) => {
  const append = open(drawer);
  for (let start = 0; start < before.length; start += 800) {
    append(before.slice(start, start + 800));
    if (start % 8000 === 0) await new Promise(requestAnimationFrame);
  }
  await rest();
  const times: number[] = [];
  for (let start = 0; start < measured.length; start += step) {
    // Other tasks come between, and a frame when one is due.
    await new Promise((resolve) => setTimeout(resolve));
    const begin = performance.now();
    append(measured.slice(start, start + step));
    column.getBoundingClientRect();
    times.push(performance.now() - begin);
  }
  return times;
};
