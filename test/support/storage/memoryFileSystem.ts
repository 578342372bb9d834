import { dirname, basename, join } from 'node:path';
import type { FileHandle, FileSystem } from '../../../src/storage/files/fileSystem';

interface MemoryFile {
  bytes: Buffer;
  modifiedAt: number;
}

/** A file system in memory, for tests with ten thousands of runs. A folder exists if it contains something. */
export class MemoryFileSystem implements FileSystem {
  readonly files = new Map<string, MemoryFile>();
  private time = 1;

  /** An independent copy of this file system. */
  copy(): MemoryFileSystem {
    const copy = new MemoryFileSystem();
    for (const [path, { bytes, modifiedAt }] of this.files) copy.files.set(path, { bytes, modifiedAt });
    copy.time = this.time;
    return copy;
  }

  /** The bytes of a file; undefined when it does not exist. */
  bytesOf(path: string): Buffer | undefined {
    return this.files.get(path)?.bytes;
  }

  /** Replaces the bytes of a file without changing its time, as damage does. */
  damage(path: string, bytes: Buffer): void {
    const modifiedAt = this.files.get(path)?.modifiedAt ?? 0;
    this.files.set(path, { bytes, modifiedAt });
  }

  readonly open: FileSystem['open'] = (path) => {
    const file = this.files.get(path);
    return Promise.resolve(file && this.handleOf(file));
  };

  readonly create: FileSystem['create'] = (path) => {
    if (this.files.has(path)) return Promise.resolve(undefined);
    const file = { bytes: Buffer.alloc(0), modifiedAt: this.tick() };
    this.files.set(path, file);
    return Promise.resolve(this.handleOf(file));
  };

  readonly facts: FileSystem['facts'] = (path) => {
    const file = this.files.get(path);
    return Promise.resolve(file && { size: file.bytes.length, modifiedAt: file.modifiedAt });
  };

  readonly factsOfAll: FileSystem['factsOfAll'] = (folder, names) =>
    Promise.all(names.map((name) => this.facts(join(folder, name))));

  readonly names: FileSystem['names'] = (folder) =>
    Promise.resolve(
      [...this.files.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path)),
    );

  readonly makeFolder: FileSystem['makeFolder'] = () => Promise.resolve();

  readonly touch: FileSystem['touch'] = (path, modifiedAt) => {
    this.expect(path).modifiedAt = modifiedAt;
    return Promise.resolve();
  };

  readonly rename: FileSystem['rename'] = (from, to) => {
    this.files.set(to, this.expect(from));
    this.files.delete(from);
    return Promise.resolve();
  };

  readonly remove: FileSystem['remove'] = (path) => {
    this.files.delete(path);
    return Promise.resolve();
  };

  readonly readText: FileSystem['readText'] = (path) => Promise.resolve(this.bytesOf(path)?.toString());

  readonly readBytes: FileSystem['readBytes'] = (path) => Promise.resolve(this.bytesOf(path));

  readonly writeFile: FileSystem['writeFile'] = (path, content) => {
    this.files.set(path, { bytes: Buffer.from(content), modifiedAt: this.tick() });
    return Promise.resolve();
  };

  private handleOf(file: MemoryFile): FileHandle {
    return {
      size: () => Promise.resolve(file.bytes.length),
      read: (buffer, position) => Promise.resolve(file.bytes.copy(buffer, 0, position)),
      append: (bytes) => {
        file.bytes = Buffer.concat([file.bytes, bytes]);
        file.modifiedAt = this.tick();
        return Promise.resolve(bytes.length);
      },
      sync: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
  }

  private expect(path: string): MemoryFile {
    const file = this.files.get(path);
    if (file === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return file;
  }

  private tick(): number {
    this.time += 1;
    return this.time;
  }
}
