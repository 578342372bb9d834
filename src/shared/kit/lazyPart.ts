/** A part that is loaded with its first use. */
export class LazyPart<Part> {
  private loading: Promise<Part> | undefined;

  constructor(private readonly load: () => Promise<Part>) {}

  /**
   * Resolves to the part and loads it first if necessary. Callers continue in the order of their calls. Rejects if loading
   * fails; the next call then tries again.
   */
  get(): Promise<Part> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** The part as far as something has asked for it; undefined before the first use. Never starts to load it. */
  get started(): Promise<Part> | undefined {
    return this.loading;
  }
}

/** A function that loads a part with its first call, and again after a failure; see `LazyPart`. */
export function lazily<Part>(load: () => Promise<Part>): () => Promise<Part> {
  const part = new LazyPart(load);
  return () => part.get();
}
