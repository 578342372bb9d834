import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '../core/ports';
import type { ViewState } from '../shared/viewState';

/** The view's drafts and scroll positions in a file, so that they outlive a VS Code that is killed. */
export class ViewStateFile {
  private waiting: ViewState | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly log: Log,
  ) {}

  /** What was saved last, unchecked; undefined when there is nothing or it cannot be read. */
  async load(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.path, 'utf8')) as unknown;
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!missing) this.log.warn(`The drafts could not be read: ${String(error)}`);
      return undefined;
    }
  }

  /** Saves a state; of several that come while one is being written, the last counts. */
  save(state: ViewState): void {
    this.waiting = state;
    this.writing ??= this.write().finally(() => (this.writing = undefined));
  }

  /** Resolves when the last state is in the file. */
  async flush(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true });
      while (this.waiting !== undefined) {
        const state = this.waiting;
        this.waiting = undefined;
        const temporary = `${this.path}.${process.pid}.tmp`;
        await writeFile(temporary, JSON.stringify(state), { mode: 0o600 });
        await rename(temporary, this.path);
      }
    } catch (error) {
      this.log.warn(`The drafts could not be saved: ${String(error)}`);
    }
  }
}
