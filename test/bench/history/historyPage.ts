/** Runs in the panel's page and in that of the peer: what a reader does with a long conversation. */
import { nextPaint, rest } from '../browser/driver';

/** What the page offers to the benchmark; all times in milliseconds. */
export interface HistoryDriver {
  /** Gives the panel its conversation; resolves with the time until its end is painted. */
  open(snapshot: unknown, lastMessage: string): Promise<number>;
  /** Waits until all messages are drawn. */
  filled(count: number): Promise<void>;
  /** Scrolls through a conversation or a list, a screen in each frame; resolves with the time of each frame. */
  scroll(selector: string, screens: number, direction: 'up' | 'down'): Promise<number[]>;
  /** Waits until the page has nothing to do. */
  rest(): Promise<void>;
  /** Makes the page narrower, step by step; resolves with the time of each frame. */
  resize(steps: number): Promise<number[]>;
}

declare global {
  interface Window {
    historyDriver: HistoryDriver;
  }
}

window.historyDriver = {
  open: async (snapshot, lastMessage) => {
    await rest();
    const begin = performance.now();
    window.postMessage({ type: 'snapshot', body: snapshot });
    while (document.querySelector(`[data-message="${lastMessage}"] .markdown-block`) === null) {
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
    }
    return (await nextPaint()) - begin;
  },
  filled: async (count) => {
    while (document.querySelectorAll('article').length < count) await nextPaint();
    await rest();
  },
  scroll: async (selector, screens, direction) => {
    const scroller = document.querySelector(selector);
    if (scroller === null) throw new Error(`Nothing is at ${selector}.`);
    const sign = direction === 'up' ? -1 : 1;
    scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: sign }));
    return await eachFrame(screens, () => {
      scroller.scrollTop += sign * scroller.clientHeight;
    });
  },
  rest,
  resize: async (steps) => {
    const times = await eachFrame(steps, (step) => {
      document.body.style.width = `${350 - step * 2}px`;
    });
    document.body.style.width = '';
    await rest();
    return times;
  },
};

/** The time from a change, made at the beginning of a frame, until that frame is painted. */
async function eachFrame(count: number, change: (step: number) => void): Promise<number[]> {
  const times: number[] = [];
  for (let step = 0; step < count; step += 1) {
    await new Promise(requestAnimationFrame);
    const begin = performance.now();
    change(step);
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    times.push(performance.now() - begin);
  }
  return times;
}
