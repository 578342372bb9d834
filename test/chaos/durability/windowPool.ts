import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { build } from 'esbuild';
import { extent } from '../support/extent';
import type { WindowLine, WindowTask } from './windowTask';

/** A process that has not reported within this time has stopped working; in milliseconds. */
const patience = extent(60_000, 15 * 60_000);

/** A window in a separate process. */
export class WindowHandle {
  /** The lines that it has reported. */
  readonly lines: WindowLine[] = [];
  /** Resolves with the signal that ended the process. */
  readonly ended: Promise<NodeJS.Signals | null>;
  private readonly watchers = new Set<() => void>();

  constructor(private readonly child: ChildProcessByStdio<Writable, Readable, null>) {
    const lines = createInterface(child.stdout);
    lines.on('line', (text) => {
      this.lines.push(JSON.parse(text) as WindowLine);
      for (const watcher of this.watchers) watcher();
    });
    const read = once(lines, 'close');
    this.ended = once(child, 'close').then(async ([, signal]: unknown[]) => {
      await read;
      for (const watcher of this.watchers) watcher();
      return signal as NodeJS.Signals | null;
    });
    // A dead process does not read its input.
    child.stdin.on('error', () => undefined);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  start(task: WindowTask): void {
    this.child.stdin.write(`${JSON.stringify(task)}\n`);
  }

  /** Resolves when the process has reported `count` lines or has ended. */
  async told(count: number): Promise<void> {
    await this.watch(() => this.lines.length >= count || this.hasEnded);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private watch(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.watchers.delete(look);
      };
      const look = (): void => {
        if (!condition()) return;
        stop();
        resolve();
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`A window has hung. Its last words: ${JSON.stringify(this.lines.slice(-3))}`));
      }, patience);
      this.watchers.add(look);
    });
  }
}

/** Starts window processes in advance, because the start of a process takes most of the time of a kill. */
export class WindowPool {
  private readonly waiting: WindowHandle[] = [];

  private constructor(
    private readonly program: string,
    private readonly size: number,
  ) {}

  /** @param folder A folder for the program. */
  static async create(folder: string, size: number): Promise<WindowPool> {
    const program = join(folder, 'windowProcess.cjs');
    await build({
      entryPoints: [join(__dirname, 'windowProcess.ts')],
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      outfile: program,
    });
    return new WindowPool(program, size);
  }

  /** A process that has reported that it is ready. */
  async take(): Promise<WindowHandle> {
    while (this.waiting.length <= this.size) this.waiting.push(this.startOne());
    const window = this.waiting.shift() ?? this.startOne();
    await window.told(1);
    return window;
  }

  /** Ends the processes that were not used. */
  async close(): Promise<void> {
    for (const window of this.waiting) window.kill();
    await Promise.all(this.waiting.map(({ ended }) => ended));
  }

  private startOne(): WindowHandle {
    return new WindowHandle(spawn(process.execPath, [this.program], { stdio: ['pipe', 'pipe', 'inherit'] }));
  }
}
