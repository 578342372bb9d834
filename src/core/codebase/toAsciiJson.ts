/** How many bytes become characters at a time: a function takes a limited number of arguments. */
const slice = 8_192;

/** A value as JSON in bytes. What is not ASCII is escaped, so that each character is one byte. */
export function toAsciiJson(value: unknown): Uint8Array {
  const json = JSON.stringify(value).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const bytes = new Uint8Array(json.length);
  for (let at = 0; at < json.length; at += 1) bytes[at] = json.charCodeAt(at);
  return bytes;
}

/** Reads the result of `toAsciiJson`. Throws a `SyntaxError` for other bytes. */
export function readAsciiJson(bytes: Uint8Array): unknown {
  let json = '';
  for (let start = 0; start < bytes.length; start += slice)
    json += String.fromCharCode(...bytes.subarray(start, start + slice));
  return JSON.parse(json) as unknown;
}
