/** Random numbers that depend only on their seed, so that a failure can be repeated. */
export class RandomNumbers {
  constructor(private state: number) {}

  /** A whole number from 0 to before `end`. */
  below(end: number): number {
    // Mulberry32.
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  /** One of several values. */
  oneOf<Thing>(things: readonly [Thing, ...Thing[]]): Thing;
  oneOf<Thing>(things: readonly Thing[]): Thing | undefined;
  oneOf<Thing>(things: readonly Thing[]): Thing | undefined {
    return things[this.below(Math.max(1, things.length))];
  }

  /** True once in `many` times. */
  once(many: number): boolean {
    return this.below(many) === 0;
  }
}
