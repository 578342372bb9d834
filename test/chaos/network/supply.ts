import type { RawExchange } from '../../support/rawServer';

/** The size of one write, in bytes, if speed matters. */
const bulk = 262_144;

/** How many bytes a gateway offers, and how many the client reads. */
export class Supply {
  offered = 0;
  taken = 0;

  /** Writes `piece` repeatedly, as fast as it is read, until `total` bytes are written or the client closes the connection. */
  async flood(exchange: RawExchange, piece: string | Uint8Array, total: number): Promise<void> {
    const bytes = Buffer.from(piece);
    const repeated = Buffer.concat(new Array<Buffer>(Math.ceil(bulk / bytes.length)).fill(bytes));
    this.offered += total;
    await this.writeOn(exchange, repeated, () => new Promise((resolve) => setImmediate(resolve)), total);
  }

  /** Writes `piece` repeatedly with a pause of `milliseconds`, until the client closes the connection. */
  async drip(exchange: RawExchange, piece: string | Uint8Array, milliseconds: number): Promise<void> {
    const pause = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, milliseconds));
    await this.writeOn(exchange, Buffer.from(piece), pause, Infinity);
  }

  private async writeOn(
    exchange: RawExchange,
    bytes: Buffer,
    pause: () => Promise<unknown>,
    total: number,
  ): Promise<void> {
    const client = { left: false };
    void exchange.closed.then(() => {
      client.left = true;
    });
    for (let sent = 0; sent < total; sent += bytes.length) {
      await exchange.write(bytes);
      // A closed socket accepts every write. It reports the end one turn of the event loop later.
      await pause();
      if (client.left) return;
      this.taken += bytes.length;
    }
  }
}
