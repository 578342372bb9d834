/** Divides long work into slices, so that VS Code can do other work in between, such as typing. */
export interface Pace {
  /** True when the slice has lasted long enough. Reads the clock, so call it about each 100 µs. */
  readonly isDue: () => boolean;
  /** Lets other work run, and begins the next slice. Rejects when the work is cancelled. */
  readonly rest: () => Promise<void>;
}
