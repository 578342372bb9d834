import assert from 'node:assert/strict';
import { applyLineEdits, splitText } from '../../../../src/core/edits/lines/lineEdit';
import { planApply } from '../../../../src/core/edits/plan/planApply';

/** A block for a file, and what becomes of the file. */
export interface PlacementRow {
  readonly name: string;
  readonly info: string;
  readonly file: string;
  readonly block: string;
  /** The file's text after it, or the plan's kind. */
  readonly expected: string;
  /** Whether a question is as right. */
  readonly orAsks?: boolean;
}

/** What applying a block makes of a file's text, or the plan's kind where it changes nothing by itself. */
export function placed(file: string, block: string, info: string): string {
  const plan = planApply({ block, info, file });
  if (plan.kind !== 'edits') return plan.kind;
  const { lines, eol } = splitText(file);
  return applyLineEdits(lines, plan.edits).join(eol);
}

/** One test for each row. */
export function placementTable(title: string, rows: readonly PlacementRow[]): void {
  describe(title, () => {
    for (const { name, info, file, block, expected, orAsks } of rows)
      it(name, () => {
        const result = placed(file, block, info);
        if (orAsks !== true || result !== 'unclear') assert.equal(result, expected);
      });
  });
}
