/** What stands where a secret stood. */
const mark = '[redacted]';

/** The longest `detail` of a failure, in characters. */
const longestDetail = 2_000;
/** Of what a gateway said, more than this is not even looked at: replies have up to 32 million characters. */
const longestLookedAt = 200_000;

/** Shorter values than this are no secrets, and blanking them would blank half of a message. */
const shortestSecret = 4;

/** Keys that are not ours to know, by their usual shapes. */
const keyShapes = /\b(?:sk|rk|pk|gsk|xai|AIza)[-_][\w-]{8,}|\bAIza[\w-]{20,}/g;
const bearerTokens = /\bBearer\s+[\w.~+/=-]{8,}/gi;

/**
 * Takes every secret out of `text`: the given ones, also in the forms that JSON, a URL and base64
 * give them, and whatever looks like a key.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let redacted = text;
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    for (const form of formsOf(secret)) redacted = redacted.replaceAll(form, mark);
  }
  return redacted.replace(bearerTokens, `Bearer ${mark}`).replace(keyShapes, mark);
}

/** `text` as a failure's detail: without secrets, without control characters, at most 2,000 characters. */
export function toDetail(text: string, secrets: readonly string[]): string {
  const readable = text
    .slice(0, longestLookedAt)
    // Before redacting: a key with such a character in it would be whole again without it.
    // eslint-disable-next-line no-control-regex -- they are what is to go
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  const redacted = redact(readable, secrets).trim();
  // Never half of a surrogate pair at the end.
  return copyOf(redacted.slice(0, longestDetail).replace(/[\ud800-\udbff]$/, ''));
}

/** A piece of a string keeps the whole string in memory, which here may be all that a gateway sent. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

function formsOf(secret: string): Set<string> {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  // A host's name comes back in lower case.
  const lowered = secret.toLowerCase();
  return new Set([secret, lowered, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), base64]);
}
