import type { Frame } from 'playwright-core';
import { now } from './pacedGateway';

/** When the tokens of an answer came to a page, and when they were to be seen there: in milliseconds on the page's clock. */
export interface Seen {
  readonly arrived: readonly number[];
  readonly painted: readonly number[];
}

declare global {
  interface Window {
    /** Ends the watch that goes on in this page. */
    endWatch: () => Seen;
  }
}

/** Begins to note, after each frame, which tokens the page's text has got to. */
export async function watchPage(frame: Frame, selector: string): Promise<void> {
  await frame.evaluate((place) => {
    const clock = (): number => performance.timeOrigin + performance.now();
    const arrived: number[] = [];
    const painted: number[] = [];
    const note = (times: number[], text: string): void => {
      const last = text.match(/w\d+/g)?.at(-1);
      if (last === undefined) return;
      const at = clock();
      while (times.length <= Number(last.slice(1))) times.push(at);
    };
    const onMessage = ({ data }: MessageEvent<unknown>): void => {
      note(arrived, typeof data === 'string' ? data : JSON.stringify(data));
    };
    const endOfText = (): string => {
      const root = [...document.querySelectorAll(place)].at(-1);
      if (root === undefined) return '';
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      let node: Node | null = root;
      while (node.lastChild !== null) node = node.lastChild;
      walker.currentNode = node;
      let text = '';
      for (; node !== null && text.length < 100; node = walker.previousNode()) {
        if (node instanceof Text) text = `${node.substringData(Math.max(0, node.length - 100), 100)}${text}`;
      }
      return text;
    };
    let going = true;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      note(painted, endOfText());
    };
    // In a frame the message waits until everything is laid out and painted.
    const onFrame = (): void => {
      if (!going) return;
      port2.postMessage(null);
      requestAnimationFrame(onFrame);
    };
    addEventListener('message', onMessage, { capture: true });
    requestAnimationFrame(onFrame);
    window.endWatch = () => {
      going = false;
      port1.close();
      removeEventListener('message', onMessage, { capture: true });
      return { arrived, painted };
    };
  }, selector);
}

/** By how much a page's clock is ahead of ours, in milliseconds: from the quickest of many questions. */
export async function clockAhead(frame: Frame): Promise<number> {
  let quickest = Infinity;
  let ahead = 0;
  for (let count = 0; count < 40; count += 1) {
    const asked = now();
    const answer = await frame.evaluate(() => performance.timeOrigin + performance.now());
    const told = now();
    if (told - asked >= quickest) continue;
    quickest = told - asked;
    ahead = answer - (asked + told) / 2;
  }
  return ahead;
}
