import { signal } from '@preact/signals';
import type { Disposable } from '../../shared/kit/disposable';

/**
 * The time that relative times are counted from, in milliseconds since the epoch. It advances every half minute while
 * the clock runs.
 */
export const now = signal(Date.now());

const everyMilliseconds = 30_000;

/** Runs the clock until the result is disposed. */
export function runClock(): Disposable {
  now.value = Date.now();
  const timer = setInterval(() => {
    now.value = Date.now();
  }, everyMilliseconds);
  return {
    dispose: () => {
      clearInterval(timer);
    },
  };
}
