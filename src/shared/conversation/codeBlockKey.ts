/**
 * A short key for a code block: the same for the same text and info string, so that host and view can name a block of an answer
 * to each other. Two different blocks of one answer practically never have the same key.
 */
export function codeBlockKey({ text, info }: { readonly text: string; readonly info: string }): string {
  const source = `${info}\n${text}`;
  // Two FNV-1a hashes of 32 bits with different offsets.
  let one = 0x811c9dc5;
  let other = 0x9e3779b9;
  for (let index = 0; index < source.length; index += 1) {
    const unit = source.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x01000193);
  }
  return [one, other, source.length].map((part) => (part >>> 0).toString(36)).join('-');
}
