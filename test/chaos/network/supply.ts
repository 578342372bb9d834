import type { RawExchange } from '../../support/rawServer';

/** How much is written at once, in bytes, where speed matters. */
const bulk = 262_144;

/** What one gateway would send if anybody took it, and how much of it was taken. In bytes. */
export class Supply {
  offered = 0;
  taken = 0;

  /** Writes `piece` again and again, as fast as it is taken, until `total` bytes are gone or the client has left. */
  async flood(exchange: RawExchange, piece: string | Uint8Array, total: number): Promise<void> {
    const bytes = Buffer.from(piece);
    const repeated = Buffer.concat(new Array<Buffer>(Math.ceil(bulk / bytes.length)).fill(bytes));
    this.offered += total;
    await this.writeOn(exchange, repeated, () => new Promise((resolve) => setImmediate(resolve)), total);
  }

  /** Writes `piece` again and again with a pause of `milliseconds` after each, until the client has left. */
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
      // A socket that was torn down takes everything; that it was, shows a turn of the event loop later.
      await pause();
      if (client.left) return;
      this.taken += bytes.length;
    }
  }
}
