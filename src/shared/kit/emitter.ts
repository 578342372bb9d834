import type { Disposable } from './disposable';

/**
 * A typed list of listeners. If a listener throws, the others are still called. A disposed listener is not called again, not
 * even for the value that is being fired.
 */
export class Emitter<Value> {
  private readonly listeners = new Set<{ readonly call: (value: Value) => void }>();

  constructor(private readonly onListenerFailed: (error: unknown) => void) {}

  /** Calls `listener` for every value that is fired from now on. */
  on(listener: (value: Value) => void): Disposable {
    // Each call makes its own entry, so that the same function can be added twice and removed once.
    const entry = { call: listener };
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  }

  /** Calls the listeners in the order in which they were added. Never throws. */
  fire(value: Value): void {
    for (const entry of [...this.listeners]) {
      if (!this.listeners.has(entry)) continue;
      try {
        entry.call(value);
      } catch (error) {
        this.onListenerFailed(error);
      }
    }
  }
}
