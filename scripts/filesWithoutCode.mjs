import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

/**
 * Finds the TypeScript files that only declare types. Nothing of them runs, so no test can cover their lines.
 *
 * @param {string} top
 * @param {string} folder Below `top`.
 * @returns {Promise<string[]>} Paths from `top`, with slashes.
 */
export async function filesWithoutCode(top, folder) {
  const files = await Array.fromAsync(glob(`${folder}/**/*.{ts,tsx}`, { cwd: top }));
  const texts = await Promise.all(
    files.map(async (file) => {
      const { code } = await transform(await readFile(join(top, file), 'utf8'), {
        loader: file.endsWith('x') ? 'tsx' : 'ts',
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      });
      return { file: file.replaceAll('\\', '/'), code };
    }),
  );
  return texts.filter(({ code }) => code.trim() === '').map(({ file }) => file);
}
