/** `npm run package`: writes parley.vsix at the top of the checkout, and fails when a part has grown too large. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap, root } from './bootstrap.mjs';
import { Problem, tellProblems } from './problem.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const { packageExtension, packagedFiles } = await import('./packageExtension.mjs');
  const { notices, packagesWithoutNotice } = await import('./packagesWithoutNotice.mjs');
  const { measureActivation } = await import('./measureActivation.mjs');
  const { measureBundles } = await import('./measureBundles.mjs');
  const vsix = join(root, 'parley.vsix');
  await packageExtension(vsix);

  const files = await packagedFiles();
  const stray = files.filter(
    (file) =>
      !/^(dist|l10n|media)\/|^[^/]+\.(json|md)$|^LICENSE|^THIRD_PARTY_NOTICES\.txt$/.test(file) ||
      /\.(map|ts)$|meta\.json$/.test(file),
  );
  if (stray.length > 0) throw new Problem(`These files do not belong into the package: ${stray.join(', ')}.`);

  if (!files.includes(notices)) throw new Problem(`${notices} is not in the package.`);
  const missing = await packagesWithoutNotice(root, await readFile(join(root, notices), 'utf8'));
  if (missing.length > 0) throw new Problem(`${notices} does not name ${missing.join(', ')}.`);

  const measures = await measureBundles(join(root, 'dist'), vsix);
  for (const { name, bytes, limit } of measures) {
    const allowed = limit === undefined ? '' : ` of ${kilobytes(limit)}`;
    console.log(`${name.padEnd(24)}${kilobytes(bytes).padStart(8)}${allowed}`);
  }
  console.log(
    `${'activation'.padEnd(24)}${(await measureActivation()).toFixed(1).padStart(5)} ms of 2 ms (our own code, median of 9)`,
  );
  const tooLarge = measures.filter(({ bytes, limit }) => limit !== undefined && bytes > limit);
  if (tooLarge.length > 0) throw new Problem(`Too large: ${tooLarge.map(({ name }) => name).join(', ')}.`);
});

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1_000).toFixed(0)} KB`;
}
