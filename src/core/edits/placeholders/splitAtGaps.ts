import { withoutBlankEdges } from '../lines/lineEdit';
import { indentWidth } from '../lines/likeness';

/** What a block shows between two placeholders. */
export interface ShownPart {
  /** Without blank ones at the edges. */
  readonly lines: readonly string[];
  /** How deep the placeholder after them is indented, in columns; undefined at the block's end. */
  readonly gapDepth: number | undefined;
  readonly afterGap: boolean;
}

/** A block's parts between the lines that are read as placeholders. */
export function splitAtGaps(block: readonly string[], gaps: ReadonlySet<number>): readonly ShownPart[] {
  const parts: ShownPart[] = [];
  let lines: string[] = [];
  let afterGap = false;
  const finish = (gapDepth: number | undefined): void => {
    parts.push({ lines: withoutBlankEdges(lines), gapDepth, afterGap });
    lines = [];
    afterGap = true;
  };
  for (const [index, line] of block.entries()) {
    if (gaps.has(index)) finish(indentWidth(line));
    else lines.push(line);
  }
  finish(undefined);
  return parts;
}
