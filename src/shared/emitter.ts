import type { Disposable } from './disposable';

/** A typed list of listeners. A listener that throws does not keep the others from hearing. */
export class Emitter<Value> {
  private readonly listeners = new Set<(value: Value) => void>();

  constructor(private readonly onListenerFailed: (error: unknown) => void) {}

  /** Calls `listener` for every value fired from now on. */
  on(listener: (value: Value) => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  fire(value: Value): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.onListenerFailed(error);
      }
    }
  }
}
