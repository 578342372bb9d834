import { AsyncLocalStorage } from 'node:async_hooks';

/** Something that leaves the extension: a call of VS Code, of the disk or of the network. */
export interface Effect {
  /** Such as `write clipboard` or `read file`. */
  readonly kind: string;
  /** What it was done with: a URL, a path, the name of a command. */
  readonly detail: string;
  /** What it was done for; undefined when that is not known. */
  readonly cause: unknown;
}

const causes = new AsyncLocalStorage();
let heard: ((effect: Effect) => void) | undefined;

/** Calls `listener` with every effect from now on. */
export function hearEffects(listener: (effect: Effect) => void): void {
  heard = listener;
}

/** Runs something; whatever effect comes of it, now or later, has this cause. */
export function causing<Result>(cause: unknown, run: () => Result): Result {
  return causes.run(cause, run);
}

/** To be called by every stand-in of something outside, before it does anything. */
export function noteEffect(kind: string, detail: unknown = ''): void {
  heard?.({ kind, detail: String(detail).slice(0, 2_000), cause: causes.getStore() });
}
