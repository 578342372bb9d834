/** Runs in the page: gives text to what is measured, frame by frame or as it comes from elsewhere. */

/** Something that draws Markdown as it grows. */
export interface Contestant {
  /** Adds text; it is to be seen in the next frame. */
  append(text: string): void;
  /** How many characters may come at once while the text before the measured part is drawn. */
  readonly fillStep: number;
}

/** What a stretch of streaming was like. */
export interface Stretch {
  readonly flushes: number;
  readonly characters: number;
  /** In milliseconds. */
  readonly wall: number;
  readonly frames: number;
  /** From the sending of each delta to the end of the frame that shows it, in milliseconds. */
  readonly latencies: readonly number[];
  /** The longest work for one frame and the longest task, in milliseconds. */
  readonly worst: number;
}

/** What a page offers to the benchmark. */
export interface Driver {
  fill(text: string): Promise<void>;
  /** Adds `step` characters in each frame, until the text or the time (in milliseconds) is at its end. */
  stream(text: string, step: number, longest: number): Promise<Stretch>;
  /** Adds text as it comes from another thread: so many characters a second, at most one delta in 16 ms. */
  pace(text: string, charactersPerSecond: number): Promise<Stretch>;
}

declare global {
  interface Window {
    /** Set when the page is ready. */
    driver: Driver;
  }
}

/** Resolves with the time at which the next frame has been laid out and painted. */
export async function nextPaint(): Promise<number> {
  return await new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(performance.now());
      };
      port2.postMessage(null);
    });
  });
}

/** Resolves when the browser has nothing to do, for the third time in a row. */
export async function rest(): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    await new Promise((resolve) => {
      requestIdleCallback(resolve, { timeout: 3000 });
    });
    await nextPaint();
  }
}

/** Offers a contestant to the benchmark. */
export function offer(contestant: Contestant): void {
  window.driver = {
    fill: async (text) => {
      for (let start = 0; start < text.length; start += contestant.fillStep) {
        contestant.append(text.slice(start, start + contestant.fillStep));
        await nextPaint();
      }
      await rest();
    },
    stream: async (text, step, longest) => await stream(contestant, text, step, longest),
    pace: async (text, charactersPerSecond) => await pace(contestant, text, charactersPerSecond),
  };
}

async function stream(contestant: Contestant, text: string, step: number, longest: number): Promise<Stretch> {
  const begin = performance.now();
  let flushes = 0;
  while (flushes * step < text.length && performance.now() - begin < longest) {
    await new Promise(requestAnimationFrame);
    contestant.append(text.slice(flushes * step, (flushes + 1) * step));
    flushes += 1;
  }
  const end = await nextPaint();
  const characters = Math.min(text.length, flushes * step);
  return { flushes, characters, wall: end - begin, frames: flushes, latencies: [], worst: 0 };
}

/** Sends text in deltas of what is due, as the host does; on a thread of its own, so that a busy page cannot slow it. */
const sender = `
  onmessage = ({ data: { text, charactersPerSecond } }) => {
    const begin = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      const due = Math.min(text.length, Math.floor(((now - begin) * charactersPerSecond) / 1000));
      if (due > sent) postMessage({ text: text.slice(sent, due), at: performance.timeOrigin + now });
      sent = due;
      if (sent < text.length) return;
      clearInterval(timer);
      postMessage(null);
    }, 16);
  };`;

interface Delta {
  readonly text: string;
  readonly at: number;
}

async function pace(contestant: Contestant, text: string, charactersPerSecond: number): Promise<Stretch> {
  const worker = new Worker(URL.createObjectURL(new Blob([sender], { type: 'text/javascript' })));
  const latencies: number[] = [];
  const frames = watchFrames();
  const begin = performance.now();
  let last: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Delta | null>) => {
      if (data === null) {
        resolve();
        return;
      }
      contestant.append(data.text);
      last = nextPaint().then((painted) => {
        latencies.push(performance.timeOrigin + painted - data.at);
      });
    };
    worker.postMessage({ text, charactersPerSecond });
  });
  await last;
  worker.terminate();
  return {
    flushes: latencies.length,
    characters: text.length,
    wall: performance.now() - begin,
    latencies,
    ...frames.stop(),
  };
}

/** Counts the frames, and finds the longest that the page worked for one. */
function watchFrames(): { stop(): { readonly frames: number; readonly worst: number } } {
  let frames = 0;
  let worst = 0;
  let going = true;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) worst = Math.max(worst, duration);
  });
  observer.observe({ type: 'longtask' });
  const count = (): void => {
    if (!going) return;
    frames += 1;
    const begin = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      if (going) worst = Math.max(worst, performance.now() - begin);
    };
    port2.postMessage(null);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  return {
    stop: () => {
      going = false;
      observer.disconnect();
      return { frames, worst };
    },
  };
}
