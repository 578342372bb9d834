import { once } from 'node:events';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PumpResult, PumpTask } from './pumpWorker';

/** Milliseconds. A linear expression needs a fraction of a second for all its texts, unless other programs slow it down. */
const longest = 40_000;

/**
 * Pumps each expression in a worker. Returns what is wrong with each; undefined for nothing.
 *
 * @param limit The time for one expression, in milliseconds.
 */
export async function pumpAll(
  tasks: readonly PumpTask[],
  limit = longest,
): Promise<readonly (string | undefined)[]> {
  const results: (string | undefined)[] = [];
  let worker: Worker | undefined;
  for (const task of tasks) {
    worker ??= new Worker(resolve('test/unit/regularExpressions/pumpWorker.ts'), {
      execArgv: ['--import', 'tsx'],
    });
    worker.postMessage(task);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      stop.abort();
    }, limit);
    try {
      const [{ attack }] = (await once(worker, 'message', { signal: stop.signal })) as [PumpResult];
      results.push(
        attack &&
          `${attack.milliseconds} ms for ${JSON.stringify(attack.lead)} + ${JSON.stringify(attack.pump)} again and again`,
      );
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      results.push(`more than ${limit} ms`);
      await worker.terminate();
      worker = undefined;
    } finally {
      clearTimeout(timer);
    }
  }
  await worker?.terminate();
  return results;
}
