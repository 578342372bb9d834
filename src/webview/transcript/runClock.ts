import { signal } from '@preact/signals';
import type { Disposable } from '../../shared/kit/disposable';

/** Time of day that relative times count from, in milliseconds since the epoch; moves on every half a minute while it runs. */
export const now = signal(Date.now());

const everyMilliseconds = 30_000;

/** Lets the clock run until it is disposed. */
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
