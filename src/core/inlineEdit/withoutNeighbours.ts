import { indentWidth, isClosing, isTelling, outermostWidth, plainLine } from '../edits/lines/plainLine';
import { selectedLines, type EditPlace } from './editPlace';

/** A single repeated line counts only from this length on, in UTF-16 units: shorter ones are often written twice. */
const longEnough = 10;
/** A longer beginning of an answer is shown although it may be a copy. */
const longestCopy = 200;

/**
 * Removes lines that repeat the lines before and after the selection: models often answer with more than they were asked for. A
 * repeated line stays if it may well be wanted twice.
 *
 * @param isOver False while the answer streams: lines at its end are then not compared.
 */
export function withoutNeighbours(
  lines: readonly string[],
  place: EditPlace,
  isOver: boolean,
): readonly string[] {
  const selection = selectedLines(place);
  const before = place.file.slice(0, place.start);
  const after = place.file.slice(isAfterText(place) ? place.end + 1 : place.end);
  const code = trimBlank(lines);
  const start = repeatedAtStart(code, before, selection);
  const rest = trimBlank(code.slice(start));
  if (!isOver || rest.length === 0) return rest;
  const reversed = rest.toReversed();
  const end = repeatedAtStart(reversed, after.toReversed(), selection.toReversed());
  return trimBlank(end > 0 ? rest.slice(0, rest.length - end) : withoutClosing(rest, after, selection));
}

/** True while all lines so far may be a copy of the lines before the selection: what they are shows only later. */
export function mayBeNeighbours(lines: readonly string[], { file, start }: EditPlace): boolean {
  const code = trimBlank(lines).map(plainLine);
  if (code.length === 0) return true;
  if (code.length >= Math.min(start, longestCopy) || !code.some(isTelling)) return false;
  const before = file.slice(0, start).map(plainLine);
  for (let at = start - code.length - 1; at >= 0; at--)
    if (code.every((line, index) => before[at + index] === line)) return true;
  return false;
}

/** True if the cursor is behind code: what follows begins in the next line. */
function isAfterText({ file, start, cursorColumn }: EditPlace): boolean {
  return cursorColumn !== undefined && (file[start] ?? '').slice(0, cursorColumn).trim() !== '';
}

/** How many lines at the beginning repeat the end of the lines before. */
function repeatedAtStart(
  code: readonly string[],
  before: readonly string[],
  selection: readonly string[],
): number {
  const near = trimBlankEnd(before);
  const plain = code.map(plainLine);
  const count = longestOverlap(plain, near.slice(-code.length).map(plainLine));
  if (count === 0) return 0;
  // The selection begins in the same way, so the lines are its own.
  if (plain.slice(0, count).every((line, index) => plainLine(selection[index] ?? '\0') === line)) return 0;
  const repeated = near.slice(-count);
  const telling = repeated.filter(isTelling);
  if (telling.length >= 2) return count;
  const [only] = telling;
  if (only === undefined) return 0;
  const outer = outermostWidth(selection);
  const isOutside = repeated.some((line) => line.trim() !== '' && indentWidth(line) < outer);
  return isOutside || selection.length === 0 || plainLine(only).length >= longEnough ? count : 0;
}

/** Removes closing brackets that belong to the code after the selection: the answer has one closing bracket too many. */
function withoutClosing(
  code: readonly string[],
  after: readonly string[],
  selection: readonly string[],
): readonly string[] {
  const wanted = balanceOf(selection);
  let rest = code;
  for (const next of after.filter((line) => line.trim() !== '')) {
    const last = rest.at(-1);
    if (last === undefined || rest.length < 2 || !isClosing(last) || plainLine(last) !== plainLine(next))
      break;
    const isTooMany = balanceOf(rest) < wanted;
    const isOutside =
      balanceOf([last]) === 0 &&
      indentWidth(last) < outermostWidth(rest.slice(0, -1)) &&
      selection.length > 0;
    if (!isTooMany && !isOutside) break;
    rest = trimBlank(rest.slice(0, -1));
  }
  return rest;
}

/** Opening minus closing brackets. */
function balanceOf(lines: readonly string[]): number {
  let balance = 0;
  for (const line of lines)
    for (const sign of line) {
      if (sign === '{' || sign === '(' || sign === '[') balance++;
      else if (sign === '}' || sign === ')' || sign === ']') balance--;
    }
  return balance;
}

/** The largest number of lines that `code` begins with and `before` ends with. Linear time (Knuth, Morris and Pratt). */
function longestOverlap(code: readonly string[], before: readonly string[]): number {
  const borders: number[] = [0];
  let length = 0;
  const extend = (line: string | undefined): void => {
    while (length > 0 && (length === code.length || code[length] !== line)) length = borders[length - 1] ?? 0;
    if (code[length] === line) length++;
  };
  for (const line of code.slice(1)) {
    extend(line);
    borders.push(length);
  }
  length = 0;
  for (const line of before) extend(line);
  return length;
}

function trimBlankEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : trimBlankEnd(lines.slice(first));
}
