/** The clock of the machine, which tests replace. */
export interface Timer {
  /** The time in milliseconds from any starting point. */
  readonly now: () => number;
  /** Calls a function once after a time in milliseconds. The result cancels the call. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

/** Waits for a time in milliseconds. Resolves at once, and without an error, when the signal is aborted. */
export function waitFor(timer: Timer, milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = timer.after(milliseconds, done);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
