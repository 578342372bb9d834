import type { FileHandle, FileSystem } from '../../../src/storage/files/fileSystem';
import { nodeFileSystem } from '../../../src/storage/files/fileSystem';
import type { Death } from './windowTask';

/** The file system of a process that kills itself at one of its file operations. */
export function dyingFileSystem(death: Death | null, onDeath: (operation: string) => void): FileSystem {
  let count = 0;
  const die = (operation: string): void => {
    onDeath(operation);
    process.kill(process.pid, 'SIGKILL');
  };
  const run = async <Result>(
    operation: string,
    action: () => Promise<Result>,
    part: () => Promise<unknown> = action,
  ): Promise<Result> => {
    if (death === null || (death.operation ?? operation) !== operation) return action();
    count += 1;
    if (count !== death.count) return action();
    if (death.moment === 'before') die(operation);
    if (death.moment === 'amid') {
      await part();
      die(operation);
    }
    const result = action();
    if (death.moment === 'during') die(operation);
    await result;
    die(operation);
    return result;
  };
  const wrap = (file: FileHandle | undefined): FileHandle | undefined =>
    file && {
      size: () => run('size', () => file.size()),
      read: (buffer, position) => run('read', () => file.read(buffer, position)),
      append: (bytes) =>
        run(
          'append',
          () => file.append(bytes),
          () => file.append(bytes.subarray(0, Math.random() * bytes.length)),
        ),
      sync: () => run('sync', () => file.sync()),
      close: () => run('close', () => file.close()),
    };
  const disk = nodeFileSystem;
  return {
    open: async (path, purpose) => wrap(await run(`open ${purpose}`, () => disk.open(path, purpose))),
    create: async (path) => wrap(await run('create', () => disk.create(path))),
    facts: (path) => run('facts', () => disk.facts(path)),
    factsOfAll: (folder, names) => run('factsOfAll', () => disk.factsOfAll(folder, names)),
    names: (folder) => run('names', () => disk.names(folder)),
    makeFolder: (path) => run('makeFolder', () => disk.makeFolder(path)),
    touch: (path, at) => run('touch', () => disk.touch(path, at)),
    rename: (from, to) => run('rename', () => disk.rename(from, to)),
    remove: (path) => run('remove', () => disk.remove(path)),
    readText: (path) => run('readText', () => disk.readText(path)),
    readBytes: (path) => run('readBytes', () => disk.readBytes(path)),
    writeFile: (path, content) =>
      run(
        'writeFile',
        () => disk.writeFile(path, content),
        () => disk.writeFile(path, content.slice(0, Math.random() * content.length)),
      ),
  };
}
