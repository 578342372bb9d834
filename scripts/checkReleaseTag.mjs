/**
 * `node scripts/checkReleaseTag.mjs v1.2.3`: ends with code 1 unless the tag is the version of package.json, and CHANGELOG.md
 * has a section for it. Needs no package: the release workflow runs it before it installs any.
 */
import { readFile } from 'node:fs/promises';
import { releaseProblem } from './releaseProblem.mjs';
import { Problem, tellProblems } from './problem.mjs';

await tellProblems(async () => {
  const [tag = ''] = process.argv.slice(2);
  const top = new URL('../', import.meta.url);
  /** @type {unknown} */
  const manifest = JSON.parse(await readFile(new URL('package.json', top), 'utf8'));
  const { version } = /** @type {{ version: string }} */ (manifest);
  const changelog = await readFile(new URL('CHANGELOG.md', top), 'utf8');
  const problem = releaseProblem(tag, version, changelog);
  if (problem !== undefined) throw new Problem(problem);
});
