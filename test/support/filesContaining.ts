import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files below a folder that contain a text. Leaves out installed extensions. */
export async function filesContaining(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if (!(await stat(path)).isFile()) continue;
    if ((await readFile(path)).includes(text)) found.push(name);
  }
  return found;
}
