/** Something that releases its resources. Structurally compatible with VS Code's `Disposable`. */
export interface Disposable {
  dispose(): void;
}

/** Collects disposables. An item that is added after disposal is disposed at once, so that a race leaks nothing. */
export class DisposableStore implements Disposable {
  private readonly items = new Set<Disposable>();
  private disposed = false;

  /** Adds an item and returns it. */
  add<Item extends Disposable>(item: Item): Item {
    if (this.disposed) item.dispose();
    else this.items.add(item);
    return item;
  }

  /**
   * Disposes all items, the last one first.
   *
   * @throws {AggregateError} At the end, with the errors of the items that threw.
   */
  dispose(): void {
    this.disposed = true;
    const items = [...this.items].reverse();
    this.items.clear();
    const errors: unknown[] = [];
    for (const item of items) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Disposing failed.');
  }
}
