import { join } from 'node:path';

const folder = join(import.meta.dirname, '..');

/**
 * Bundles only the parts of undici that send requests, for the files of Parley. undici's main file also loads `fetch`,
 * WebSocket, caches and mocks, which are half of its code. ES modules name what they import, so a new import in
 * `openTransport.ts` fails in the build and not in VS Code.
 *
 * @type {import('esbuild').Plugin}
 */
export const undiciDispatcher = {
  name: 'undici-dispatcher',
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, ({ importer }) =>
      importer.startsWith(join(folder, 'src'))
        ? { path: 'undici', namespace: 'undici-dispatcher' }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'undici-dispatcher' }, () => ({
      contents: [
        "export { default as Agent } from 'undici/lib/dispatcher/agent.js';",
        "export { default as buildConnector } from 'undici/lib/core/connect.js';",
      ].join('\n'),
      resolveDir: folder,
    }));
  },
};
