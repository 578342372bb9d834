/** Keeps the entries with the highest scores of many: a heap whose root is the lowest score that is kept. */
export class TopList {
  private readonly scores: Float32Array;
  private readonly kept: Uint32Array;
  private size = 0;

  /** @param limit How many entries are kept. */
  constructor(private readonly limit: number) {
    this.scores = new Float32Array(limit);
    this.kept = new Uint32Array(limit);
  }

  /** A score has to be higher than this to be kept. */
  get threshold(): number {
    return this.size < this.limit ? -Infinity : (this.scores[0] ?? -Infinity);
  }

  /** Adds an entry if its score is high enough. Ignores NaN. */
  offer(id: number, score: number): void {
    if (!(score > this.threshold)) return;
    if (this.size < this.limit) {
      this.siftUp(this.size, id, score);
      this.size += 1;
    } else this.siftDown(id, score);
  }

  /** The entries, highest score first; equal scores in the order of their ids. */
  sorted(): { readonly id: number; readonly score: number }[] {
    return Array.from({ length: this.size }, (_, index) => ({
      id: this.kept[index] ?? 0,
      score: this.scores[index] ?? 0,
    })).sort((one, other) => other.score - one.score || one.id - other.id);
  }

  /** The ids of the entries, ascending. */
  ids(): Uint32Array {
    return this.kept.slice(0, this.size).sort();
  }

  private siftUp(from: number, id: number, score: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.scores[parent] ?? 0) <= score) break;
      this.put(at, this.kept[parent] ?? 0, this.scores[parent] ?? 0);
      at = parent;
    }
    this.put(at, id, score);
  }

  private siftDown(id: number, score: number): void {
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && (this.scores[child + 1] ?? 0) < (this.scores[child] ?? 0)) child += 1;
      if ((this.scores[child] ?? 0) >= score) break;
      this.put(at, this.kept[child] ?? 0, this.scores[child] ?? 0);
      at = child;
    }
    this.put(at, id, score);
  }

  private put(at: number, id: number, score: number): void {
    this.kept[at] = id;
    this.scores[at] = score;
  }
}
