/** Who wants nothing to be read from a socket for now: whoever reads the answer, what decodes it, or a rest in a burst. */
export type ReadingHold = 'consumer' | 'decoder' | 'burst';

/** What stops the reading of one reply, and lets it go on. */
export interface ReadingSwitch {
  pause(): void;
  resume(): void;
}

/** Reads a socket only while nobody wants it to wait: each lets go of its own hold alone. */
export class ReadingGate {
  private readonly holds = new Set<ReadingHold>();

  constructor(private readonly reading: ReadingSwitch) {}

  hold(hold: ReadingHold): void {
    if (this.holds.size === 0) this.reading.pause();
    this.holds.add(hold);
  }

  /** Letting go of what is not held is nothing. */
  release(hold: ReadingHold): void {
    if (this.holds.delete(hold) && this.holds.size === 0) this.reading.resume();
  }
}
