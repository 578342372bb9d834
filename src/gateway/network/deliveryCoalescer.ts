/** So many deliveries are looked at together. */
const deliveriesCounted = 8;

/** They are a burst when they come within this time, in milliseconds: more than 2,000 a second, faster than anybody reads. */
const burstTime = 4;

/** They are small when they have less than this together, in bytes: each alone is hardly worth waking up for. */
const smallBytes = deliveriesCounted * 8_192;

/**
 * A burst has to bring so many bytes before the first rest. What a gateway could not send during a rest is lost
 * when it then tears the connection down, and short replies have little to gain.
 */
const bytesBefore = 65_536;

/** How long a burst is let gather, in milliseconds: at most a quarter of a frame, so nobody sees it. */
const shortestRest = 1;
const longestRest = 4;

/**
 * When a rest has brought so many bytes, a shorter one does: whoever sends faster than this may by then be waiting
 * for room in the socket.
 */
const plentyBytes = 16_384;

/** What a coalescer needs from outside. */
export interface CoalescerParts {
  /** Leaves what comes in the socket. */
  readonly hold: () => void;
  /** Reads what has gathered. */
  readonly release: () => void;
  /** The time in milliseconds, from any beginning. */
  readonly elapsed: () => number;
}

/**
 * Lets a burst of small deliveries gather in the socket. To be woken up by a delivery costs many times
 * what is done with it, and whoever comes back soon is woken up for each; a rest now and then makes one
 * large delivery of hundreds. Answers at the pace of a model are passed on at once.
 */
export class DeliveryCoalescer {
  private since = Number.NEGATIVE_INFINITY;
  private deliveries = 0;
  private bytes = 0;
  /** What the burst has brought so far, in bytes; counted up to twice of what makes it one. */
  private burst = 0;
  private rest = shortestRest;
  private inDelivery = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly given: CoalescerParts) {}

  /** Told of every piece. Pieces of one turn of the event loop are one delivery. */
  onBytes(length: number): void {
    this.bytes += length;
    if (this.inDelivery) return;
    this.inDelivery = true;
    queueMicrotask(this.onDelivered);
  }

  /** Nothing more comes, or nobody wants it. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private readonly onDelivered = (): void => {
    this.inDelivery = false;
    this.deliveries += 1;
    if (this.deliveries < deliveriesCounted || this.stopped) return;
    const now = this.given.elapsed();
    const isQuick = now - this.since < burstTime;
    // Halved, not forgotten: a sender that is held up once, by its own work or a full socket, goes on at its pace.
    this.burst = isQuick ? Math.min(this.burst + this.bytes, 2 * bytesBefore) : this.burst / 2;
    const isWorthARest = this.burst >= bytesBefore && this.bytes < smallBytes;
    this.rest = this.bytes < plentyBytes ? Math.min(2 * this.rest, longestRest) : shortestRest;
    this.begin(now);
    if (!isWorthARest) return;
    this.given.hold();
    this.timer = setTimeout(this.onRested, this.rest);
  };

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
