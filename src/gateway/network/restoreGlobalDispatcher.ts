/**
 * Loading undici installs its own global dispatcher, and with it changes the `fetch` of everybody
 * in the extension host. This module is imported before undici and remembers what was there;
 * `restoreGlobalDispatcher` puts it back. Both happen in one turn, so nobody sees the difference.
 */
const symbols = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];
const saved = symbols.map((symbol) => Object.getOwnPropertyDescriptor(globalThis, symbol));

// undici installs nothing where it finds something. What it installs could not be removed again,
// so it shall find this.
const current = Symbol.for('undici.globalDispatcher.2');
if (Reflect.get(globalThis, current) === undefined) {
  Reflect.defineProperty(globalThis, current, { value: {}, configurable: true, writable: true });
}

/** Makes the global dispatchers what they were before this module was loaded. */
export function restoreGlobalDispatcher(): void {
  symbols.forEach((symbol, index) => {
    const descriptor = saved[index];
    if (descriptor !== undefined) Reflect.defineProperty(globalThis, symbol, descriptor);
    else if (!Reflect.deleteProperty(globalThis, symbol)) Reflect.set(globalThis, symbol, undefined);
  });
}
