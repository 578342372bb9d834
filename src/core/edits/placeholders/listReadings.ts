import { plainLine } from '../lines/plainLine';
import { placeholderShape } from './placeholderShape';

/** A reading of a block: which of its lines are placeholders. */
export interface Reading {
  /** Lines of the block, counted from 0. */
  readonly gaps: ReadonlySet<number>;
  /** The least certain kind of placeholder that this reading accepts. */
  readonly trusts: 'certain' | 'likely' | 'doubtful';
  /** True when the words clearly mark a placeholder, so that it is not an ordinary comment even if nothing would vanish. */
  readonly isClear: boolean;
}

/**
 * Lists the possible readings of a block, the one with the most placeholders first. A line that the file has is never a
 * placeholder. There is more than one reading only if the words alone do not decide.
 */
export function listReadings(block: readonly string[], file: readonly string[]): readonly Reading[] {
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

/** True when a comment describes the line below it, because both have a word in common. */
function namesNextLine(block: readonly string[], index: number): boolean {
  const next = block.slice(index + 1).find((line) => line.trim() !== '');
  if (next === undefined || next.length > 1_000) return false;
  const code = next.toLowerCase();
  const words = (block[index] ?? '').toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return words.some((word) => code.includes(word.replace(/s$/, '')));
}

const functionHead = /^\s*(?:async\s+)?(?:def|class)\b.*:\s*$/;

/** True for `...` as the body of a Python stub. Next to functions with real bodies, it is a placeholder. */
function isStub(block: readonly string[], index: number): boolean {
  if (block[index]?.trim() !== '...' || !functionHead.test(block[index - 1] ?? '')) return false;
  const next = block[index + 1];
  const ends = next === undefined || next.trim() === '' || /^\s*(?:@|(?:async\s+)?def\b|class\b)/.test(next);
  const others = block.filter(
    (line, at) => /^\s*(?:async\s+)?def\b.*:\s*$/.test(line) && block[at + 1]?.trim() !== '...',
  );
  return ends && others.length === 0;
}
