/** Why a socket is not read: the consumer of the answer is slow, the decoder is full, or the coalescer pauses a burst. */
export type ReadingHold = 'consumer' | 'decoder' | 'burst';

/** Pauses and resumes the reading of one reply. */
export interface ReadingSwitch {
  pause(): void;
  resume(): void;
}

/** Pauses the reading of a socket while at least one hold is set. */
export class ReadingGate {
  private readonly holds = new Set<ReadingHold>();

  constructor(private readonly reading: ReadingSwitch) {}

  hold(hold: ReadingHold): void {
    if (this.holds.size === 0) this.reading.pause();
    this.holds.add(hold);
  }

  /** Removes a hold. Does nothing if it is not set. */
  release(hold: ReadingHold): void {
    if (this.holds.delete(hold) && this.holds.size === 0) this.reading.resume();
  }
}
