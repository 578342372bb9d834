import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { build } from 'esbuild';
import { extent } from '../support/extent';
import type { WindowLine, WindowTask } from './windowTask';

/** A process that has not come so far within this time has hung. In milliseconds. */
const patience = extent(60_000, 15 * 60_000);

/** A window as a process of its own. */
export class WindowHandle {
  /** What it has told so far. */
  readonly lines: WindowLine[] = [];
  /** Resolves when it has ended, with the signal that ended it. */
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
    // A process that is dead reads no more.
    child.stdin.on('error', () => undefined);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  start(task: WindowTask): void {
    this.child.stdin.write(`${JSON.stringify(task)}\n`);
  }

  /** Resolves once it has told `count` lines, or has ended. */
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

/** Starts window processes ahead of their use: most of what a kill costs is the start of the next victim. */
export class WindowPool {
  private readonly waiting: WindowHandle[] = [];

  private constructor(
    private readonly program: string,
    private readonly size: number,
  ) {}

  /** @param folder Where the program may be put. */
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

  /** A process that has said that it is ready. */
  async take(): Promise<WindowHandle> {
    while (this.waiting.length <= this.size) this.waiting.push(this.startOne());
    const window = this.waiting.shift() ?? this.startOne();
    await window.told(1);
    return window;
  }

  /** Ends those that nobody took. */
  async close(): Promise<void> {
    for (const window of this.waiting) window.kill();
    await Promise.all(this.waiting.map(({ ended }) => ended));
  }

  private startOne(): WindowHandle {
    return new WindowHandle(spawn(process.execPath, [this.program], { stdio: ['pipe', 'pipe', 'inherit'] }));
  }
}
