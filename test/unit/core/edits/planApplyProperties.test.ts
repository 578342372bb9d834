import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyLineEdits, splitText } from '../../../../src/core/edits/lines/lineEdit';
import { planApply } from '../../../../src/core/edits/plan/planApply';
import { edit, editedFile, excerptAfter, excerptHunk, excerpts, type Edited } from './sampleFile';

const elisions = [
  '// ...',
  '  // ... existing code ...',
  '// … 其余代码不变 …',
  '/* ... rest of the file ... */',
  '...',
];

function outcome(
  before: readonly string[],
  block: string,
  info: string,
): readonly string[] | 'already' | 'unclear' {
  const file = `${before.join('\n')}\n`;
  const plan = planApply({ block, info, file });
  return plan.kind === 'edits' ? applyLineEdits(splitText(file).lines, plan.edits).slice(0, -1) : plan.kind;
}

/** Checks generated blocks. `least` is the least share that must be placed, so that a plan cannot always be "unclear". */
function checkExactly(
  name: string,
  render: fc.Arbitrary<readonly [Edited, string, string]>,
  { least, asksAgain = false }: { readonly least: number; readonly asksAgain?: boolean },
): void {
  it(`makes exactly the edited file or asks, and rarely asks, for ${name}`, function () {
    // Only a hang fails: with coverage on a busy machine, the runs take more than a minute.
    this.timeout(600_000);
    let placed = 0;
    let runs = 0;
    fc.assert(
      fc.property(render, ([edited, block, info]) => {
        runs++;
        const result = outcome(edited.before, block, info);
        if (result === 'unclear') return;
        placed++;
        assert.deepEqual(result, edited.after, block);
        const again = outcome(edited.after, block, info);
        assert.ok(again === 'already' || (asksAgain && again === 'unclear'), `again:\n${block}`);
      }),
      { numRuns: 2_000 },
    );
    assert.ok(placed >= runs * least, `${placed} of ${runs} were placed`);
  });
}

describe('planApply for generated files and edits', () => {
  checkExactly(
    'a whole file',
    editedFile.map((edited) => [edited, edited.after.join('\n'), 'ts'] as const),
    { least: 0.9 },
  );
  checkExactly(
    'a snippet with elisions',
    fc
      .tuple(editedFile, fc.integer({ min: 1, max: 8 }), fc.constantFrom(...elisions))
      .map(([edited, context, elision]) => {
        const parts = excerpts(edited, context).map((excerpt) =>
          excerptAfter(edited.before, excerpt).join('\n'),
        );
        return [edited, [elision, ...parts.flatMap((part) => [part, elision])].join('\n'), 'ts'] as const;
      }),
    { least: 0.7 },
  );
  for (const [where, margin] of [
    ['where it stands in the file', false],
    ['at the margin', true],
  ] as const)
    checkExactly(
      `a snippet of the part that changes, ${where}`,
      fc.tuple(editedFile, fc.integer({ min: 2, max: 8 })).map(([edited, context]) => {
        const [excerpt] = excerpts(edited, context);
        assert.ok(excerpt);
        const lines = excerptAfter(edited.before, excerpt);
        const depth = Math.min(...lines.filter((line) => line !== '').map((line) => line.search(/\S/)));
        const part = margin ? lines.map((line) => line.slice(depth)) : lines;
        return [edit(edited.before, excerpt.changes), part.join('\n'), 'ts'] as const;
      }),
      // A block that is nearly the whole file and changes nothing may mean a deletion of the rest.
      { least: 0.7, asksAgain: true },
    );
  checkExactly(
    'a diff with wrong line numbers',
    fc
      .tuple(
        editedFile,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom('@@ -900,7 +900,9 @@', '@@ ... @@', '@@'),
      )
      .map(([edited, context, header]) => {
        const hunks = excerpts(edited, context).flatMap((excerpt) => [
          header,
          ...excerptHunk(edited.before, excerpt),
        ]);
        return [edited, hunks.join('\n'), 'diff'] as const;
      }),
    // After a change that only removed brackets and blank lines, nothing identifies the place.
    { least: 0.9, asksAgain: true },
  );

  it('removes only lines between lines of the block, and inserts every line of the block', () => {
    const line = fc.constantFrom('a = 1', 'b = 2', '', '}', 'if x {', '  c()', '// ...', 'd', '  e(f)');
    let placed = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (file, block) => {
        const result = outcome(file, block.join('\n'), '');
        if (typeof result === 'string') return;
        placed++;
        const told = block.filter((text) => /\w/.test(text));
        for (const text of told)
          assert.ok(
            result.some((other) => other.trim() === text.trim()),
            text,
          );
        const first = file.findIndex((text) => block.includes(text));
        const last = file.findLastIndex((text) => block.includes(text));
        const around = [...file.slice(0, Math.max(first, 0)), ...file.slice(last + 1)];
        for (const text of around.filter((other) => other !== '')) assert.ok(result.includes(text), text);
      }),
      { numRuns: 3_000 },
    );
    assert.ok(placed > 100, `${placed} were placed`);
  });
});
