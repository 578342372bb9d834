/** This many bytes are always at least 1,000 UTF-16 code units. */
const keptBytes = 4_000;

/** Keeps the end of a body. Keeps the received arrays and copies nothing until `last` is called. */
export class BodyEnd {
  private older: readonly Uint8Array[] = [];
  private newer: Uint8Array[] = [];
  private newerBytes = 0;

  /** Adds bytes of the body. */
  add(bytes: Uint8Array): void {
    this.newer.push(bytes);
    this.newerBytes += bytes.length;
    if (this.newerBytes < keptBytes) return;
    this.older = this.newer;
    this.newer = [];
    this.newerBytes = 0;
  }

  /** The last `length` UTF-16 code units, at most 1,000. The first may be a replacement character. */
  last(length: number): string {
    return new TextDecoder().decode(Buffer.concat([...this.older, ...this.newer])).slice(-length);
  }
}
