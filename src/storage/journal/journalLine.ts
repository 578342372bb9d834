import * as v from 'valibot';
import { conversationEventSchema } from '../../shared/conversation/conversationEvent';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { checksumLength, checksumOf } from '../files/checksumOf';

/**
 * A line of a journal is the CRC-32 of its JSON as 8 hexadecimal digits, a space, and the JSON: one
 * event, or the header. The checksum tells a whole line from a torn or overwritten one.
 */
const jsonStart = checksumLength + 1;

/** What stands after each line, and once more before the first of those that are written together. */
export const lineEnd = 0x0a;

/**
 * Bytes that a line may have: a prompt with eighteen pictures of the largest size. Node makes no string of many more.
 */
export const longestLine = 500_000_000;

const format = 'parley-conversation';

/**
 * Version of the format. A new kind of event or a new field needs no new version, since readers skip
 * what they do not know; a higher number means that older versions of Parley must not write.
 */
export const journalVersion = 1;

const headerSchema = v.object({ format: v.literal(format), version: v.number() });

/** What a line turned out to be. */
export type JournalLine =
  | { readonly kind: 'event'; readonly event: ConversationEvent }
  | { readonly kind: 'header'; readonly version: number }
  /** Whole, but nothing that this version knows: a newer one wrote it. */
  | { readonly kind: 'unknown' }
  /** The beginning of a line: it is being written, or its writing was cut. */
  | { readonly kind: 'torn' }
  | { readonly kind: 'damaged' };

/** Writes an event as a line, without the line's end; undefined when it is too large to be read again. */
export function encodeEvent(event: ConversationEvent): Buffer | undefined {
  try {
    const line = encode(event);
    return line.length > longestLine ? undefined : line;
  } catch (error) {
    // Its JSON is longer than a string may be.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The line that begins a journal. */
export const headerLine = encode({ format, version: journalVersion });

function encode(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  return Buffer.concat([Buffer.from(`${checksumOf(json)} `), json]);
}

/**
 * Reads a line, without its end. Never throws.
 *
 * @param isEnded False when the file ends before the line does.
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

/** False for what does not begin as a line does; true proves nothing. */
export function couldBeLine(bytes: Buffer): boolean {
  return lineStart.test(bytes.toString('latin1', 0, jsonStart + 1));
}

const deltaStarts = ['text-appended', 'reasoning-appended'].map((kind) =>
  Buffer.from(`{"kind":${JSON.stringify(kind)}`),
);

/**
 * True for lines that can only be a piece of an answer, told from their first bytes: whoever wants
 * no more than a summary saves the bulk of the reading. False proves nothing.
 */
export function isCertainlyDelta(line: Buffer): boolean {
  return deltaStarts.some(
    (start) => line.length > jsonStart + start.length && line.indexOf(start) === jsonStart,
  );
}

/** Undefined when it is no JSON; JSON itself has no undefined. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
