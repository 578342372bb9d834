import { indentOf, plainLine } from '../lines/plainLine';
import { placeholderShape } from './placeholderShape';

/** A block whose placeholders inside lines were replaced, or moved to lines of their own. */
interface ResolvedBlock {
  readonly lines: readonly string[];
  /** Lines of the result that still contain a placeholder, counted from 0. */
  readonly open: readonly number[];
}

/** Longest line that is searched for placeholders, in UTF-16 units. */
const longest = 1_000;
/** Dots without a name after them: `{ ... }`, `(..., x)`, `={...}`. Dots before a name are the spread operator. */
const dots = /(?<![.\w$\])])(?:\.{3}|…)(?=\s*(?:[,;)\]}]|$))/g;
const comment = /\/\*\s?([^*]{1,200}?)\s?\*\/|<!--\s?([^<>]{1,200}?)\s?-->|\{\/\*\s?([^*]{1,200}?)\s?\*\/\}/g;
const inBody = /[{[]$/;

/**
 * Resolves placeholders inside lines. A body (`f() { ... }`) is expanded to three lines. In other lines, the placeholder is replaced
 * by the text of the only line of the file with the same beginning and end.
 */
export function resolveInlineGaps(block: readonly string[], file: readonly string[]): ResolvedBlock {
  const lines: string[] = [];
  const open: number[] = [];
  let known: Set<string> | undefined;
  for (const line of block) {
    const gap = findGap(line);
    if (gap === undefined || (known ??= new Set(file.map(plainLine))).has(plainLine(line))) {
      lines.push(line);
      continue;
    }
    const before = line.slice(0, gap.start);
    const after = line.slice(gap.end);
    const body = expandBody(before, after, gap.text);
    const twin = findTwin(before, after, file);
    if (twin !== undefined) lines.push(indentOf(line) + twin.trimStart());
    else if (body !== undefined) lines.push(...body);
    else {
      if (!isCode(before, after)) open.push(lines.length);
      lines.push(line);
    }
  }
  return { lines, open };
}

interface InlineGap {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The first placeholder in a line that also has code. */
function findGap(line: string): InlineGap | undefined {
  if (line.length > longest || !/\.\.\.|…|\/\*|<!--/.test(line)) return undefined;
  for (const match of line.matchAll(comment)) {
    const shape = placeholderShape(`// ${match[1] ?? match[2] ?? match[3] ?? ''}`);
    if (shape === 'certain' || (shape === 'likely' && /[{([]\s*$/.test(line.slice(0, match.index))))
      return around(line, match.index, match.index + match[0].length);
  }
  for (const match of line.matchAll(dots)) {
    if (isQuoted(line, match.index)) continue;
    const found = around(line, match.index, match.index + match[0].length);
    if (found !== undefined) return found;
  }
  return undefined;
}

function around(line: string, start: number, end: number): InlineGap | undefined {
  const before = line.slice(0, start);
  if (before.trim() === '' || /(?:\/\/|#|--)\s*$/.test(before) || /\/\/|\s#\s/.test(before)) return undefined;
  return /[([{,=:>]\s*$/.test(before) ? { start, end, text: line.slice(start, end) } : undefined;
}

function isQuoted(line: string, at: number): boolean {
  let quote = '';
  for (let index = 0; index < at; index++) {
    const sign = line[index] ?? '';
    if (sign === '\\') index++;
    else if (quote === '' ? /["'`]/.test(sign) : sign === quote) quote = quote === '' ? sign : '';
  }
  return quote !== '';
}

/** Expands `head { ... }` to three lines; undefined for other placeholders. */
function expandBody(before: string, after: string, text: string): readonly string[] | undefined {
  const head = before.trimEnd();
  if (!inBody.test(head) || !/^\s*[}\]]/.test(after) || head.trim().length < 2) return undefined;
  // `={...}` is a value, not a body.
  if (/[=(,$]\s*[{[]$/.test(head) && !/=>\s*\{$|[=(,]\s\{$|\(\{$/.test(head)) return undefined;
  const indent = indentOf(before);
  return [head, `${indent}  ${text}`, indent + after.trimStart()];
}

/** The only line of the file with the given beginning and end; undefined when there is none or more than one. */
function findTwin(before: string, after: string, file: readonly string[]): string | undefined {
  const head = plainLine(before);
  const tail = plainLine(after);
  if (!/[\p{L}\p{N}]/u.test(head)) return undefined;
  const found = file.filter((line) => {
    const plain = plainLine(line);
    return (
      plain.length >= head.length + tail.length &&
      plain.startsWith(head) &&
      plain.endsWith(tail) &&
      tail !== ''
    );
  });
  return found.length === 1 ? found[0] : undefined;
}

/** True for dots that are code: variadic parameters of C, `catch (...)` of C++, Ellipsis of Python. */
function isCode(before: string, after: string): boolean {
  return (
    (/,\s*$/.test(before) && /^\s*[)\]]/.test(after)) ||
    /\bcatch\s*\(\s*$/.test(before) ||
    (/\w\[\s*$/.test(before) && /^\s*[,\]]/.test(after)) ||
    (/:\s*$/.test(before) && /^\s*$/.test(after)) ||
    /=\s*$/.test(before)
  );
}
