/** Nobody ever wakes who waits for it. */
const nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * The processor time that the main thread has had, in microseconds. Linux brings a thread's count up to date when
 * the thread lets go of its processor, and otherwise every 4 ms; so it lets go first, for a moment.
 */
export function threadTime(): number {
  Atomics.wait(nothing, 0, 0, 0.01);
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** The processor time that something takes of the main thread, in microseconds. What else the machine does is not in it. */
export async function processorTime(action: () => unknown): Promise<number> {
  const before = threadTime();
  await action();
  return threadTime() - before;
}

/** The processor time that something takes of all threads, those that read files included, in microseconds. */
export async function processTime(action: () => Promise<unknown>): Promise<number> {
  threadTime();
  const before = process.cpuUsage();
  await action();
  threadTime();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
