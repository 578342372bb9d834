import type { OutlineItem, OutlinedText } from './outline';

/** True when the parts of a level are separated by commas: all except the last one end with a comma. */
export function hasCommas(
  file: OutlinedText,
  items: readonly OutlineItem[],
  block: OutlinedText,
  own: readonly OutlineItem[],
): boolean {
  const ends = (text: OutlinedText, item: OutlineItem): boolean =>
    endsWithComma(text.lines[item.end - 1] ?? '');
  const inner = items.slice(0, -1).filter((item) => file.facts[item.start]?.isComment !== true);
  if (inner.length > 0) return inner.filter((item) => ends(file, item)).length * 2 > inner.length;
  const [only] = items;
  if (only === undefined) return false;
  // With one part only, a quoted key means JSON; otherwise the block decides.
  return (
    ends(file, only) ||
    own.some((item) => ends(block, item)) ||
    /^\s*"[^"]{1,200}"\s?:/.test(file.lines[only.start] ?? '')
  );
}

function endsWithComma(line: string): boolean {
  return splitComment(line).code.trimEnd().endsWith(',');
}

/** Adds or removes the comma at the end of a line, before a comment. */
export function withComma(line: string, wanted: boolean): string {
  const { code, rest } = splitComment(line);
  const bare = code.trimEnd();
  if (bare === '' || /[[{(]$/.test(bare)) return line;
  const has = bare.endsWith(',');
  if (has === wanted) return line;
  return (wanted ? `${bare},` : bare.slice(0, -1)) + code.slice(bare.length) + rest;
}

function splitComment(line: string): { code: string; rest: string } {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? '';
    if (quote !== '') {
      if (sign === '\\') at++;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (
      /\s/.test(line[at - 1] ?? ' ') &&
      (line.startsWith('//', at) || line.startsWith('/*', at) || line.startsWith('# ', at))
    )
      return { code: line.slice(0, at), rest: line.slice(at) };
  }
  return { code: line, rest: '' };
}
