import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As many characters of the key in a row, in whatever spelling, count as the key. */
const telling = 12;

/** What of the keys stands in which files, and how many were searched. */
export interface FoundInFiles {
  readonly searched: number;
  readonly found: readonly { readonly path: string; readonly text: string }[];
}

/**
 * Looks for keys: whole and in pieces of twelve characters, as it is, as JSON, in URLs, base64, base64url and hexadecimal digits,
 * in UTF-16, and with anything that is not seen between its characters. Not made of the product's own list of spellings: it is to
 * find what that has forgotten.
 */
export class SecretSearch {
  private readonly pieces = new Set<string>();
  /** For every pair of characters whether a piece begins so: most places need no more than one look. */
  private readonly beginnings = new Uint8Array(65_536);

  constructor(...keys: readonly string[]) {
    for (const key of keys) this.addKey(key);
  }

  /** What of a key stands in the bytes, with some of what is around it; undefined when there is nothing. */
  find(content: Uint8Array | string): string | undefined {
    const bytes = withoutGaps(typeof content === 'string' ? Buffer.from(content) : content);
    for (let at = 0; at + telling <= bytes.length; at += 1) {
      if (this.beginnings[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] === 0) continue;
      const piece = bytes.toString('latin1', at, at + telling);
      if (this.pieces.has(piece)) return bytes.toString('latin1', Math.max(0, at - 80), at + 80);
    }
    return undefined;
  }

  /** Looks through every file below a folder. */
  async findInFiles(folder: string): Promise<FoundInFiles> {
    const found: { path: string; text: string }[] = [];
    let searched = 0;
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const text = this.find(await readFile(path));
      searched += 1;
      if (text !== undefined) found.push({ path, text });
    }
    return { searched, found };
  }

  private addKey(key: string): void {
    const bytes = Buffer.from(key);
    const codes = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
    const base64 = [0, 1, 2].map((before) => {
      const encoded = Buffer.concat([Buffer.alloc(before), bytes])
        .toString('base64')
        .replaceAll('=', '');
      return before === 0 ? encoded : encoded.slice(before + 1);
    });
    const spellings = [
      key,
      JSON.stringify(key).slice(1, -1),
      JSON.stringify(JSON.stringify(key)).slice(2, -2),
      encodeURIComponent(key),
      encodeURIComponent(encodeURIComponent(key)),
      encodeURI(key),
      codes.join(''),
      codes.map((code) => `%${code}`).join(''),
      codes.map((code) => `\\u00${code}`).join(''),
      codes.map((code) => `\\x${code}`).join(''),
      codes.map((code) => `&#x${code};`).join(''),
      Array.from(bytes, (byte) => `&#${byte};`).join(''),
      bytes.join(','),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ];
    for (const spelling of spellings) {
      this.add(spelling);
      this.add(spelling.toUpperCase());
      this.add(spelling.toLowerCase());
    }
  }

  private add(spelling: string): void {
    for (let at = 0; at + telling <= spelling.length; at += 1) {
      const piece = spelling.slice(at, at + telling);
      this.pieces.add(piece);
      this.beginnings[(piece.charCodeAt(0) << 8) | piece.charCodeAt(1)] = 1;
    }
  }
}

/** Without white space, zero bytes (UTF-16 has them) and the like: as somebody reads it who reads around them. */
function withoutGaps(bytes: Uint8Array): Buffer {
  const kept = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (const byte of bytes) if (byte > 0x20 && byte !== 0x7f) kept[length++] = byte;
  return kept.subarray(0, length);
}
