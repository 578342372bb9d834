import * as v from 'valibot';
import { checksumLength, checksumOf } from '../files/checksumOf';
import type { FileFacts } from '../files/fileFacts';

const version = 3;
const newLine = '\n';
const headerStart = checksumLength + newLine.length;

const headerSchema = v.object({
  version: v.literal(version),
  /** Of each text: its conversation, the size and time of the journal, and its length in bytes. */
  texts: v.array(v.tuple([v.string(), v.number(), v.number(), v.number()])),
});

/** The text of one conversation, and the size and time of its journal when the text was read from it. */
interface KeptText extends FileFacts {
  /** UTF-8, and NFC, so that folding rarely changes the length of the text. */
  readonly bytes: Buffer;
}

/** Some texts, by the ids of their conversations. */
export class TextShard extends Map<string, KeptText> {}

/**
 * The file of a shard: the checksum of everything after the first line, a line of JSON that says where the texts are, and the
 * texts.
 */
export function encodeShard(texts: TextShard): Uint8Array {
  const header = {
    version,
    texts: Array.from(texts, ([id, { size, modifiedAt, bytes }]) => [id, size, modifiedAt, bytes.length]),
  };
  const pieces = Array.from(texts.values(), ({ bytes }) => bytes);
  const content = Buffer.concat([Buffer.from(JSON.stringify(header) + newLine), ...pieces]);
  return Buffer.concat([Buffer.from(checksumOf(content) + newLine), content]);
}

/** Reads the result of `encodeShard`. Throws an `Error` if a byte has changed or another version wrote the file. */
export function decodeShard(file: Buffer): TextShard {
  const content = file.subarray(headerStart);
  if (file.toString('latin1', 0, headerStart) !== checksumOf(content) + newLine) {
    throw new Error('The file is damaged.');
  }
  const headerEnd = content.indexOf(newLine);
  const header = v.parse(headerSchema, JSON.parse(content.toString('utf8', 0, headerEnd)));
  const texts = new TextShard();
  let start = headerEnd + newLine.length;
  for (const [id, size, modifiedAt, length] of header.texts) {
    texts.set(id, { size, modifiedAt, bytes: content.subarray(start, start + length) });
    start += length;
  }
  return texts;
}
