import { existsSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readModuleGraph, usesOf } from './structure/moduleGraph.mjs';
import { readModule } from './structure/readModule.mjs';

/** How long to wait after a change for further changes (ms): an editor saves in several steps, and a checkout changes many files. */
const settling = 150;

/**
 * @typedef {object} Run
 * @property {Promise<boolean>} passed False when a test failed, or the run was stopped.
 * @property {() => void} stop
 */

/** Runs the unit tests that a changed file affects. */
export class TestWatcher {
  /** @type {Map<string, import('./structure/readModule.mjs').Module>} */
  #modules = new Map();
  /** Changed since the last run began.
   * @type {Set<string>} */
  #changed = new Set();
  /** Test files to run: those whose last run did not pass stay in it.
   * @type {Set<string>} */
  #waiting = new Set();
  /** @type {Run | undefined} */
  #running;
  /** @type {NodeJS.Timeout | undefined} */
  #settled;

  /**
   * @param {string} top
   * @param {readonly string[]} chosen The test files to choose from, with slashes from `top`. Empty: all of test/unit.
   * @param {(files: readonly string[]) => Run} start
   */
  constructor(top, chosen, start) {
    this.top = top;
    this.chosen = chosen;
    this.start = start;
  }

  /**
   * Resolves once changes are noticed.
   *
   * @returns {Promise<() => void>} Ends it.
   */
  async watch() {
    const { modules } = await readModuleGraph(
      this.top,
      ['{src,test}/**/*.{ts,tsx}', 'scripts/**/*.mjs'],
      ['**/node_modules/**'],
    );
    this.#modules = new Map(modules);
    const watchers = ['src', 'test', 'scripts']
      .filter((folder) => existsSync(join(this.top, folder)))
      .map((folder) =>
        watch(join(this.top, folder), { recursive: true }, (_, file) => {
          if (file !== null && /\.(?:tsx?|mjs)$/.test(file))
            this.#note(`${folder}/${file.replaceAll('\\', '/')}`);
        }),
      );
    for (const file of this.chosen) this.#waiting.add(file);
    if (this.#waiting.size > 0) this.#runWaiting();
    return () => {
      for (const watcher of watchers) watcher.close();
      clearTimeout(this.#settled);
      this.#running?.stop();
    };
  }

  /** @param {string} file */
  #note(file) {
    this.#changed.add(file);
    clearTimeout(this.#settled);
    this.#settled = setTimeout(() => void this.#takeChanges(), settling);
  }

  async #takeChanges() {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const file of changed) {
      const path = join(this.top, file);
      // A removed file stays in the map until the files that import it are found.
      if (existsSync(path)) this.#modules.set(file, readModule(file, await readFile(path, 'utf8')));
    }
    for (const test of affectedTests(this.#modules, changed))
      if (this.chosen.length === 0 || this.chosen.includes(test)) this.#waiting.add(test);
    for (const file of changed) if (!existsSync(join(this.top, file))) this.#remove(file);
    if (this.#waiting.size > 0) this.#runWaiting();
  }

  /** @param {string} file */
  #remove(file) {
    this.#modules.delete(file);
    this.#waiting.delete(file);
  }

  #runWaiting() {
    this.#running?.stop();
    const files = [...this.#waiting].sort();
    const run = this.start(files);
    this.#running = run;
    void run.passed.then((passed) => {
      if (this.#running !== run) return;
      this.#running = undefined;
      if (passed) for (const file of files) this.#waiting.delete(file);
    });
  }
}

/**
 * @param {ReadonlyMap<string, import('./structure/readModule.mjs').Module>} modules By path.
 * @param {readonly string[]} changed Paths.
 * @returns {string[]} The unit tests among the changed files and all files that import them, directly or through others.
 */
export function affectedTests(modules, changed) {
  const importers = Map.groupBy(usesOf(modules), ({ to }) => to);
  const reached = new Set(changed);
  for (const file of reached) for (const { from } of importers.get(file) ?? []) reached.add(from);
  return [...reached].filter((file) => /^test\/unit\/.*\.test\.tsx?$/.test(file)).sort();
}
