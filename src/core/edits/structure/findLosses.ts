import { compareLines } from '../lines/compareLines';
import { itemKey } from '../lines/itemKey';
import type { LineEdit } from '../lines/lineEdit';
import { readLineFacts } from '../lines/lineFacts';
import { isTelling, plainLine } from '../lines/plainLine';
import { outline, outlineBody, type OutlineItem, type OutlinedText } from './outline';
import { partKind } from './partKind';

/** If more lines than this vanish at one place, and few lines replace them, the end of the edit is probably misplaced. */
const mostUnreplaced = 12;

/**
 * The last check of a plan: finds the lines of the file that would vanish although the block does not show that they should.
 * These are named parts (functions, members, keys, elements) that nothing replaces; many lines that few lines replace; lines
 * that define a name which the remaining lines use; and the lines at the end of a part whose brackets the file never closes.
 *
 * @returns Lines of the file, from 0, rising; empty when the plan may be proposed unasked.
 */
export function findLosses(file: OutlinedText, edits: readonly LineEdit[]): readonly number[] {
  const changes = edits.map((edit) => readChange(file, edit)).filter(({ vanished }) => vanished.length > 0);
  if (changes.length === 0) return [];
  const kept = new Set(edits.flatMap(({ lines }) => lines.map(plainLine)));
  const keysOf = (): ReadonlySet<string> =>
    new Set(
      edits.flatMap(({ lines }) =>
        lines.flatMap((line) => [itemKey(line, true)?.text ?? '', itemKey(line, false)?.text ?? '']),
      ),
    );
  let keys: ReadonlySet<string> | undefined;
  const vanished = new Set(changes.flatMap((change) => change.vanished));
  const lost = new Set<number>();
  for (const change of changes) {
    if (change.vanished.length > mostUnreplaced && change.vanished.length > change.added * 2)
      addAll(lost, change.vanished);
    if (isDangling(file, change)) addAll(lost, change.vanished);
    if (change.unshownEnd.length > 0) addAll(lost, uncertainEnd(file, change));
  }
  for (const item of vanishedParts(file, outline(file), vanished, true, 0)) {
    if (item.key !== undefined && (keys ??= keysOf()).has(item.key.text)) continue;
    const lines = tellingLines(file, item);
    const staying = lines.filter((line) => kept.has(plainLine(file.lines[line] ?? ''))).length;
    // The part was renamed: most of its lines stay.
    if (lines.length > 1 && staying * 2 >= lines.length) continue;
    const change = changes.find((other) => other.vanished.includes(item.start));
    // A line that is replaced by another one has changed.
    if (item.end - item.start === 1 && change !== undefined && change.added >= change.vanished.length)
      continue;
    addAll(
      lost,
      lines.filter((line) => vanished.has(line)),
    );
  }
  return [...lost].sort((left, right) => left - right);
}

/** The telling lines of the file that edits remove and do not add again, counted from 0. */
export function vanishedLines(file: OutlinedText, edits: readonly LineEdit[]): readonly number[] {
  const kept = new Map<string, number>();
  for (const { lines } of edits)
    for (const line of lines.map(plainLine)) kept.set(line, (kept.get(line) ?? 0) + 1);
  return edits.flatMap((edit) => {
    const lines: number[] = [];
    for (let at = edit.start; at < edit.end; at++) {
      const line = plainLine(file.lines[at] ?? '');
      const count = kept.get(line) ?? 0;
      if (count > 0) kept.set(line, count - 1);
      else if (isTelling(line)) lines.push(at);
    }
    return lines;
  });
}

interface Change {
  readonly edit: LineEdit;
  /** The telling lines of the file that the edit removes, and the number of telling lines that it adds. */
  readonly vanished: readonly number[];
  readonly added: number;
  /** The vanished lines after the last line that stays; without the first line, which the edit's first line replaces. */
  readonly unshownEnd: readonly number[];
}

function readChange(file: OutlinedText, edit: LineEdit): Change {
  const old = file.lines.slice(edit.start, edit.end).map(plainLine);
  const vanished: number[] = [];
  let added = 0;
  let end = old.length;
  while (end > 0 && old[end - 1] === '') end--;
  let unshownEnd: readonly number[] = [];
  for (const change of compareLines(old, edit.lines.map(plainLine))) {
    const own: number[] = [];
    for (let at = change.start; at < change.end; at++)
      if (isTelling(old[at] ?? '')) own.push(edit.start + at);
    vanished.push(...own);
    added += change.lines.filter(isTelling).length;
    if (change.end >= end) unshownEnd = own.filter((line) => line > edit.start);
  }
  return { edit, vanished, added, unshownEnd };
}

/**
 * The vanished lines at the end of an edit that may not belong to the part that the edit replaces: all of them, if the replaced
 * lines leave a bracket open that the new lines close; otherwise the statements after the part's closing bracket. Only their
 * indentation makes such lines a part of it.
 */
function uncertainEnd(file: OutlinedText, { edit, unshownEnd }: Change): readonly number[] {
  let open = 0;
  let closedAt: number | undefined;
  for (let at = edit.start; at < edit.end; at++) {
    const before = open;
    open += file.facts[at]?.delta ?? 0;
    if (before > 0 && open <= 0) closedAt ??= at;
  }
  const closes = open > 0 && readLineFacts(edit.lines).reduce((sum, { delta }) => sum + delta, 0) < open;
  if (closes) return unshownEnd;
  const from = closedAt ?? edit.end;
  // Lines that begin with `.catch(…)` or an operator continue the expression before the bracket.
  return unshownEnd.filter((line) => line > from && /^\s*[\p{L}\p{N}_$]/u.test(file.lines[line] ?? ''));
}

function addAll(set: Set<number>, lines: readonly number[]): void {
  for (const line of lines) set.add(line);
}

function tellingLines(file: OutlinedText, item: OutlineItem): readonly number[] {
  const lines: number[] = [];
  for (let at = item.start; at < item.end; at++) if (isTelling(file.lines[at] ?? '')) lines.push(at);
  return lines;
}

/** The named parts whose first line vanishes. Among statements, only parts of several lines count. */
function vanishedParts(
  file: OutlinedText,
  items: readonly OutlineItem[],
  vanished: ReadonlySet<number>,
  hasNames: boolean,
  depth: number,
): readonly OutlineItem[] {
  return items.flatMap((item) => {
    if (!overlaps(item, vanished)) return [];
    const isBig = item.end - item.start > 1;
    const isPart =
      item.key !== undefined &&
      (hasNames ? isBig || item.key.isName : isBig && item.key.isName && item.key.text.startsWith('name '));
    if (isPart && vanished.has(item.start)) return [item];
    const inner = partKind(file, item) === 'parts';
    return item.bodies.flatMap((body) =>
      body === undefined
        ? []
        : vanishedParts(file, outlineBody(file, body, depth + 1), vanished, inner, depth + 1),
    );
  });
}

function overlaps({ start, end }: OutlineItem, lines: ReadonlySet<number>): boolean {
  if (lines.size < end - start) {
    for (const line of lines) if (line >= start && line < end) return true;
    return false;
  }
  for (let at = start; at < end; at++) if (lines.has(at)) return true;
  return false;
}

const defines =
  /(?:^|[\s(])(?:const|let|var|val|auto|final|local|my|mut|for|as|with)\s+(?:\{\s*([\w$,\s:]{1,200})\}|\[([\w$,\s]{1,200})\]|\(?([\w$]+))/g;
const assigns = /^([\w$]+(?:\s?,\s?[\w$]+){0,5})\s?(?::\s?[\w<>[\],. |]{1,80})?\s?:?=(?!=)/;
const typed = /^(?:[\w<>[\],.*&]+\s)+[*&]?([\w$]+)\s?=(?!=)/;

/** True when the edit's lines use a name that only vanished lines define. */
function isDangling(file: OutlinedText, { edit, vanished }: Change): boolean {
  const names = new Set(vanished.flatMap((line) => definedNames(plainLine(file.lines[line] ?? ''))));
  if (names.size === 0) return false;
  const [head = '', ...rest] = edit.lines;
  for (const line of edit.lines) for (const name of definedNames(plainLine(line))) names.delete(name);
  for (const [name] of head.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) names.delete(name);
  if (names.size === 0) return false;
  return rest.some((line) =>
    [...line.slice(0, 2_000).matchAll(/(?<![.\w$"'`])[\p{L}_$][\p{L}\p{N}_$]*(?!\s?:(?!:)|["'`\w$])/gu)].some(
      ([name]) => names.has(name),
    ),
  );
}

function definedNames(line: string): readonly string[] {
  if (line.length > 500) return [];
  const names: string[] = [];
  for (const match of line.matchAll(defines))
    names.push(
      ...(match[1] ?? match[2] ?? match[3] ?? '').split(/[\s,]+/).map((name) => name.replace(/^.*:/, '')),
    );
  const assigned = assigns.exec(line)?.[1] ?? typed.exec(line)?.[1];
  if (assigned !== undefined) names.push(...assigned.split(/\s?,\s?/));
  return names.filter((name) => name !== '' && name !== '_');
}
