/**
 * How many times more processor time one action takes than another. Waiting for the processor does not count. The shortest of five
 * runs counts for each action, so garbage collections hardly matter.
 */
export function timeRatio(action: () => void, other: () => void): number {
  const [times, otherTimes]: [number[], number[]] = [[], []];
  for (let run = 0; run < 5; run += 1) {
    otherTimes.push(processorTime(other));
    times.push(processorTime(action));
  }
  return Math.min(...times) / Math.min(...otherTimes);
}

/** In microseconds. */
function processorTime(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
