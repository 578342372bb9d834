import { formsOf, isKeyLike, tellingLength } from './formsOf';

/** Replaces a secret. */
export const redactedMark = '[redacted]';

/** The longest `detail` of a failure, in characters. */
const longestDetail = 2_000;
/** How much of a gateway's text is read to make a `detail`, in characters. A reply may have 32 million. */
const longestRead = 20_000;

/** A shorter value is not treated as a secret, because it would occur in many words; in characters. */
const shortestSecret = 4;
/** A shorter encoded form is ignored, because it may be an ordinary word; in characters. */
const shortestForm = 8;

/** The usual forms of keys, to find keys that Parley does not know. */
const keyShapes = /\b(?:sk|rk|pk|gsk|xai|AIza)[-_][\w-]{8,}|\bAIza[\w-]{20,}/g;
const bearerTokens = /\bBearer\s+[\w.~+/=-]{8,}/gi;

/**
 * Replaces every secret in `text` by `[redacted]`: the given ones in all their forms (see `formsOf`), substrings of keys
 * even with white space in them, and everything that looks like a key.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let redacted = text;
  for (const secret of secrets) {
    // Most texts are as short as "stop": they cannot contain a secret.
    if (secret.length < shortestSecret || text.length < Math.min(secret.length, shortestForm)) continue;
    for (const form of formsOf(secret))
      if (form === secret || form.length >= shortestForm) redacted = redacted.replaceAll(form, redactedMark);
  }
  redacted = withoutPieces(redacted, secrets.filter(isKeyLike));
  return redacted.replace(bearerTokens, `Bearer ${redactedMark}`).replace(keyShapes, redactedMark);
}

/** `text` as the `detail` of a failure: without secrets, without control characters, at most 2,000 UTF-16 code units. */
export function toDetail(text: string, secrets: readonly string[]): string {
  const readable = text
    .slice(0, longestRead)
    // This must come before `redact`: otherwise a control character could hide a key that appears when it is removed.
    .replace(/[^\P{Cc}\t\n\u0080-\u009f]/gu, '');
  const redacted = redact(readable, secrets).trim();
  // The last expression removes half of a surrogate pair.
  return copyOf(redacted.slice(0, longestDetail).replace(/[\ud800-\udbff]$/, ''));
}

/** V8 keeps the whole string in memory as long as a slice of it lives, and here the whole string may be very long. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

/** Replaces every substring of the keys that is at least `tellingLength` long, even with white space in it. */
function withoutPieces(text: string, keys: readonly string[]): string {
  if (keys.length === 0 || text.length < tellingLength) return text;
  const { letters, places } = withoutSpace(text);
  const pieces = new Set(keys.flatMap((key) => [...formsOf(key)].flatMap(piecesOf)));
  let rest = '';
  let copied = 0;
  for (let at = 0; at + tellingLength <= letters.length; at += 1) {
    if (!pieces.has(letters.slice(at, at + tellingLength))) continue;
    let end = at + tellingLength;
    while (end < letters.length && pieces.has(letters.slice(end - tellingLength + 1, end + 1))) end += 1;
    rest += text.slice(copied, places[at]) + redactedMark;
    copied = (places[end - 1] ?? 0) + 1;
    at = end - 1;
  }
  return rest + text.slice(copied);
}

function piecesOf(form: string): string[] {
  const count = Math.max(0, form.length - tellingLength + 1);
  return Array.from({ length: count }, (_, at) => form.slice(at, at + tellingLength));
}

/** The text without white space and invisible characters, with the index of each remaining character in the text. */
function withoutSpace(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let letters = '';
  for (const { index, 0: run } of text.matchAll(/[^\s\p{Cc}\p{Cf}]+/gu)) {
    letters += run;
    for (let offset = 0; offset < run.length; offset += 1) places.push(index + offset);
  }
  return { letters, places };
}
