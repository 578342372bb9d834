import { diffArrays } from 'diff';
import type { LineEdit } from './lineEdit';

/** The most edits that are searched for. Bounds the time, because Myers' algorithm is O(N·D); beyond, the whole region counts as changed. */
const maxEdits = 1_500;

/** The edits that turn `before` into `after`. Minimal unless the texts differ in thousands of lines. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly LineEdit[] {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let left = before.length;
  let right = after.length;
  while (left > from && right > from && before[left - 1] === after[right - 1]) {
    left--;
    right--;
  }
  if (left === from && right === from) return [];
  const old = before.slice(from, left);
  const fresh = after.slice(from, right);
  if (old.length === 0 || fresh.length === 0) return [{ start: from, end: left, lines: fresh }];
  const changes: ReturnType<typeof diffArrays<string>> | undefined = diffArrays(old, fresh, {
    maxEditLength: maxEdits,
  });
  if (changes === undefined) return [{ start: from, end: left, lines: fresh }];
  const edits: LineEdit[] = [];
  let line = from;
  let open: { start: number; end: number; lines: string[] } | undefined;
  for (const { value, added, removed } of changes) {
    if (!added && !removed) {
      open = undefined;
      line += value.length;
      continue;
    }
    if (open === undefined) edits.push((open = { start: line, end: line, lines: [] }));
    if (added) open.lines = open.lines.concat(value);
    else line = open.end += value.length;
  }
  return edits;
}
