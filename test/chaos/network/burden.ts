import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** Runs the garbage collection. */
export const collectGarbage = runInNewContext('gc') as () => void;

const megabyte = 1_000_000;

/** The cost of an attack for the process. */
export interface Weight {
  /** The largest increase of memory in MB: heap and external memory, with garbage. */
  readonly peak: number;
  /** The memory that is still in use after the end, without garbage, in MB. */
  readonly kept: number;
  /** The longest time during which the event loop was blocked, in milliseconds. */
  readonly longestBlock: number;
}

/** Measures the cost between the constructor and `weigh`. */
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

/** Buffers are freed a few turns of the event loop after the objects that own them. */
async function collectAll(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The bytes in use. */
function memory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
