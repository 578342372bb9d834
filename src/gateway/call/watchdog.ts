/** What an attempt waits for: the connection, the first token, more of the answer, or the end of the connection. */
export type WatchedWait = 'connect' | 'first-token' | 'idle' | 'closing';

/**
 * Limits one wait at a time. `renew` only reads the clock and sets no timer: when the one timer fires, it checks how long ago
 * the last `renew` was, and starts again for the rest of the time.
 */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined;
  private kind: WatchedWait = 'connect';
  private limit = 0;
  private since = 0;
  private held = false;

  /** @param onExpired Called once with the wait that took too long and its limit in seconds. */
  constructor(private readonly onExpired: (wait: WatchedWait, seconds: number) => void) {}

  /** The current wait. */
  get wait(): WatchedWait {
    return this.kind;
  }

  /** Starts another wait with a limit in seconds. */
  begin(wait: WatchedWait, seconds: number): void {
    this.kind = wait;
    this.limit = seconds * 1_000;
    this.since = performance.now();
    clearTimeout(this.timer);
    this.timer = this.held ? undefined : setTimeout(this.look, this.limit);
  }

  /** Restarts the current wait. */
  renew(): void {
    this.since = performance.now();
  }

  /** Stops the clock while a slow consumer lets the gateway wait. */
  hold(): void {
    this.held = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Restarts the current wait after `hold`. */
  release(): void {
    if (!this.held) return;
    this.held = false;
    if (this.limit > 0) this.begin(this.kind, this.limit / 1_000);
  }

  /** Ends the current wait. */
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
