import type { BlockToken, ReadBlock } from './blockTokens';
import { reindent, type IndentUnit } from '../lines/adaptIndentation';
import type { LineEdit } from '../lines/lineEdit';
import { indentOf, isTelling } from '../lines/likeness';
import type { Body, OutlineItem, OutlinedText } from './outline';
import type { PartKind } from './partKind';
import { withComma } from './withComma';

/** What merging a block into a file needs, and what it has found. */
export interface Merging {
  readonly block: ReadBlock;
  readonly file: OutlinedText;
  /** How often the file has each line. */
  readonly counts: ReadonlyMap<string, number>;
  readonly unit: IndentUnit | undefined;
  readonly edits: LineEdit[];
  /** Lines of the file that are in doubt: shown to the user with the question. */
  readonly doubted: number[];
}

/** A level of the file: the parts within one part, or the outermost ones. */
export interface Level {
  readonly kind: PartKind;
  readonly items: readonly OutlineItem[];
  /** The lines of the level, blank ones at the edges left out. */
  readonly body: Body;
  /** How deep it is. */
  readonly depth: number;
  /** Whether the block shows only some of the level's parts, so that the others stay. */
  readonly isOpen: boolean;
  /** Whether the block has gaps in the level: it says itself where it leaves something out, and may forget the one at an end. */
  readonly isElided: boolean;
  /** The indentation of the part that holds the level; undefined for the outermost one. */
  readonly outer: string | undefined;
}

/** A part of the block at one level. */
export type Part = Extract<BlockToken, { kind: 'part' }>;

/** New parts of a block between two edges, which are parts that the file has, gaps, or the level's ends. */
export interface Run {
  readonly parts: readonly Part[];
  readonly left: Edge;
  readonly right: Edge;
}
export type Edge = { readonly kind: 'part'; readonly at: number } | { readonly kind: 'gap' | 'end' };

/** Notes the lines of parts that are the reason for a question; false, so that it ends a merge. */
export function doubt(merging: Merging, items: readonly OutlineItem[]): false {
  for (const item of items)
    for (let at = item.start; at < item.end; at++)
      if (isTelling(merging.file.lines[at] ?? '')) merging.doubted.push(at);
  return false;
}

/** Whether a part is a comment alone. */
export function isNote(file: OutlinedText, item: OutlineItem): boolean {
  return file.facts[item.start]?.isComment === true;
}

/** The indentation of a level's parts. */
export function childIndent({ file, unit }: Merging, { items, outer }: Level): string {
  const [first] = items;
  if (first !== undefined) return indentOf(file.lines[first.start] ?? '');
  if (outer === undefined) return '';
  return outer + (unit === '\t' ? '\t' : ' '.repeat(unit ?? 4));
}

/** The lines of neighbouring parts of the block, as deep as the file has them. */
export function linesOf({ block, unit }: Merging, parts: readonly Part[], indent: string): readonly string[] {
  const first = parts[0]?.item;
  const last = parts.at(-1)?.item;
  if (first === undefined || last === undefined) return [];
  return reindent(block.text.lines.slice(first.lead, last.end), indent, unit);
}

/** Statements and what is outermost in a file have none. */
export function mayHaveCommas({ kind, outer }: Level): boolean {
  return kind !== 'code' && outer !== undefined;
}

/** Lines of which the last one has a comma at its end, or has none. */
export function endWithComma(lines: readonly string[], has: boolean): readonly string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? withComma(line, has) : line));
}
