import { monitorEventLoopDelay } from 'node:perf_hooks';

const megabyte = 1_000_000;

/** Memory in use after all garbage is gone, in MB: the heap, and what hangs on it. */
export async function memoryInUse(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / megabyte;
}

/** Looks at how long others have to wait, and at how much memory is in use at most, garbage included. */
export class HostProbe {
  private readonly delay = monitorEventLoopDelay({ resolution: 5 });
  private readonly timer: NodeJS.Timeout;
  private highest = 0;

  constructor() {
    this.delay.enable();
    this.timer = setInterval(() => {
      const { heapUsed, external } = process.memoryUsage();
      this.highest = Math.max(this.highest, heapUsed + external);
    }, 20);
  }

  /** Ends the looking. Milliseconds and MB. */
  finish(): { readonly usualBlock: number; readonly longestBlock: number; readonly peak: number } {
    clearInterval(this.timer);
    this.delay.disable();
    return {
      usualBlock: this.delay.percentile(99) / 1e6,
      longestBlock: this.delay.max / 1e6,
      peak: this.highest / megabyte,
    };
  }
}
