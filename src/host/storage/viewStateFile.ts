import { dirname, join } from 'node:path';
import type { Log } from '../../core/ports/log';
import type { ViewState } from '../../shared/messages/viewState';
import { readCheckedJson, toCheckedJson } from '../../storage/files/checksumOf';
import { nodeFileSystem, type FileSystem } from '../../storage/files/fileSystem';
import { moveWithoutOverwriting, removeLeftovers, replaceFile } from '../../storage/files/replaceFile';

/** Stores the view's drafts and scroll positions in a file, so that they survive if VS Code is killed. */
export class ViewStateFile {
  private waiting: ViewState | undefined;
  private writing: Promise<void> | undefined;

  /** @param fileSystem Tests replace it. Default: the disk. */
  constructor(
    private readonly path: string,
    private readonly log: Log,
    private readonly fileSystem: FileSystem = nodeFileSystem,
  ) {}

  /** Returns the last saved state, not validated. Undefined if there is none or if it cannot be read. Moves a damaged file away. */
  async load(): Promise<unknown> {
    await this.removeLeftovers();
    let text: string | undefined;
    try {
      text = await this.fileSystem.readText(this.path);
      return text === undefined ? undefined : readCheckedJson(text);
    } catch (error) {
      const kept = text === undefined ? '' : await this.setAside();
      this.log.warn(`The drafts could not be read. ${String(error)} ${kept}`);
      return undefined;
    }
  }

  /** Saves a state. If several are passed while one is being written, only the last is saved. */
  save(state: ViewState): void {
    this.waiting = state;
    void this.start();
  }

  /** Tries to write the last state. Resolves when it is in the file or the write has failed. */
  async flush(): Promise<void> {
    await this.writing;
    await this.start();
  }

  private start(): Promise<void> {
    this.writing ??= this.write().finally(() => (this.writing = undefined));
    return this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting !== undefined) {
      const state = this.waiting;
      this.waiting = undefined;
      try {
        await replaceFile(this.path, toCheckedJson(state), { fileSystem: this.fileSystem, log: this.log });
      } catch (error) {
        this.log.warn(`The drafts could not be saved: ${String(error)}`);
        // The next save or the end of the window tries again.
        this.waiting ??= state;
        return;
      }
    }
  }

  private async removeLeftovers(): Promise<void> {
    try {
      await removeLeftovers(dirname(this.path), Date.now(), this.fileSystem);
    } catch (error) {
      this.log.warn(`Temporary files are left behind: ${String(error)}`);
    }
  }

  /** Moves the damaged file. Returns a sentence that says where it is now. */
  private async setAside(): Promise<string> {
    try {
      const place = join(dirname(this.path), 'damaged', 'viewState.json');
      return `The file is kept as ${await moveWithoutOverwriting(this.path, place, this.fileSystem)}.`;
    } catch (error) {
      return `The file could not be set aside: ${String(error)}`;
    }
  }
}
