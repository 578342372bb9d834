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
import type { FileFacts } from './fileFacts';
import { factsOfFiles } from './factsOfFiles';

/** An open file. */
export interface FileHandle {
  /** In bytes. */
  size(): Promise<number>;
  /** Reads from byte `position` into `buffer`. Resolves with the number of bytes read; 0 at the end of the file. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** Appends with one system call. Resolves with the number of bytes written, which may be smaller than `bytes`. */
  append(bytes: Uint8Array): Promise<number>;
  /** Resolves when all appended data is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The file operations that the library needs. An interface, so that a test can let each operation fail. Apart from the cases
 * described here, every method rejects with the error of the system.
 */
export interface FileSystem {
  /** Opens a file for reading, or for reading and appending. Undefined if the file does not exist. */
  open(path: string, purpose: 'read' | 'append'): Promise<FileHandle | undefined>;
  /** Creates a file and opens it as for `append`. Undefined if the file already exists. */
  create(path: string): Promise<FileHandle | undefined>;
  /** Undefined if the file does not exist. */
  facts(path: string): Promise<FileFacts | undefined>;
  /**
   * The facts of the files with these names in a folder, in the same order; much faster than `facts` for each. Undefined for a
   * file that does not exist, and for one whose facts cannot be read. Never rejects.
   */
  factsOfAll(folder: string, names: readonly string[]): Promise<(FileFacts | undefined)[]>;
  /** The names of the files in a folder; empty if the folder does not exist. */
  names(folder: string): Promise<string[]>;
  /** Creates a folder and its parents. Does nothing if they exist. */
  makeFolder(path: string): Promise<void>;
  /** Sets the time of the last change, in milliseconds since the epoch. */
  touch(path: string, modifiedAt: number): Promise<void>;
  /** Replaces an existing file at `to`. */
  rename(from: string, to: string): Promise<void>;
  /** Deletes a file. Does nothing if the file does not exist. */
  remove(path: string): Promise<void>;
  /** Undefined if the file does not exist. */
  readText(path: string): Promise<string | undefined>;
  /** Undefined if the file does not exist. */
  readBytes(path: string): Promise<Buffer | undefined>;
  /** Creates or overwrites a file. A text is written as UTF-8. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
}

/** Other users of a shared computer must not read the conversations. */
const privateFile = 0o600;
const privateFolder = 0o700;

/** The file system of Node. */
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
  factsOfAll: factsOfFiles,
  names: async (folder) => (await unless('ENOENT', () => readdir(folder))) ?? [],
  makeFolder: async (path) => {
    await mkdir(path, { recursive: true, mode: privateFolder });
  },
  touch: (path, modifiedAt) => utimes(path, modifiedAt / 1000, modifiedAt / 1000),
  rename,
  remove: (path) => rm(path, { force: true }),
  readText: (path) => unless('ENOENT', () => readFile(path, 'utf8')),
  readBytes: (path) => unless('ENOENT', () => readFile(path)),
  writeFile: (path, content) => writeFile(path, content, { mode: privateFile }),
};

/** Runs `action` with an open file, then closes the file even if `action` fails. Does nothing if `file` is undefined. */
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

/** Runs `action`, but resolves with undefined if it fails with this error code. */
async function unless<Result>(code: string, action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  }
}
