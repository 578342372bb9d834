import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** From now on what is imported as `vscode` is `fakeVSCode.ts`. */
export function replaceVSCode(): void {
  const url = pathToFileURL(path.resolve('test/chaos/load/fakeVSCode.ts')).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url, shortCircuit: true } : next(specifier, context),
  });
}
