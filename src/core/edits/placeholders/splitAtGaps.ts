import { withoutBlankEdges } from '../lines/lineEdit';
import { indentWidth } from '../lines/plainLine';

/** The lines of a block between two placeholders. */
export interface ShownPart {
  /** Without blank lines at the edges. */
  readonly lines: readonly string[];
  /** Indentation of the placeholder after the lines, in columns; undefined at the end of the block. */
  readonly gapDepth: number | undefined;
  /** True when a placeholder is before the lines. */
  readonly afterGap: boolean;
}

/** Splits a block at its placeholders. */
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
