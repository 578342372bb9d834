import { readdir, readFile } from 'node:fs/promises';

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

/** The ids of the processes that run the extensions of the VS Code with this data folder. On Linux, which says it in /proc. */
export async function extensionHostsOf(dataFolder: string): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const processes = (await Promise.all(ids.map(readProcess))).flatMap((process) => process ?? []);
  const servers = new Set(
    processes.filter(({ command }) => command.includes(dataFolder)).map(({ id }) => id),
  );
  return processes
    .filter(({ parent, command }) => servers.has(parent) && command.includes('--type=extensionHost'))
    .map(({ id }) => id);
}

async function readProcess(id: number): Promise<Process | undefined> {
  try {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8');
    const parent = /^PPid:\s+(\d+)/m.exec(await readFile(`/proc/${id}/status`, 'utf8'))?.[1];
    return { id, parent: Number(parent), command };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
