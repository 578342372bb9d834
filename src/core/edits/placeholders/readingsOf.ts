import { plainLine } from '../lines/likeness';
import { placeholderShape } from './placeholderShape';

/** A reading of a block: which of its lines stand for code that is left out. */
export interface Reading {
  readonly gaps: ReadonlySet<number>;
  /** The least sure placeholders among them. */
  readonly trusts: 'certain' | 'likely' | 'doubtful';
  /** Whether words say clearly that something is left out, so that they are no comment even where nothing would vanish. */
  readonly isClear: boolean;
}

/**
 * The readings of a block, the one with the most placeholders first. A line that the file has is never one. More than one reading
 * comes out only where words alone do not decide.
 */
export function readingsOf(block: readonly string[], file: readonly string[]): readonly Reading[] {
  const known = new Set(file.map(plainLine));
  const certain: number[] = [];
  const likely: number[] = [];
  const doubtful: number[] = [];
  let isClear = false;
  for (const [index, line] of block.entries()) {
    const shape = placeholderShape(line);
    if (shape === 'ordinary' || known.has(plainLine(line)) || isStub(block, index)) continue;
    if (shape === 'likely') isClear = true;
    if (shape === 'certain') certain.push(index);
    else if (shape === 'likely' || shape === 'comparing') likely.push(index);
    else if (!namesNextLine(block, index)) doubtful.push(index);
  }
  const readings: Reading[] = [];
  if (doubtful.length > 0)
    readings.push({
      gaps: new Set([...certain, ...likely, ...doubtful]),
      trusts: 'doubtful',
      isClear: false,
    });
  if (likely.length > 0) readings.push({ gaps: new Set([...certain, ...likely]), trusts: 'likely', isClear });
  return [...readings, { gaps: new Set(certain), trusts: 'certain', isClear: false }];
}

/** Whether a comment speaks of the line below it: it has one of its words. */
function namesNextLine(block: readonly string[], index: number): boolean {
  const next = block.slice(index + 1).find((line) => line.trim() !== '');
  if (next === undefined || next.length > 1_000) return false;
  const code = next.toLowerCase();
  const words = (block[index] ?? '').toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return words.some((word) => code.includes(word.replace(/s$/, '')));
}

const functionHead = /^\s*(?:async\s+)?(?:def|class)\b.*:\s*$/;

/** In Python a bare `...` is a body: of a stub or of a protocol. Beside functions with bodies it leaves one out. */
function isStub(block: readonly string[], index: number): boolean {
  if (block[index]?.trim() !== '...' || !functionHead.test(block[index - 1] ?? '')) return false;
  const next = block[index + 1];
  const ends = next === undefined || next.trim() === '' || /^\s*(?:@|(?:async\s+)?def\b|class\b)/.test(next);
  const others = block.filter(
    (line, at) => /^\s*(?:async\s+)?def\b.*:\s*$/.test(line) && block[at + 1]?.trim() !== '...',
  );
  return ends && others.length === 0;
}
