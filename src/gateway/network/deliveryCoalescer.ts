/** The number of deliveries that are measured together. */
const deliveriesCounted = 8;

/** If these deliveries take less than this time, in milliseconds, they are a burst: more than 2,000 per second. */
const burstTime = 4;

/** If these deliveries have less than this many bytes together, they are small. */
const smallBytes = deliveriesCounted * 8_192;

/**
 * A burst must have this many bytes before the first rest. Short replies gain little from a rest, and if the gateway closes
 * the connection during a rest, bytes that it could not send are lost.
 */
const bytesBefore = 65_536;

/** The length of a rest in milliseconds: at most a quarter of a frame, which is invisible. */
const shortestRest = 1;
const longestRest = 4;

/** After a rest with this many bytes the next rest is shorter, because a fast gateway may otherwise fill the socket's buffer. */
const plentyBytes = 16_384;

/** What a coalescer needs. */
interface CoalescerParts {
  /** Stops reading, so that bytes stay in the socket. */
  readonly hold: () => void;
  /** Reads the socket again. */
  readonly release: () => void;
  /** The time in milliseconds from any starting point. */
  readonly elapsed: () => number;
}

/**
 * Pauses the reading of a burst of small deliveries for a few milliseconds, so that they become one large delivery. The wake-up
 * for a delivery costs much more than its processing. Answers at the usual speed of a model are never paused.
 */
export class DeliveryCoalescer {
  private since = Number.NEGATIVE_INFINITY;
  private deliveries = 0;
  private bytes = 0;
  /** The bytes of the burst so far, at most `2 * bytesBefore`. */
  private burst = 0;
  private rest = shortestRest;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly given: CoalescerParts) {}

  /** Counts a delivery of so many bytes: all bytes of one turn of the event loop. */
  onDelivery(length: number): void {
    this.bytes += length;
    this.deliveries += 1;
    if (this.deliveries < deliveriesCounted || this.stopped) return;
    const now = this.given.elapsed();
    const isQuick = now - this.since < burstTime;
    // Halved and not reset, because a sender with one delay usually continues at its speed.
    this.burst = isQuick ? Math.min(this.burst + this.bytes, 2 * bytesBefore) : this.burst / 2;
    const isWorthARest = this.burst >= bytesBefore && this.bytes < smallBytes;
    this.rest = this.bytes < plentyBytes ? Math.min(2 * this.rest, longestRest) : shortestRest;
    this.begin(now);
    if (!isWorthARest) return;
    this.given.hold();
    this.timer = setTimeout(this.onRested, this.rest);
  }

  /** Ends the coalescing, because the reply has ended or is not read any more. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private readonly onRested = (): void => {
    this.begin(this.given.elapsed());
    this.given.release();
  };

  private begin(now: number): void {
    this.since = now;
    this.deliveries = 0;
    this.bytes = 0;
  }
}
