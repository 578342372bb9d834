import * as v from 'valibot';
import { conversationEventSchema } from '../shared/events';
import type { ConversationEvent } from '../shared/events';
import { checksumLength, checksumOf } from './checksum';

/**
 * A line of a journal is the CRC-32 of its JSON as 8 hexadecimal digits, a space, and the JSON: one
 * event, or the header. The checksum tells a whole line from a torn or overwritten one.
 */
const jsonStart = checksumLength + 1;

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
  | { readonly kind: 'damaged' };

/** Writes an event as a line, without the line's end. */
export function encodeEvent(event: ConversationEvent): Buffer {
  return encode(event);
}

/** The line that begins a journal. */
export const headerLine = encode({ format, version: journalVersion });

function encode(value: unknown): Buffer {
  const json = JSON.stringify(value);
  return Buffer.from(`${checksumOf(Buffer.from(json))} ${json}`);
}

/** Reads a line, without its end. Never throws. */
export function decodeLine(line: Buffer): JournalLine {
  const json = line.subarray(jsonStart);
  const prefix = line.toString('latin1', 0, jsonStart);
  if (line.length <= jsonStart || prefix !== `${checksumOf(json)} `) return { kind: 'damaged' };
  const value = parse(json.toString('utf8'));
  if (value === undefined) return { kind: 'damaged' };
  const event = v.safeParse(conversationEventSchema, value);
  if (event.success) return { kind: 'event', event: event.output };
  const header = v.safeParse(headerSchema, value);
  return header.success ? { kind: 'header', version: header.output.version } : { kind: 'unknown' };
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
