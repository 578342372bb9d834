/** Resolves when the browser is about to draw. */
export function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Resolves when the page has nothing else to do, or after 2 s. */
export function idle(): Promise<unknown> {
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 }));
}

/** @param time In milliseconds. */
export function pause(time: number): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, time));
}

/** Waits until something is so. False when it is not within `patience` milliseconds. */
export async function until(isSo: () => boolean, patience: number): Promise<boolean> {
  const end = performance.now() + patience;
  while (!isSo()) {
    if (performance.now() > end) return false;
    await pause(10);
  }
  return true;
}
