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
import { readTabs, type RememberedTab } from './rememberedTab';

/** The most tabs that are remembered. */
const mostTabs = 100;

/**
 * Stores the drafts and scroll positions of all views in a file, and the conversations of editor tabs, so that they survive if VS Code
 * is killed.
 */
export class ViewStateFile {
  /** What was read, with all that was saved since; undefined before the first of both. */
  private state: ViewState | undefined;
  /** By the key of the tab. The one that changed last is the last. */
  private tabs = new Map<string, RememberedTab>();
  /** False until the file was read. It is never replaced before: the drafts of an earlier window would be lost. */
  private isRead = false;
  private isUnsaved = false;
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

  /** Returns the last saved state. Undefined if there is none or if it cannot be read. Moves a damaged file away. */
  async load(): Promise<ViewState | undefined> {
    if (!this.isRead) await this.read();
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
    this.isUnsaved = true;
    void this.start();
    return state.views.filter((view) => isNewer(view, before.get(view.key) ?? {}));
  }

  /** What a tab showed last; undefined for a new tab. Known once the state was loaded. */
  tab(key: string): RememberedTab | undefined {
    return this.tabs.get(key);
  }

  /** Remembers what a tab shows now. */
  saveTab(tab: RememberedTab): void {
    const before = this.tabs.get(tab.tab);
    if (before?.chat === tab.chat && before.isNew === tab.isNew) return;
    this.tabs.delete(tab.tab);
    this.tabs.set(tab.tab, tab);
    this.isUnsaved = true;
    void this.start();
  }

  /** Tries to write the last state. Resolves when it is in the file or the write has failed. */
  async flush(): Promise<void> {
    await this.writing;
    await this.start();
  }

  /** Reads the file and merges it with what a view has saved in the meantime. Resolves to false if it cannot be read. */
  private async read(): Promise<boolean> {
    await this.removeLeftovers();
    let text: string | undefined;
    try {
      text = await this.fileSystem.readText(this.path);
    } catch (error) {
      this.log.warn(`The drafts could not be read. ${String(error)}`);
      return false;
    }
    const stored = await this.parse(text);
    this.isRead = true;
    if (stored === undefined) return true;
    const { views, tabs } = stored;
    this.state = this.state === undefined ? views : mergeViewStates(this.state, views);
    this.tabs = new Map([...tabs.map((tab) => [tab.tab, tab] as const), ...this.tabs]);
    return true;
  }

  private async parse(
    text: string | undefined,
  ): Promise<{ readonly views: ViewState; readonly tabs: readonly RememberedTab[] } | undefined> {
    if (text === undefined) return undefined;
    try {
      const { tabs, ...views } = { ...(readCheckedJson(text) as Readonly<Record<string, unknown>>) };
      return { views: readViewState(views), tabs: readTabs(tabs) };
    } catch (error) {
      this.log.warn(`The drafts could not be read. ${String(error)} ${await this.setAside()}`);
      return undefined;
    }
  }

  private start(): Promise<void> {
    this.writing ??= this.write().finally(() => (this.writing = undefined));
    return this.writing;
  }

  private async write(): Promise<void> {
    // After a failure, the next save or the end of the window tries again.
    while (this.isUnsaved) {
      if (!this.isRead && !(await this.read())) return;
      this.isUnsaved = false;
      try {
        const tabs = [...this.tabs.values()].slice(-mostTabs);
        const text = toCheckedJson({
          ...(this.state ?? readViewState(undefined)),
          ...(tabs.length > 0 && { tabs }),
        });
        await replaceFile(this.path, text, { fileSystem: this.fileSystem, log: this.log });
      } catch (error) {
        this.log.warn(`The drafts could not be saved: ${String(error)}`);
        this.isUnsaved = true;
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
