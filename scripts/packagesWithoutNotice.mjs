import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The file in the package with the licences of what the bundles contain. */
export const notices = 'THIRD_PARTY_NOTICES.txt';

/**
 * Looks once more through what esbuild put into the bundles.
 *
 * @param {string} root
 * @param {string} text The notices.
 * @returns {Promise<string[]>} Names of packages in dist/ that the notices do not name.
 */
export async function packagesWithoutNotice(root, text) {
  /** @type {unknown} */
  const meta = JSON.parse(await readFile(join(root, 'dist', 'meta.json'), 'utf8'));
  const parts = /** @type {readonly import('esbuild').Metafile[]} */ (meta);
  const outputs = parts.flatMap((part) => Object.values(part.outputs));
  const names = new Set(
    outputs
      .flatMap(({ inputs }) => Object.keys(inputs))
      .map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]),
  );
  const lines = new Set(text.split('\n').map((line) => line.split(' ')[0]));
  return [...names].filter((name) => name !== undefined && !lines.has(name)).map(String);
}
