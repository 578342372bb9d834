import type { Disposable } from './disposable';

/**
 * A typed list of listeners. A listener that throws does not keep the others from hearing; one that
 * was disposed hears nothing more, not even of the value being fired.
 */
export class Emitter<Value> {
  private readonly listeners = new Set<{ readonly hear: (value: Value) => void }>();

  constructor(private readonly onListenerFailed: (error: unknown) => void) {}

  /** Calls `listener` for every value fired from now on. */
  on(listener: (value: Value) => void): Disposable {
    // An entry of its own, so that a function may listen twice and stop once.
    const entry = { hear: listener };
    this.listeners.add(entry);
    return { dispose: () => this.listeners.delete(entry) };
  }

  fire(value: Value): void {
    for (const entry of [...this.listeners]) {
      if (!this.listeners.has(entry)) continue;
      try {
        entry.hear(value);
      } catch (error) {
        this.onListenerFailed(error);
      }
    }
  }
}
