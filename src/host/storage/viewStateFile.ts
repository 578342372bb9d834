import { dirname, join } from 'node:path';
import type { Log } from '../../core/ports/log';
import type { ViewState } from '../../shared/messages/viewState';
import { readCheckedJson, toCheckedJson } from '../../storage/files/checksumOf';
import { nodeFileSystem, type FileSystem } from '../../storage/files/fileSystem';
import { moveWithoutOverwriting, removeLeftovers, replaceFile } from '../../storage/files/replaceFile';

/** The view's drafts and scroll positions in a file, so that they outlive a VS Code that is killed. */
export class ViewStateFile {
  private waiting: ViewState | undefined;
  private writing: Promise<void> | undefined;

  /** @param fileSystem The disk, unless a test brings its own. */
  constructor(
    private readonly path: string,
    private readonly log: Log,
    private readonly fileSystem: FileSystem = nodeFileSystem,
  ) {}

  /** What was saved last, unchecked; undefined when there is nothing or it cannot be read. A damaged file is set aside. */
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

  /** Saves a state; of several that come while one is being written, the last counts. */
  save(state: ViewState): void {
    this.waiting = state;
    void this.start();
  }

  /** Resolves when the last state is in the file, or once more could not be written. */
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
        // Tried again with the next one, or when the window closes.
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

  /** Returns a sentence that tells where the damaged file is now. */
  private async setAside(): Promise<string> {
    try {
      const place = join(dirname(this.path), 'damaged', 'viewState.json');
      return `The file is kept as ${await moveWithoutOverwriting(this.path, place, this.fileSystem)}.`;
    } catch (error) {
      return `The file could not be set aside: ${String(error)}`;
    }
  }
}
