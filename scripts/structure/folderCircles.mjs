/** @typedef {import('./moduleGraph.mjs').ModuleGraph} ModuleGraph */
/** @typedef {import('./moduleGraph.mjs').Use} Use */

/**
 * Finds circles of folders: folders that import each other, directly or through other folders. Imports of types count.
 *
 * The check divides each folder into parts: each subfolder, with everything below it, is one part, and the folder's own files are
 * one more. Imports between these parts must not form a circle. So the own files of a folder may import its subfolders, or the
 * subfolders may import the own files, but not both.
 *
 * dependency-cruiser's rule for folders (`scope: 'folder'`) finds less. It ignores imports from a folder into its own subfolders, so
 * a circle of a folder and its subfolder stays unseen. It also counts the subfolders only for the folder that imports, not for
 * the imported one, so it accepts an import from `a/x` to `b` beside one from `b` to `a/y`.
 *
 * @param {ModuleGraph} graph
 * @param {string} [top] The folder to begin with.
 * @returns {string[]} A sentence each, with one import for each step of the circle.
 */
export function folderCircles({ uses }, top = 'src') {
  /** Folder → its part that imports → the part that is imported → the first such import.
   * @type {Map<string, Map<string, Map<string, Use>>>} */
  const folders = new Map();
  for (const use of uses) {
    const step = stepBetween(use, top);
    if (step === undefined) continue;
    /** @type {Map<string, Map<string, Use>>} */
    const parts = folders.get(step.folder) ?? new Map();
    /** @type {Map<string, Use>} */
    const targets = parts.get(step.from) ?? new Map();
    if (!targets.has(step.to)) targets.set(step.to, use);
    folders.set(step.folder, parts.set(step.from, targets));
  }
  return [...folders].flatMap(([folder, parts]) =>
    shortestCircles(parts).map((circle) => {
      const steps = circle.map((part, index) => {
        const use = parts.get(part)?.get(circle[(index + 1) % circle.length] ?? '');
        return `\n    ${use?.from ?? ''} → ${use?.to ?? ''}`;
      });
      return `${folder}: ${[...circle, circle[0]].join(' → ')} is a circle of folders.${steps.join('')}`;
    }),
  );
}

/** The name of the part that has the folder's own files. */
const ownFiles = '(its own files)';

/**
 * @param {Use} use
 * @param {string} top
 * @returns {{ folder: string, from: string, to: string } | undefined} The innermost folder that holds both files, and the parts of
 *   it that they are in; undefined within one part.
 */
function stepBetween({ from, to }, top) {
  if (!from.startsWith(`${top}/`) || !to.startsWith(`${top}/`)) return undefined;
  const fromPath = from.split('/');
  const toPath = to.split('/');
  let depth = 0;
  while (depth < Math.min(fromPath.length, toPath.length) - 1 && fromPath[depth] === toPath[depth])
    depth += 1;
  const [fromPart, toPart] = [fromPath, toPath].map((path) =>
    depth === path.length - 1 ? ownFiles : (path[depth] ?? ownFiles),
  );
  if (fromPart === undefined || toPart === undefined || fromPart === toPart) return undefined;
  return { folder: fromPath.slice(0, depth).join('/'), from: fromPart, to: toPart };
}

/**
 * @param {ReadonlyMap<string, ReadonlyMap<string, unknown>>} edges
 * @returns {string[][]} For each part that is on a circle, the shortest one through it; each circle once.
 */
function shortestCircles(edges) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const start of edges.keys()) {
    const circle = shortestCircleThrough(start, edges);
    if (circle === undefined) continue;
    const first = circle.indexOf(circle.toSorted()[0] ?? '');
    const turned = [...circle.slice(first), ...circle.slice(0, first)];
    found.set(turned.join('\n'), turned);
  }
  return [...found.values()];
}

/**
 * @param {string} start
 * @param {ReadonlyMap<string, ReadonlyMap<string, unknown>>} edges
 * @returns {string[] | undefined} From `start` on, without the return to it.
 */
function shortestCircleThrough(start, edges) {
  /** @type {string[][]} */
  let ways = [[start]];
  const seen = new Set();
  while (ways.length > 0) {
    /** @type {string[][]} */
    const longer = [];
    for (const way of ways) {
      for (const next of edges.get(way.at(-1) ?? '')?.keys() ?? []) {
        if (next === start) return way;
        if (seen.has(next)) continue;
        seen.add(next);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return undefined;
}
