import assert from 'node:assert/strict';
import { applyLineEdits, splitText } from '../../../../src/core/edits/lines/lineEdit';
import { planApply } from '../../../../src/core/edits/plan/planApply';

/** A block, a file, and the expected result. */
export interface PlacementRow {
  readonly name: string;
  readonly info: string;
  readonly file: string;
  readonly block: string;
  /** The text of the file after the change, or the kind of the plan. */
  readonly expected: string;
  /** True when a question to the user is a correct result too. */
  readonly orAsks?: boolean;
}

/** The text of a file after a block is applied, or the kind of a plan without edits. */
export function placed(file: string, block: string, info: string): string {
  const plan = planApply({ block, info, file });
  if (plan.kind !== 'edits') return plan.kind;
  const { lines, eol } = splitText(file);
  return applyLineEdits(lines, plan.edits).join(eol);
}

/** Defines one test for each row. */
export function placementTable(title: string, rows: readonly PlacementRow[]): void {
  describe(title, () => {
    for (const { name, info, file, block, expected, orAsks } of rows)
      it(name, () => {
        const result = placed(file, block, info);
        if (orAsks !== true || result !== 'unclear') assert.equal(result, expected);
      });
  });
}
