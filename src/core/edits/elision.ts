import { withoutBlankEdges } from './lineEdit';
import { indentWidth } from './lineLikeness';

const commentStart = String.raw`(?:\/\/+|#+|--+|;+|%+|\/\*+|<!--|\{\s*\/\*+|"""|''')`;
const commentEnd = String.raw`(?:\*+\/\s*\}?|-->|"""|''')?`;
const dots = String.raw`(?:\.{3,}|…+|⋯+)`;
const english = String.raw`(?:the\s+)?(?:rest|remaining|remainder|existing|previous|other|unchanged|same|omitted)\b.*\b(?:code|file|unchanged|same|before|omitted|methods?|functions?|imports?|content|implementation|class|above|body|here)\b`;
const chinese = String.raw`.*(?:其余|其他|剩余|省略|保持不变|不变|现有代码|原有代码|已有代码|同上|不需要修改|无需修改).*`;
const about = String.raw`.*`;

const withDots = new RegExp(
  String.raw`^\s*${commentStart}?\s*[\[({]?\s*${dots}${about}\s*${commentEnd}\s*$`,
  'i',
);
const wordsAndDots = new RegExp(String.raw`^\s*${commentStart}.*${dots}\s*[\])}]?\s*${commentEnd}\s*$`, 'i');
const inWords = new RegExp(
  String.raw`^\s*${commentStart}\s*(?:${english}|${chinese})\s*\.?\s*${commentEnd}\s*$`,
  'i',
);

/** Words that make a comment with dots at its end an elision rather than a remark that trails off. */
const elidingWords =
  /\b(?:existing|rest|remaining|unchanged|same|previous|other|omitted|code|more|etc)\b|其余|其他|剩余|省略|不变|代码|同上/i;

/**
 * Whether a line of a code block stands for code that is left out: `// ...`, `# ... existing code ...`,
 * `<!-- rest unchanged -->`, `…`, in English and Chinese. Code of its own (`...spread`, a stub's bare `...` before which
 * stands a colon) is the caller's to tell apart; `...arguments` without a comment is none.
 */
export function isElision(line: string): boolean {
  const bare = line.trim();
  if (/^(?:\.{3,}|…+|⋯+)$/.test(bare)) return true;
  // `...items,` spreads; only dots within a comment or brackets leave something out.
  if (/^(?:\.{3}|…)/.test(bare))
    return /^(?:\.{3,}|…+)\s+.*(?:\.{3,}|…+)$/.test(bare) && elidingWords.test(bare);
  if (!new RegExp(`^${commentStart}|^[[({]\\s*${dots}\\s*[\\])}]$`, 'i').test(bare)) return false;
  if (withDots.test(bare)) return true;
  if (wordsAndDots.test(bare)) return elidingWords.test(bare);
  return inWords.test(bare);
}

/** What a block shows between two elisions. */
export interface ShownPart {
  /** Without blank ones at the edges. */
  readonly lines: readonly string[];
  /** How deep the elision after them is indented, in columns; undefined at the block's end. */
  readonly elisionDepth: number | undefined;
}

/**
 * A block's parts between its elisions. A line that `file` has too is no elision: it may well be code that was there before.
 */
export function splitAtElisions(block: readonly string[], file: readonly string[]): readonly ShownPart[] {
  const known = new Set(file.map((line) => line.trim()));
  const parts: ShownPart[] = [];
  let lines: string[] = [];
  const finish = (elisionDepth: number | undefined): void => {
    parts.push({ lines: withoutBlankEdges(lines), elisionDepth });
    lines = [];
  };
  for (const [index, line] of block.entries()) {
    if (!isElision(line) || known.has(line.trim()) || isStub(block, index)) lines.push(line);
    else finish(indentWidth(line));
  }
  finish(undefined);
  return parts;
}

/** In Python a bare `...` is a body: of a stub or of a protocol. */
function isStub(block: readonly string[], index: number): boolean {
  const next = block[index + 1];
  return (
    block[index]?.trim() === '...' &&
    /^\s*(?:async\s+)?(?:def|class)\b.*:\s*$/.test(block[index - 1] ?? '') &&
    (next === undefined || next.trim() === '' || /^\s*(?:@|(?:async\s+)?def\b|class\b)/.test(next))
  );
}
