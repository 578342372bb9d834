/** So many bytes are at least 1,000 UTF-16 units, whatever the characters. */
const keptBytes = 4_000;

/** Keeps the end of a body, in the pieces as they came: copies nothing until the end is asked for. */
export class BodyEnd {
  private older: readonly Uint8Array[] = [];
  private newer: Uint8Array[] = [];
  private newerBytes = 0;

  add(bytes: Uint8Array): void {
    this.newer.push(bytes);
    this.newerBytes += bytes.length;
    if (this.newerBytes < keptBytes) return;
    this.older = this.newer;
    this.newer = [];
    this.newerBytes = 0;
  }

  /** The last characters, at most so many (up to 1,000). The first of them may be a replacement character. */
  last(length: number): string {
    return new TextDecoder().decode(Buffer.concat([...this.older, ...this.newer])).slice(-length);
  }
}
