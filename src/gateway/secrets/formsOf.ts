/** As many characters of a key in a row are as bad as the key: what is left of it can be guessed or asked for. */
export const tellingLength = 12;

/** A key that is shorter than this is a word that local servers want for form's sake: `ollama`, `sk-no-key`. */
const shortestKey = 16;

/**
 * Whether a secret looks like a key, so that a piece of it is a secret as well. Other values of headers (an address, a media
 * type) are secrets as a whole only: pieces of them stand in every message.
 */
export function isKeyLike(secret: string): boolean {
  return (
    secret.length >= shortestKey &&
    /^[\x21-\x7e]+$/.test(secret) &&
    /\d/.test(secret) &&
    !secret.includes('://')
  );
}

/** The forms that JSON, URLs, names of hosts, base64 and hexadecimal digits give a secret, itself included. */
export function formsOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  // The whole encoding first: its last letter tells less than six bits, and so is not in the others.
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

/** What of base64 tells nothing but these bytes, when other bytes stand before them: how many decides which letters come out. */
function base64Of(bytes: Buffer, before: number): string {
  const padded = Buffer.concat([Buffer.alloc(before), bytes]);
  const letters = Math.floor((padded.length * 8) / 6);
  return padded.toString('base64').slice(Math.ceil((before * 8) / 6), letters);
}
