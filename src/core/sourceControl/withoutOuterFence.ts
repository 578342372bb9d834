/** Markdown that a model wrote, without the code fence around the whole of it that some models add. */
export function withoutOuterFence(answer: string): string {
  const text = answer.replaceAll('\r\n', '\n').trim();
  const lines = text.split('\n');
  const [, fence, info] = /^(`{3,}|~{3,})(markdown|md|text)?[ \t]*$/i.exec(lines[0] ?? '') ?? [];
  if (fence === undefined || lines.length < 2 || (lines.at(-1) ?? '').trim() !== fence) return text;
  const inside = lines.slice(1, -1);
  // With an odd number of fences inside, the first and the last line do not belong together. Nor do they with any fence inside
  // when the first line names no language: the answer may begin with one code block and end with another.
  const fences = inside.filter((line) => line.trimStart().startsWith(fence)).length;
  return fences === 0 || (fences % 2 === 0 && info !== undefined) ? inside.join('\n').trim() : text;
}
