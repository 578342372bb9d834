/**
 * Text that was cut at its beginning, without the rest of the line there. A text without another line stays as it is: the end of a
 * long line is better than nothing.
 */
export function fromLineStart(text: string): string {
  const lineEnd = text.indexOf('\n');
  return lineEnd === -1 || lineEnd === text.length - 1 ? text : text.slice(lineEnd + 1);
}
