/**
 * A hash of a text in two halves of 32 bits, to find out that a chunk has not changed. It protects from chance, not from
 * intent: who can write the files of the workspace needs no collision.
 */
export function hashText(text: string): readonly [number, number] {
  let one = 0x811c9dc5;
  let other = 0x2545f491;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x9e3779b1) ^ (other >>> 15);
  }
  return [one >>> 0, other >>> 0];
}
