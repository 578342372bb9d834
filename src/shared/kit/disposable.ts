/** Something that lets go of what it holds. Structurally the same as VS Code's. */
export interface Disposable {
  dispose(): void;
}

/** Collects disposables. What is added after disposal is disposed at once, so nothing leaks in a race. */
export class DisposableStore implements Disposable {
  private readonly items = new Set<Disposable>();
  private disposed = false;

  /** Adds an item and returns it. */
  add<Item extends Disposable>(item: Item): Item {
    if (this.disposed) item.dispose();
    else this.items.add(item);
    return item;
  }

  /** Disposes the items, last added first, all of them: what some throw is thrown together at the end. */
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
