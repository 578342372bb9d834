import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** Collects all garbage at once. */
export const collectGarbage = runInNewContext('gc') as () => void;

const megabyte = 1_000_000;

/** What an attack costs the process that it strikes. */
export interface Weight {
  /** Memory at its highest above what there was before, in MB: heap and what hangs on it, garbage included. */
  readonly peak: number;
  /** Memory that is still held after the end, garbage excluded, in MB. */
  readonly kept: number;
  /** The longest that nothing else could run, in milliseconds. */
  readonly longestBlock: number;
}

/** Weighs what happens between its making and `weigh`. */
export class Burden {
  private readonly before: number;
  private highest: number;
  private readonly delay = monitorEventLoopDelay({ resolution: 5 });
  private readonly timer: NodeJS.Timeout;

  constructor() {
    collectGarbage();
    this.before = memory();
    this.highest = this.before;
    this.timer = setInterval(() => {
      this.highest = Math.max(this.highest, memory());
    }, 5);
    this.delay.enable();
  }

  async weigh(): Promise<Weight> {
    this.delay.disable();
    clearInterval(this.timer);
    const peak = Math.max(this.highest, memory()) - this.before;
    await collectAll();
    return {
      peak: peak / megabyte,
      kept: (memory() - this.before) / megabyte,
      longestBlock: Number.isFinite(this.delay.max) ? this.delay.max / 1e6 : 0,
    };
  }
}

/** Buffers are let go of only some turns after the objects that held them. */
async function collectAll(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Bytes in use. */
function memory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
