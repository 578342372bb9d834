/** Writes THIRD_PARTY_NOTICES.txt for the bundles in dist/; vsce runs it after each build for a package. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { tellProblems } from './problem.mjs';
import { bundledPackages, writeNotices } from './thirdPartyNotices.mjs';

await tellProblems(async () => {
  /** @type {unknown} */
  const meta = JSON.parse(await readFile(join(root, 'dist', 'meta.json'), 'utf8'));
  const metafiles = /** @type {readonly import('./thirdPartyNotices.mjs').Metafile[]} */ (meta);
  const packages = await bundledPackages(root, metafiles);
  await writeFile(join(root, 'THIRD_PARTY_NOTICES.txt'), await writeNotices(root, packages));
});
