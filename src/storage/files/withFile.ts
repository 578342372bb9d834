import type { FileHandle } from './fileSystem';

/** Does something with a file and closes it, whatever happens; nothing when there is no file. */
export async function withFile(
  file: FileHandle | undefined,
  action: (file: FileHandle) => Promise<void>,
): Promise<void> {
  if (file === undefined) return;
  try {
    await action(file);
  } finally {
    await file.close();
  }
}
