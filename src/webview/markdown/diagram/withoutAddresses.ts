const address = /url\((?!\s*["']?#)[^)]*\)?|@import[^;]*;?|image-set\([^)]*\)?/gi;
/** CSS can write any character as a number or with a backslash before it. */
const escape = /\\(?:([0-9a-f]{1,6})\s?|(.))/gis;

/** Removes the addresses that CSS would load, except those of parts of the same picture. */
export function withoutAddresses(css: string): string {
  const read = css.includes('\\') ? css.replaceAll(escape, readEscape) : css;
  const harmless = read.replaceAll(address, 'none');
  return harmless === read ? css : harmless;
}

function readEscape(_: string, number: string | undefined, character: string | undefined): string {
  if (number === undefined) return character ?? '';
  const code = Number.parseInt(number, 16);
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}
