/**
 * Joins the bytes of one delivery, which are all bytes that arrive in one turn of the event loop. A server that sends each event
 * as an HTTP chunk of its own fills one read of the socket with hundreds of them, and to read the body once for each of them
 * costs more than everything else.
 */
export class DeliveryJoiner {
  private first: Uint8Array | undefined;
  /** What follows `first` in the same turn. */
  private others: Uint8Array[] = [];

  /** @param take Receives the bytes of one delivery, at the end of the turn. It must throw nothing. */
  constructor(private readonly take: (bytes: Uint8Array) => void) {}

  /** Adds bytes. The array is kept until the end of the turn and must not change. */
  add(bytes: Uint8Array): void {
    if (this.first === undefined) {
      this.first = bytes;
      queueMicrotask(this.flush);
    } else this.others.push(bytes);
  }

  /** Passes on the bytes so far at once, because the reply ends. Does nothing without bytes. */
  readonly flush = (): void => {
    const { first, others } = this;
    if (first === undefined) return;
    this.first = undefined;
    if (others.length === 0) {
      this.take(first);
      return;
    }
    this.others = [];
    this.take(Buffer.concat([first, ...others]));
  };
}
