import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { recorderCommands, type RecorderCommand } from './recorderCommands';

/** A recorder that this system has. `program` is an absolute path. */
export type Recorder = RecorderCommand;

/** What the search needs of the system. */
interface RecorderSystem {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds the programs that can record, best first. Looks only in absolute folders: a relative one in `PATH` may be part of a
 * workspace.
 */
export async function findRecorders({ platform, env }: RecorderSystem): Promise<readonly Recorder[]> {
  const path = platform === 'win32' ? (env['SystemRoot'] ?? '') : (env['PATH'] ?? '');
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  const found = await Promise.all(
    recorderCommands(platform).map(async (command) => {
      for (const folder of folders) {
        const program = join(folder, command.program);
        if (await isExecutable(program)) return [{ ...command, program }];
      }
      return [];
    }),
  );
  return found.flat();
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // It is not there, or must not be run.
    return false;
  }
}
