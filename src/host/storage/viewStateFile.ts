import { dirname, join } from 'node:path';
import type { Log } from '../../core/ports/log';
import {
  isNewer,
  mergeViewStates,
  readViewState,
  type RememberedConversation,
  type ViewState,
} from '../../shared/messages/viewState';
import { readCheckedJson, toCheckedJson } from '../../storage/files/checksumOf';
import { nodeFileSystem, type FileSystem } from '../../storage/files/fileSystem';
import { moveWithoutOverwriting, removeLeftovers, replaceFile } from '../../storage/files/replaceFile';

/** Stores the drafts and scroll positions of all views in a file, so that they survive if VS Code is killed. */
export class ViewStateFile {
  /** What was loaded, with all that was saved since; undefined before the first of both. */
  private state: ViewState | undefined;
  private waiting: ViewState | undefined;
  private writing: Promise<void> | undefined;

  /** @param fileSystem Tests replace it. Default: the disk. */
  constructor(
    private readonly path: string,
    private readonly log: Log,
    private readonly fileSystem: FileSystem = nodeFileSystem,
  ) {}

  /** The drafts and scroll positions of all views. */
  get views(): readonly RememberedConversation[] {
    return this.state?.views ?? [];
  }

  /** Returns the last saved state, not validated. Undefined if there is none or if it cannot be read. Moves a damaged file away. */
  async load(): Promise<unknown> {
    if (this.state === undefined) {
      const stored = await this.read();
      // A view may have saved something in the meantime.
      this.state = this.merged(readViewState(stored));
      if (stored === undefined && this.state.views.length === 0) return undefined;
    }
    return this.state;
  }

  /**
   * Saves the state of a view with those of the others. If several are passed while one is being written, they are saved together.
   *
   * @returns What is remembered of the conversations whose draft has changed.
   */
  save(state: ViewState): readonly RememberedConversation[] {
    const before = new Map(this.views.map((view) => [view.key, view]));
    this.state = this.state === undefined ? state : mergeViewStates(state, this.state);
    this.waiting = this.state;
    void this.start();
    return state.views.filter((view) => isNewer(view, before.get(view.key) ?? {}));
  }

  /** Tries to write the last state. Resolves when it is in the file or the write has failed. */
  async flush(): Promise<void> {
    await this.writing;
    await this.start();
  }

  /** Merges a state of the disk with what was saved in the meantime. */
  private merged(stored: ViewState): ViewState {
    return this.state === undefined ? stored : mergeViewStates(this.state, stored);
  }

  private async read(): Promise<unknown> {
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
