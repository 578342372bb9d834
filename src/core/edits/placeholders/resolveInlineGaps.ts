import { indentOf, plainLine } from '../lines/likeness';
import { placeholderShape } from './placeholderShape';

/** A block whose placeholders within lines have become what they stand for, or lines of their own. */
export interface ResolvedBlock {
  readonly lines: readonly string[];
  /** Lines of the result that still hold a placeholder. */
  readonly open: readonly number[];
}

/** Longer lines hold no placeholder that is looked for. */
const longest = 1_000;
/** Dots that no name follows, as it does where they spread: `{ ... }`, `(..., x)`, `={...}`. */
const dots = /(?<![.\w$\])])(?:\.{3}|…)(?=\s*(?:[,;)\]}]|$))/g;
const comment = /\/\*\s?([^*]{1,200}?)\s?\*\/|<!--\s?([^<>]{1,200}?)\s?-->|\{\/\*\s?([^*]{1,200}?)\s?\*\/\}/g;
const inBody = /[{[]$/;

/**
 * Finds placeholders within lines. A body (`f() { ... }`) becomes lines of its own; anything else becomes what the only line of the file with
 * the same beginning and end has there.
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

/** The first placeholder within a line that has code beside it. */
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

/** `head { ... }` over three lines. */
function expandBody(before: string, after: string, text: string): readonly string[] | undefined {
  const head = before.trimEnd();
  if (!inBody.test(head) || !/^\s*[}\]]/.test(after) || head.trim().length < 2) return undefined;
  // `={...}` holds a value, not a body.
  if (/[=(,$]\s*[{[]$/.test(head) && !/=>\s*\{$|[=(,]\s\{$|\(\{$/.test(head)) return undefined;
  const indent = indentOf(before);
  return [head, `${indent}  ${text}`, indent + after.trimStart()];
}

/** The file's only line that begins and ends as the block's does. */
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

/** Dots that are code: C's variadic parameters, C++'s `catch (...)`, Python's Ellipsis in brackets. */
function isCode(before: string, after: string): boolean {
  return (
    (/,\s*$/.test(before) && /^\s*[)\]]/.test(after)) ||
    /\bcatch\s*\(\s*$/.test(before) ||
    (/\w\[\s*$/.test(before) && /^\s*[,\]]/.test(after)) ||
    (/:\s*$/.test(before) && /^\s*$/.test(after)) ||
    /=\s*$/.test(before)
  );
}
