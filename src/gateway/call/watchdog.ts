/** What is being waited for. */
export type Wait = 'connect' | 'first-token' | 'idle' | 'closing';

/**
 * Watches one wait at a time. Signs of life cost a look at the clock, not a timer: the one timer
 * looks, when it fires, how long the last sign is past, and arms itself again for the rest.
 */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined;
  private kind: Wait = 'connect';
  private limit = 0;
  private since = 0;
  private held = false;

  /** `onExpired` is called once with the wait that took too long and its limit in seconds. */
  constructor(private readonly onExpired: (wait: Wait, seconds: number) => void) {}

  /** What is being waited for now. */
  get wait(): Wait {
    return this.kind;
  }

  /** Begins another wait, of at most `seconds`. */
  begin(wait: Wait, seconds: number): void {
    this.kind = wait;
    this.limit = seconds * 1_000;
    this.since = performance.now();
    clearTimeout(this.timer);
    this.timer = this.held ? undefined : setTimeout(this.look, this.limit);
  }

  /** A sign of life: the wait begins anew. */
  renew(): void {
    this.since = performance.now();
  }

  /** Stops the clock while it is the consumer who lets the gateway wait. */
  hold(): void {
    this.held = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    if (this.limit > 0) this.begin(this.kind, this.limit / 1_000);
  }

  /** Nothing is waited for any more. */
  stop(): void {
    this.limit = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly look = (): void => {
    const rest = this.since + this.limit - performance.now();
    // Timers may fire a fraction of a millisecond early.
    if (rest > 1) this.timer = setTimeout(this.look, rest);
    else this.onExpired(this.kind, this.limit / 1_000);
  };
}
