import { isCodexPatch, readCodexPatch } from './readCodexPatch';
import { plainLine } from '../lines/plainLine';
import type { FilePatch } from './filePatch';
import { isSearchReplace, readSearchReplace } from './readSearchReplace';
import { isUnifiedDiff, readUnifiedDiff } from './readUnifiedDiff';

/**
 * Reads a block in an exact form: a unified diff, SEARCH/REPLACE, or a patch for `apply_patch`.
 *
 * @param file The lines of the file to change. A block whose marks are in this file is ordinary text. In a fence of another
 *   language, `+` and `-` make a diff only if the file has the removed lines.
 * @returns Undefined for a block in no exact form.
 */
export function readExactForm(
  block: readonly string[],
  info: string,
  file?: readonly string[],
): readonly FilePatch[] | undefined {
  if (file !== undefined && isPartOf(block, file)) return undefined;
  if (isCodexPatch(block)) return readCodexPatch(block);
  if (isSearchReplace(block)) return readSearchReplace(block);
  if (isUnifiedDiff(block, info)) return readUnifiedDiff(block);
  return file !== undefined && hasUnfencedSigns(block, file) ? readUnifiedDiff(block) : undefined;
}

const mark = /^\s{0,8}(?:@@|[<>=+-]{5,12}(?:\s|$)|\*\*\* (?:Begin|End|Add|Update|Delete)\b)/;

/** True when the file has the marks of the form itself, as a text about diffs does. */
function isPartOf(block: readonly string[], file: readonly string[]): boolean {
  const marks = block.filter((line) => mark.test(line) && line.length < 300);
  if (marks.length === 0) return false;
  const known = new Set(file.map(plainLine));
  return marks.every((line) => known.has(plainLine(line)));
}

/** True when the lines of a block begin with the signs of a diff: `-const a = 1;` for a file that has `const a = 1;`. */
function hasUnfencedSigns(block: readonly string[], file: readonly string[]): boolean {
  const removed = block.filter((line) => /^-(?!--)/.test(line) && line.slice(1).trim() !== '');
  const added = block.some((line) => /^\+(?!\+\+)/.test(line));
  if (removed.length === 0 || !added) return false;
  const known = new Set(file.map(plainLine));
  return (
    removed.every((line) => known.has(plainLine(line.slice(1))) && !known.has(plainLine(line))) &&
    block.every((line) => line.trim() === '' || /^[+\- ]/.test(line) || known.has(plainLine(line)))
  );
}
