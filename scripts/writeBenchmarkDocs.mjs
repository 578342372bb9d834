import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { markdownTableOf } from './benchmarkTables.mjs';
import { root } from './bootstrap.mjs';
import { Problem } from './problem.mjs';

/** @typedef {import('./runBenchmarks.mjs').Measured} Measured */

/** The page whose tables are written by the benchmarks; all else in it is written by hand. */
const page = join(root, 'docs', 'benchmarks.md');

/**
 * Puts the figures of one benchmark into its place in the page, and leaves all else there as it is.
 *
 * @param {Measured} measured
 * @param {readonly string[]} machine
 */
export async function writeBenchmarkDocs(measured, machine) {
  const text = withFigures(await readFile(page, 'utf8'), measured, machine, new Date());
  await writeFile(page, await format(text, { ...(await resolveConfig(page)), parser: 'markdown' }));
}

/**
 * The page with a benchmark's figures between its two marks, `<!-- figures of NAME -->` and `<!-- end -->`.
 *
 * @param {string} text
 * @param {Measured} measured
 * @param {readonly string[]} machine
 * @param {Date} day
 */
export function withFigures(text, { name, figures, versions }, machine, day) {
  const begin = `<!-- figures of ${name} -->`;
  const end = '<!-- end -->';
  const start = text.indexOf(begin);
  const stop = text.indexOf(end, start);
  if (start === -1 || stop === -1) throw new Problem(`docs/benchmarks.md has no place for "${name}".`);
  const circumstances = [day.toISOString().slice(0, 10), ...machine, ...versions].join(', ');
  const content = `Measured on ${circumstances}.\n\n${markdownTableOf(figures)}`;
  return `${text.slice(0, start)}${begin}\n\n${content}\n\n${text.slice(stop)}`;
}
