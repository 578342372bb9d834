import { collectGarbage } from '../collectGarbage';
import { counts, reportPrefix, streamingTime, type MemoryReport } from './memoryReport';

/** Begins so many answers at once; what it gives ends them. */
export type BeginStreams = (count: number) => Promise<() => Promise<void>>;

/**
 * Runs in the extension host: loads somebody who can stream, lets 1, 10 and 50 conversations stream, and tells on the
 * console how much more memory is in use than before.
 */
export async function reportMemory(load: () => Promise<BeginStreams>): Promise<void> {
  const before = await memoryInUse();
  const begin = await load();
  const report: Record<string, number> = { idle: (await memoryInUse()) - before };
  for (const count of counts) {
    const end = await begin(count);
    await pause(streamingTime);
    report[count] = (await memoryInUse()) - before;
    await end();
  }
  console.log(reportPrefix + JSON.stringify(report satisfies MemoryReport));
}

/** In MB; after garbage, and what its finalizers free, is gone. */
async function memoryInUse(): Promise<number> {
  collectGarbage();
  await pause(50);
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
