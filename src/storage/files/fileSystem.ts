import {
  constants,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';

/** An open file. */
export interface FileHandle {
  size(): Promise<number>;
  /** Fills `buffer` from `position`; returns how many bytes came, 0 at the end of the file. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** Appends in one system call; returns how many bytes went in, which may be fewer than given. */
  append(bytes: Uint8Array): Promise<number>;
  /** Resolves when what was appended is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Size in bytes and the time of the last change in milliseconds since the epoch. */
export interface FileFacts {
  readonly size: number;
  readonly modifiedAt: number;
}

/** The little that the library asks of a disk; a port, so that tests can make each step fail. */
export interface FileSystem {
  /** Undefined when there is no such file. `append` also reads. */
  open(path: string, purpose: 'read' | 'append'): Promise<FileHandle | undefined>;
  /** A new file, open as for `append`; undefined when it exists already. */
  create(path: string): Promise<FileHandle | undefined>;
  /** Undefined when there is no such file. */
  facts(path: string): Promise<FileFacts | undefined>;
  /** The names in a folder; none when it does not exist. */
  names(folder: string): Promise<string[]>;
  /** Makes a folder and those above it, unless they exist. */
  makeFolder(path: string): Promise<void>;
  /** Sets the time of the last change. */
  touch(path: string, modifiedAt: number): Promise<void>;
  /** Replaces what is at `to`. */
  rename(from: string, to: string): Promise<void>;
  /** Succeeds also when there is no such file. */
  remove(path: string): Promise<void>;
  /** Undefined when there is no such file. */
  readText(path: string): Promise<string | undefined>;
  writeText(path: string, text: string): Promise<void>;
}

/** Conversations are nobody else's business on a shared machine. */
const privateFile = 0o600;
const privateFolder = 0o700;

/** The real disk. */
export const nodeFileSystem: FileSystem = {
  open: (path, purpose) =>
    unless('ENOENT', () =>
      openFile(path, purpose === 'read' ? constants.O_RDONLY : constants.O_RDWR | constants.O_APPEND),
    ),
  create: (path) =>
    unless('EEXIST', () =>
      openFile(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL),
    ),
  facts: (path) =>
    unless('ENOENT', async () => {
      const { size, mtimeMs } = await stat(path);
      return { size, modifiedAt: mtimeMs };
    }),
  names: async (folder) => (await unless('ENOENT', () => readdir(folder))) ?? [],
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true, mode: privateFolder });
  },
  touch: (path, modifiedAt) => utimes(path, modifiedAt / 1000, modifiedAt / 1000),
  rename,
  remove: (path) => rm(path, { force: true }),
  readText: (path) => unless('ENOENT', () => readFile(path, 'utf8')),
  writeText: (path, text) => writeFile(path, text, { mode: privateFile }),
};

async function openFile(path: string, flags: number): Promise<FileHandle> {
  const handle = await open(path, flags, privateFile);
  return {
    size: async () => (await handle.stat()).size,
    read: async (buffer, position) => (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
    append: async (bytes) => (await handle.write(bytes)).bytesWritten,
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** What `action` yields; undefined when it fails with this system error. */
async function unless<Result>(code: string, action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  }
}
