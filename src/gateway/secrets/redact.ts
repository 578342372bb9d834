import { formsOf, isKeyLike, tellingLength } from './formsOf';

/** What stands where a secret stood. */
export const redactedMark = '[redacted]';

/** The longest `detail` of a failure, in characters. */
const longestDetail = 2_000;
/**
 * Of what a gateway said, more than this is not even looked at: replies have up to 32 million characters, and no gateway puts
 * white space of this length before its words.
 */
const longestLookedAt = 20_000;

/** Shorter values than this are no secrets, and blanking them would blank half of a message. */
const shortestSecret = 4;
/** A few letters of base64 are a word as well. */
const shortestForm = 8;

/** Keys that are not ours to know, by their usual shapes. */
const keyShapes = /\b(?:sk|rk|pk|gsk|xai|AIza)[-_][\w-]{8,}|\bAIza[\w-]{20,}/g;
const bearerTokens = /\bBearer\s+[\w.~+/=-]{8,}/gi;

/**
 * Takes every secret out of `text`: the given ones, also in the forms that JSON, a URL, base64 and hexadecimal digits give them,
 * and whatever looks like a key. Of a key its pieces go as well, and what white space takes apart.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let redacted = text;
  for (const secret of secrets) {
    // Short texts are all that most answers have to be looked at: "stop".
    if (secret.length < shortestSecret || text.length < Math.min(secret.length, shortestForm)) continue;
    for (const form of formsOf(secret))
      if (form === secret || form.length >= shortestForm) redacted = redacted.replaceAll(form, redactedMark);
  }
  redacted = withoutPieces(redacted, secrets.filter(isKeyLike));
  return redacted.replace(bearerTokens, `Bearer ${redactedMark}`).replace(keyShapes, redactedMark);
}

/** `text` as a failure's detail: without secrets, without control characters, at most 2,000 characters. */
export function toDetail(text: string, secrets: readonly string[]): string {
  const readable = text
    .slice(0, longestLookedAt)
    // Before redacting: a key with such a character in it would be whole again without it.
    .replace(/[^\P{Cc}\t\n\u0080-\u009f]/gu, '');
  const redacted = redact(readable, secrets).trim();
  // Never half of a surrogate pair at the end.
  return copyOf(redacted.slice(0, longestDetail).replace(/[\ud800-\udbff]$/, ''));
}

/** A piece of a string keeps the whole string in memory, which here may be all that a gateway sent. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

/** Without any piece of the keys that is long enough to tell, whatever white space stands in it. */
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

/** The text without white space and what is not seen, and for each of its characters its place in the text. */
function withoutSpace(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let letters = '';
  for (const { index, 0: run } of text.matchAll(/[^\s\p{Cc}\p{Cf}]+/gu)) {
    letters += run;
    for (let offset = 0; offset < run.length; offset += 1) places.push(index + offset);
  }
  return { letters, places };
}
