import * as v from 'valibot';
import { conversationEventSchema } from '../../shared/conversation/conversationEvent';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { checksumLength, checksumOf } from '../files/checksumOf';

/**
 * A line of a journal is the CRC-32 of its JSON as 8 hexadecimal digits, a space, and the JSON of one event or of the
 * header. The checksum shows whether a line is complete and unchanged.
 */
const jsonStart = checksumLength + 1;

/** Ends each line. Each write also starts with it. */
export const lineEnd = 0x0a;

/** The longest line in bytes: a prompt with eighteen pictures of the largest size. A string in Node cannot be much longer. */
export const longestLine = 500_000_000;

const format = 'parley-conversation';

/**
 * The version of the format. A new kind of event or a new field needs no new version, because older versions of Parley skip
 * them. A higher number means that older versions must not write to the file.
 */
export const journalVersion = 1;

const headerSchema = v.object({ format: v.literal(format), version: v.number() });

/** The content of a line. */
export type JournalLine =
  | { readonly kind: 'event'; readonly event: ConversationEvent }
  | { readonly kind: 'header'; readonly version: number }
  /** Complete, but with a kind of event that this version does not know: a newer version wrote it. */
  | { readonly kind: 'unknown' }
  /** Only the beginning of a line: it is being written, or a crash stopped the write. */
  | { readonly kind: 'torn' }
  | { readonly kind: 'damaged' };

/** Writes an event as a line without its line end. Undefined if the line is longer than `longestLine`. */
export function encodeEvent(event: ConversationEvent): Buffer | undefined {
  try {
    const line = encode(event);
    return line.length > longestLine ? undefined : line;
  } catch (error) {
    // The JSON is longer than a string can be.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first line of a journal. */
export const headerLine = encode({ format, version: journalVersion });

function encode(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  return Buffer.concat([Buffer.from(`${checksumOf(json)} `), json]);
}

/**
 * Reads a line without its line end. Throws nothing.
 *
 * @param isEnded False if the file ends without a line end after this line.
 */
export function decodeLine(line: Buffer, isEnded = true): JournalLine {
  const json = line.subarray(jsonStart);
  const prefix = line.toString('latin1', 0, jsonStart);
  if (line.length <= jsonStart || prefix !== `${checksumOf(json)} `) {
    const isCut = !isEnded || line.at(-1) !== closingBrace;
    return { kind: isCut && couldBeLine(line) ? 'torn' : 'damaged' };
  }
  const value = parse(json.toString('utf8'));
  if (value === undefined) return { kind: 'damaged' };
  const event = v.safeParse(conversationEventSchema, value);
  if (event.success) return { kind: 'event', event: event.output };
  const header = v.safeParse(headerSchema, value);
  return header.success ? { kind: 'header', version: header.output.version } : { kind: 'unknown' };
}

const closingBrace = 0x7d;
const lineStart = /^(?:[0-9a-f]{0,7}|[0-9a-f]{8}(?: \{?)?)$/;

/** False if the bytes cannot be the beginning of a line. */
export function couldBeLine(bytes: Buffer): boolean {
  return lineStart.test(bytes.toString('latin1', 0, jsonStart + 1));
}

const deltaStarts = ['text-appended', 'reasoning-appended', 'tool-call-arguments'].map((kind) =>
  Buffer.from(`{"kind":${JSON.stringify(kind)}`),
);

/**
 * True if the first bytes show that the line is a delta. A reader that needs only a summary can skip such lines, which are
 * most of a journal. A delta for which this returns false is read like any event.
 */
export function isCertainlyDelta(line: Buffer): boolean {
  return deltaStarts.some(
    (start) => line.length > jsonStart + start.length && line.indexOf(start) === jsonStart,
  );
}

/** Undefined if the text is not JSON. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
