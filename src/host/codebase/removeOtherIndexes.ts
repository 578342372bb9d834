import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodebaseChoice } from './codebaseChoice';

/**
 * The name of the folder of an index. Vectors of different models, and of different widths, are never in the same index.
 *
 * @param width How many coordinates the vectors have; 0 for an index without vectors.
 */
export function nameOfIndex(choice: CodebaseChoice, width: number): string {
  return createHash('sha256')
    .update(JSON.stringify([choice, width]))
    .digest('hex')
    .slice(0, 32);
}

/**
 * Removes the indexes of models that were used before. The index without vectors stays, because it is searched when a gateway fails.
 *
 * @param folder The folder of all indexes of a workspace.
 * @param name The name of the index that stays. It is complete.
 */
export async function removeOtherIndexes(folder: string, name: string): Promise<void> {
  const kept = new Set([name, nameOfIndex({ kind: 'words' }, 0)]);
  for (const other of await readdir(folder))
    if (!kept.has(other)) await rm(join(folder, other), { recursive: true, force: true });
}
