import type { Pace } from '../../core/codebase/pace';

/** A slice that is longer than this ends, in milliseconds. One step after it may take a few more. */
const longestSlice = 4;

/** Work that the user cancelled ends with this error. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

/** Slices of about 4 ms. After each, the extension host handles what has arrived in the meantime. */
export function timeSlices(signal?: AbortSignal): Pace {
  let start = performance.now();
  return {
    isDue: () => performance.now() - start > longestSlice,
    rest: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted === true) throw new CancelledError('The search was cancelled.');
      start = performance.now();
    },
  };
}
