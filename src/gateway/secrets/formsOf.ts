/** This many characters of a key in a row count as the whole key; the rest of it could be guessed. */
export const tellingLength = 12;

/** A shorter key is a dummy word for a local server, such as `ollama` or `sk-no-key`; in characters. */
const shortestKey = 16;

/**
 * True if a secret looks like a key, so that a substring of it is secret, too. Other values of headers (an address, a media
 * type) are secret only as a whole, because their substrings occur in ordinary messages.
 */
export function isKeyLike(secret: string): boolean {
  return (
    secret.length >= shortestKey &&
    /^[\x21-\x7e]+$/.test(secret) &&
    /\d/.test(secret) &&
    !secret.includes('://')
  );
}

/** A secret in all forms in which a text may contain it: unchanged, in lower case, JSON, a URL, hexadecimal digits, base64. */
export function formsOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  // The first form is the whole encoding. Its last letter has fewer than six bits of the secret, so the other forms lack it.
  const base64 = [
    bytes.toString('base64').replace(/={1,2}$/, ''),
    ...[0, 1, 2].map((before) => base64Of(bytes, before)),
  ];
  return new Set([
    secret,
    secret.toLowerCase(),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    ...[hex, pairs.map((pair) => `%${pair}`).join(''), pairs.map((pair) => `\\u00${pair}`).join('')].flatMap(
      (form) => [form, form.replaceAll(/[a-f]/g, (digit) => digit.toUpperCase())],
    ),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ]);
}

/**
 * The letters of a base64 text that depend only on `bytes`, if `before` other bytes come before them. The number of bytes
 * before, modulo 3, decides which letters these are (RFC 4648, section 4).
 */
function base64Of(bytes: Buffer, before: number): string {
  const padded = Buffer.concat([Buffer.alloc(before), bytes]);
  const letters = Math.floor((padded.length * 8) / 6);
  return padded.toString('base64').slice(Math.ceil((before * 8) / 6), letters);
}
