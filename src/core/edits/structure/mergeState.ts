import type { BlockToken, ReadBlock } from './blockTokens';
import { reindent, type IndentUnit } from '../lines/adaptIndentation';
import type { LineEdit } from '../lines/lineEdit';
import { indentOf, isTelling } from '../lines/plainLine';
import type { Body, OutlineItem, OutlinedText } from './outline';
import type { PartKind } from './partKind';
import { withComma } from './withComma';

/** The state of merging a block into a file. */
export interface MergeState {
  readonly block: ReadBlock;
  readonly file: OutlinedText;
  /** How often each line occurs in the file, by its plain form. */
  readonly counts: ReadonlyMap<string, number>;
  /** The indentation of the file. */
  readonly unit: IndentUnit | undefined;
  /** The edits so far, in any order. */
  readonly edits: LineEdit[];
  /** Lines of the file, counted from 0, that are in doubt. The user sees them with the question. */
  readonly doubted: number[];
}

/** A level of the file: the parts inside one part, or the outermost parts. */
export interface Level {
  readonly kind: PartKind;
  readonly items: readonly OutlineItem[];
  /** The lines of the level, without blank lines at the edges. */
  readonly body: Body;
  /** 0 for the outermost level. */
  readonly depth: number;
  /** True when the block shows only some parts of the level. The others stay. */
  readonly isOpen: boolean;
  /** True when the block has gaps in the level. The model may have forgotten a further gap at an end. */
  readonly isElided: boolean;
  /** The indentation of the part around the level; undefined for the outermost level. */
  readonly outer: string | undefined;
}

/** A part of the block at one level. */
export type Part = Extract<BlockToken, { kind: 'part' }>;

/** Consecutive new parts of a block, between two edges. May be empty. */
export interface Run {
  readonly parts: readonly Part[];
  readonly left: Edge;
  readonly right: Edge;
}

/** An edge of a run: a part of the file (its index in the level), a gap, or an end of the level. */
export type Edge = { readonly kind: 'part'; readonly at: number } | { readonly kind: 'gap' | 'end' };

/** Records the lines of parts that are in doubt. Returns false, which ends the merge. */
export function recordDoubt(state: MergeState, items: readonly OutlineItem[]): false {
  for (const item of items)
    for (let at = item.start; at < item.end; at++)
      if (isTelling(state.file.lines[at] ?? '')) state.doubted.push(at);
  return false;
}

/** True for a part that is only a comment. */
export function isNote(file: OutlinedText, item: OutlineItem): boolean {
  return file.facts[item.start]?.isComment === true;
}

/** The indentation of a level's parts. */
export function childIndent({ file, unit }: MergeState, { items, outer }: Level): string {
  const [first] = items;
  if (first !== undefined) return indentOf(file.lines[first.start] ?? '');
  if (outer === undefined) return '';
  return outer + (unit === '\t' ? '\t' : ' '.repeat(unit ?? 4));
}

/** The lines of consecutive parts of the block, with the given indentation. */
export function indentedLines(
  { block, unit }: MergeState,
  parts: readonly Part[],
  indent: string,
): readonly string[] {
  const first = parts[0]?.item;
  const last = parts.at(-1)?.item;
  if (first === undefined || last === undefined) return [];
  return reindent(block.text.lines.slice(first.lead, last.end), indent, unit);
}

/** True for a level whose parts may be separated by commas: neither statements nor the outermost level. */
export function mayHaveCommas({ kind, outer }: Level): boolean {
  return kind !== 'code' && outer !== undefined;
}

/** Adds or removes the comma at the end of the last line. */
export function endWithComma(lines: readonly string[], has: boolean): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? withComma(line, has) : line));
}
