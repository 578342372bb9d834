import { folderCircles } from './folderCircles.mjs';
import { readModuleGraph } from './moduleGraph.mjs';
import { sameNames } from './sameNames.mjs';
import { unusedExports } from './unusedExports.mjs';
import { unusedFiles } from './unusedFiles.mjs';

/** Where VS Code and the panel's page start. */
const entries = ['src/extension.ts', 'src/webview/main.tsx'];

/**
 * @param {string} top Of the checkout.
 * @returns {Promise<string[]>} What is wrong, a sentence each.
 */
export async function checkStructure(top) {
  const graph = await readModuleGraph(
    top,
    ['{src,test}/**/*.{ts,tsx}', 'scripts/**/*.mjs'],
    ['test/fixtures/**', '**/node_modules/**'],
  );
  return [
    ...unusedFiles(graph, entries),
    ...unusedExports(graph, entries),
    ...folderCircles(graph),
    ...sameNames(graph),
  ];
}
