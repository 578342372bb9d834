/*
 * When undici is loaded, it installs its own global dispatcher and so changes `fetch` for all extensions in the extension
 * host. This module must be imported before undici: it saves the previous dispatchers, and `restoreGlobalDispatcher` puts
 * them back. Both happen in one turn of the event loop, so other code does not notice. If a later version of undici uses another
 * symbol, `openTransport.test.ts` fails.
 */
const symbols = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];
const saved = symbols.map((symbol) => Object.getOwnPropertyDescriptor(globalThis, symbol));

// undici installs no dispatcher if there is one already. The property that undici defines cannot be deleted, so this one,
// which can be deleted, must be there first.
const current = Symbol.for('undici.globalDispatcher.2');
if (Reflect.get(globalThis, current) === undefined) {
  Reflect.defineProperty(globalThis, current, { value: {}, configurable: true, writable: true });
}

/** Restores the global dispatchers that existed before this module was loaded. */
export function restoreGlobalDispatcher(): void {
  symbols.forEach((symbol, index) => {
    const descriptor = saved[index];
    if (descriptor !== undefined) Reflect.defineProperty(globalThis, symbol, descriptor);
    else if (!Reflect.deleteProperty(globalThis, symbol)) Reflect.set(globalThis, symbol, undefined);
  });
}
