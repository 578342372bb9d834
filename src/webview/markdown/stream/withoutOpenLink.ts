/** A longer text in brackets is not treated as the text of an unfinished link, in characters. */
const longestText = 200;
/** How much of the end is searched, in characters. */
const longest = 2_000;

/**
 * Removes the markup of an unfinished link or picture at the end: `see [the text](https://exa` becomes `see the text`. Brackets
 * after a word (`list[0]`) and intervals (`[0, 1)`) stay.
 */
export function withoutOpenLink(content: string): string {
  const start = Math.max(0, content.length - longest);
  return content.slice(0, start) + withoutOpenLinkIn(content.slice(start));
}

function withoutOpenLinkIn(content: string): string {
  const open: number[] = [];
  // The ends of links: a bracket after a link does not count as one after a word.
  const ends = new Set<number>();
  for (let at = content.indexOf('['); at !== -1 && at < content.length; at += 1) {
    const character = content.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '`') at = endOfCode(content, at);
    else if (character === '[') open.push(at);
    else if (character === ']') {
      const start = open.pop();
      if (start === undefined) continue;
      const next = content.charAt(at + 1);
      if (next === '') return withoutBrackets(content.slice(0, at), [...open, start], ends, ']');
      const end = next === '(' ? endOfAddress(content, at + 2) : undefined;
      if (end === Infinity) {
        const text = content.slice(start + 1, at);
        return withoutBrackets(content.slice(0, startOf(content, start)) + text, open, ends);
      }
      if (end === undefined) continue;
      at = end;
      ends.add(end);
    }
  }
  return withoutBrackets(content, open, ends);
}

/** The start of a link, or of a picture with its `!`. */
function startOf(content: string, bracket: number): number {
  return content.charAt(bracket - 1) === '!' ? bracket - 1 : bracket;
}

/** @param closing The text after the last bracket's text, added if that bracket stays. */
function withoutBrackets(
  content: string,
  brackets: readonly number[],
  ends: ReadonlySet<number>,
  closing = '',
): string {
  let rest = content;
  brackets.toReversed().forEach((at, index) => {
    const text = rest.slice(at + 1);
    const isPlain =
      (/[\w)\]]/.test(rest.charAt(at - 1)) && !ends.has(at - 1)) ||
      text.length > longestText ||
      /^\s|\n|^\^|^[\d.-]+\s*,|^[^([]*\)/.test(text);
    if (!isPlain) rest = rest.slice(0, startOf(rest, at)) + text;
    else if (index === 0) rest += closing;
  });
  return rest;
}

/** The position of the last backtick of the code span that begins at `at`, or of its opening backticks if it is not closed. */
function endOfCode(content: string, at: number): number {
  const [marks = ''] = /^`+/.exec(content.slice(at, at + 99)) ?? [];
  const pattern = new RegExp(`(?<!\`)${marks}(?!\`)`, 'g');
  pattern.lastIndex = at + marks.length;
  const found = pattern.exec(content);
  return (found === null ? at : found.index) + marks.length - 1;
}

/** The end of an address with its title. Infinity if the text ends before, undefined if it is not an address. */
function endOfAddress(content: string, start: number): number | undefined {
  let depth = 0;
  let at = start;
  for (; at < content.length; at += 1) {
    const character = content.charAt(at);
    if (character === '\\') at += 1;
    else if (/\s/.test(character)) break;
    else if (character === '(') depth += 1;
    else if (character === ')' && depth === 0) return at;
    else if (character === ')') depth -= 1;
  }
  if (at >= content.length) return Infinity;
  const [rest = '', mark] = /^\s+(?:(["'])(?:[^\\]|\\.)*?(?:\1\s*|$))?/s.exec(content.slice(at)) ?? [];
  const end = at + rest.length;
  if (end >= content.length) return Infinity;
  return mark !== undefined && content.charAt(end) === ')' ? end : undefined;
}
