import { isTelling, measureSimilarity, plainLine } from '../edits/lines/plainLine';

/** How far ahead an equal line is searched for, if it occurs only once in the selection. */
const furthest = 200;
/** How far ahead any other equal line is searched for. */
const near = 6;
/** From this similarity on (0 to 1), a line is a changed form of another. */
const similar = 0.5;

/**
 * Finds how far an unfinished answer has come: the first row of the selection that it has not reached. The rows from there on stay as
 * they are. Reads the answer line by line and never goes back, so a longer answer never reaches less.
 */
export function reachedRow(answer: readonly string[], selection: readonly string[]): number {
  const rows = selection.map(plainLine);
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  let reached = 0;
  for (const line of answer.map(plainLine)) {
    if (reached >= rows.length) break;
    const distance = !isTelling(line) ? 1 : counts.get(line) === 1 ? furthest : near;
    const at = rows.slice(reached, reached + distance).indexOf(line);
    if (at !== -1) reached += at + 1;
    else if (measureSimilarity(line, rows[reached] ?? '') >= similar) reached++;
  }
  return reached;
}
