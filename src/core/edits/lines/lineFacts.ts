import { commentText, isCommentLine } from './commentText';
import { indentWidth } from './plainLine';

/** What the outline needs to know about a line. */
export interface LineFacts {
  readonly isBlank: boolean;
  /** Indentation in columns. */
  readonly width: number;
  /** Opened minus closed brackets and tags, outside of strings and comments. */
  readonly delta: number;
  /** True when the line begins inside a string or comment of several lines. */
  readonly isInside: boolean;
  readonly isComment: boolean;
}

/** A longer line is not scanned, in UTF-16 units; its brackets count as balanced. */
const longest = 2_000;

const voidTags: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

type Open = '*/' | '-->' | '`' | '"""' | "'''";

/**
 * Scans the lines of a text without knowing its language: brackets outside of strings and comments, and strings and comments of
 * several lines. One pass in linear time.
 */
export function readLineFacts(lines: readonly string[]): readonly LineFacts[] {
  let open: Open | undefined;
  return lines.map((line) => {
    const isInside = open !== undefined;
    const scanned = scanLine(line, open);
    open = scanned.open;
    return {
      isBlank: line.trim() === '',
      width: indentWidth(line),
      delta: scanned.delta + (isInside ? 0 : tagDelta(line)),
      isInside,
      isComment: !isInside && isCommentLine(line),
    };
  });
}

function scanLine(line: string, before: Open | undefined): { delta: number; open: Open | undefined } {
  let open = before;
  let delta = 0;
  if (line.length > longest) return { delta: 0, open };
  let at = 0;
  if (open === undefined && isLineComment(line)) return { delta: 0, open };
  while (at < line.length) {
    if (open !== undefined) {
      const end = line.indexOf(open, at);
      if (end === -1) return { delta, open };
      if (open === '`' && line[end - 1] === '\\') {
        at = end + 1;
        continue;
      }
      at = end + open.length;
      open = undefined;
      continue;
    }
    const sign = line[at] ?? '';
    const three = line.slice(at, at + 3);
    if (three === '"""' || three === "'''") {
      open = three;
      at += 3;
    } else if (sign === '"' || sign === "'") {
      at = stringEnd(line, at, sign);
    } else if (sign === '`') {
      open = '`';
      at++;
    } else if (sign === '/' && line[at + 1] === '*') {
      open = '*/';
      at += 2;
    } else if (line.startsWith('<!--', at)) {
      open = '-->';
      at += 4;
    } else if (beginsComment(line, at)) break;
    else {
      if (sign === '{' || sign === '(' || sign === '[') delta++;
      else if (sign === '}' || sign === ')' || sign === ']') delta--;
      at += sign === '\\' ? 2 : 1;
    }
  }
  return { delta, open };
}

function isLineComment(line: string): boolean {
  const text = line.trimStart();
  return /^(?:\/\/|#|--)/.test(text) && commentText(text) !== undefined;
}

/** True when a comment begins here. `//` in a URL is not a comment; `#` begins one only between spaces. */
function beginsComment(line: string, at: number): boolean {
  if (line.startsWith('//', at)) return line[at - 1] !== ':';
  return line[at] === '#' && /\s/.test(line[at - 1] ?? '') && /\s/.test(line[at + 1] ?? '');
}

/** The position after a string, or after its opening quote if the line does not close it (an apostrophe, a Rust lifetime). */
function stringEnd(line: string, start: number, quote: string): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === quote) return at + 1;
  }
  return start + 1;
}

/** 1 when a tag at the beginning of a line opens an element, -1 when it closes one, otherwise 0. */
function tagDelta(line: string): number {
  const text = line.trimStart();
  if (!text.startsWith('<')) return 0;
  if (text.startsWith('</')) return /^<\/[\w:.-]{0,60}\s{0,9}>/.test(text) ? -1 : 0;
  const name = /^<([a-zA-Z][\w:.-]{0,60})(?=[\s>/]|$)/.exec(text)?.[1];
  if (name === undefined || voidTags.has(name.toLowerCase())) return 0;
  const end = text.trimEnd();
  if (end.endsWith('/>') || text.includes(`</${name}`) || !end.endsWith('>') || end.endsWith('=>')) return 0;
  return 1;
}
