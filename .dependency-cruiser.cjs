/**
 * The floors of the house: a file imports from its own floor or a lower one, never upward.
 *
 * @param {string} name
 * @param {string} from
 * @param {readonly string[]} allowed
 * @param {string} comment
 */
const floor = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|node_modules)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    floor(
      'floor-shared',
      '^src/shared/',
      ['^src/shared/', '^node_modules/valibot/'],
      'shared knows the language and valibot',
    ),
    floor(
      'floor-core',
      '^src/core/',
      ['^src/(shared|core)/', '^node_modules/(valibot|tokenx|diff|markdown-it)/'],
      'core knows shared, estimates tokens, compares lines and reads Markdown',
    ),
    floor(
      'floor-gateway',
      '^src/gateway/',
      ['^src/(shared|core|gateway)/', '^node_modules/(valibot|undici|eventsource-parser|@types/node)/'],
      'gateway knows shared, core and the wire',
    ),
    floor(
      'floor-storage',
      '^src/storage/',
      ['^src/(shared|core|storage)/', '^node_modules/(valibot|@types/node)/'],
      'storage knows shared and core',
    ),
    floor(
      'floor-webview',
      '^src/webview/',
      ['^src/(shared|webview)/', '^node_modules/'],
      'the webview sees shared only',
    ),
    floor(
      'floor-host',
      '^src/(host/|extension\\.ts)',
      ['^src/(shared|core|gateway|storage|host)/', '^node_modules/'],
      'the host sees all but the webview',
    ),
    {
      name: 'vscode-in-host-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(host/|extension\\.ts$)' },
      to: { path: '(^|/)(@types/)?vscode(/|$)' },
    },
    {
      name: 'node-stays-below-the-glass',
      severity: 'error',
      from: { path: '^src/(shared|core|webview)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-file-imports-undici',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/gateway/network/openTransport\\.ts$' },
      to: { path: '^node_modules/undici/' },
    },
    {
      name: 'every-file-on-a-floor',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(shared|core|gateway|storage|host|webview)/|^src/extension\\.ts$',
      },
      to: {},
    },
    {
      name: 'no-circles',
      // Of files, types aside. scripts/structure/folderCircles.mjs refuses circles of folders, types included, and says why no
      // rule here can.
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/extension\\.ts$'] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'src/webview/tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
