import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { splitText } from '../../../../../src/core/edits/lines/lineEdit';
import { changeBase, moveToBase } from '../../../../../src/core/edits/proposal/changeBase';
import { changeProposed, placedHunks } from '../../../../../src/core/edits/proposal/changeProposed';
import {
  acceptHunks,
  isInConflict,
  proposedLines,
  proposeEdit,
  rejectHunks,
  type EditProposal,
} from '../../../../../src/core/edits/proposal/editProposal';

const numRuns = Number(process.env['PARLEY_EDIT_RUNS'] ?? 2_000);

/** Few different lines, so that lines repeat; some have characters of two UTF-16 units. */
const line = fc.constantFrom('', '{', '}', '  return a;', '  return b;', '// 😀 𠮷', 'x\u0301', 'end');
const text = fc.array(line, { minLength: 1, maxLength: 24 });

/** A text and a version of it with some lines removed, replaced or inserted. */
const change = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(24), fc.nat(3), fc.array(line, { maxLength: 3 })), { maxLength: 4 }))
  .map(([base, edits]) => {
    const proposed = [...base];
    for (const [at, count, lines] of edits) proposed.splice(Math.min(at, proposed.length), count, ...lines);
    return { base, proposed: proposed.length === 0 ? [''] : proposed };
  });

/** What the user types: the line, the number of replaced lines, and the new lines, which no other text has. */
const typing = fc.array(fc.tuple(fc.nat(24), fc.nat(2), fc.nat(2)), { maxLength: 5 });

function allIds({ hunks }: EditProposal): ReadonlySet<number> {
  return new Set(hunks.map(({ id }) => id));
}

function check<Values extends [unknown, ...unknown[]]>(
  ...parameters: [...{ [Index in keyof Values]: fc.Arbitrary<Values[Index]> }, (...values: Values) => void]
): void {
  const values = parameters.slice(0, -1) as { [Index in keyof Values]: fc.Arbitrary<Values[Index]> };
  const predicate = parameters.at(-1) as (...each: Values) => void;
  fc.assert(fc.property<Values>(...values, predicate), { numRuns });
}

describe('a proposed change in hunks', function () {
  this.timeout(numRuns * 20);

  it('is the proposed text when all hunks are accepted, and the original when all are rejected', () => {
    check(change, ({ base, proposed }) => {
      const proposal = proposeEdit(base, proposed);
      assert.deepEqual(proposedLines(proposal), proposed);
      const accepted = acceptHunks(proposal, allIds(proposal));
      assert.deepEqual(accepted, { base: proposed, hunks: [] });
      assert.deepEqual(rejectHunks(proposal, allIds(proposal)), { base, hunks: [] });
    });
  });

  it('contains exactly the accepted hunks, in any order of decisions', () => {
    check(
      change,
      fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
      fc.infiniteStream(fc.nat()),
      ({ base, proposed }, choices, order) => {
        const proposal = proposeEdit(base, proposed);
        const chosen = proposal.hunks.filter((_, index) => choices[index]);
        const expected: string[] = [...base];
        for (const { start, end, lines } of chosen.toReversed())
          expected.splice(start, end - start, ...lines);
        const undecided = [...proposal.hunks];
        let current = proposal;
        while (undecided.length > 0) {
          const at = (order.next().value ?? 0) % undecided.length;
          const [hunk] = undecided.splice(at, 1);
          assert.ok(hunk);
          const ids = new Set([hunk.id]);
          current = chosen.includes(hunk) ? acceptHunks(current, ids) : rejectHunks(current, ids);
        }
        assert.deepEqual(current, { base: expected, hunks: [] });
      },
    );
  });

  it('has hunks that begin and end with a changed line', () => {
    check(change, ({ base, proposed }) => {
      for (const { start, end, lines } of proposeEdit(base, proposed).hunks) {
        assert.ok(start < end || lines.length > 0);
        if (start === end || lines.length === 0) continue;
        assert.notEqual(base[start], lines[0]);
        assert.notEqual(base[end - 1], lines.at(-1));
      }
    });
  });

  it('tells where each hunk is in the proposed text', () => {
    check(change, ({ base, proposed }) => {
      for (const { hunk, start, end } of placedHunks(proposeEdit(base, proposed)))
        assert.deepEqual(proposed.slice(start, end), hunk.lines);
    });
  });

  it('keeps every line that is typed meanwhile, and every hunk in other lines', () => {
    check(change, typing, ({ base, proposed }, edits) => {
      let proposal = proposeEdit(base, proposed);
      const typed = new Set<string>();
      for (const [index, [at, count, added]] of edits.entries()) {
        const start = Math.min(at, proposal.base.length);
        const end = Math.min(start + count, proposal.base.length);
        const lines = Array.from({ length: added }, (_, number) => `typed ${index} ${number}`);
        if (start === 0 && end === proposal.base.length && added === 0) continue;
        const far = proposal.hunks.filter((hunk) => hunk.end < start || hunk.start > end);
        const next = [...proposal.base];
        for (const removed of next.splice(start, end - start, ...lines)) typed.delete(removed);
        for (const each of lines) typed.add(each);
        proposal = changeBase(proposal, { start, end, lines });
        assert.deepEqual(proposal.base, next);
        for (const { id, lines: wanted } of far)
          assert.deepEqual(proposal.hunks.find((hunk) => hunk.id === id)?.lines, wanted);
      }
      const sure = proposal.hunks.filter((hunk) => !isInConflict(proposal, hunk));
      const { base: result } = acceptHunks(proposal, new Set(sure.map(({ id }) => id)));
      for (const each of typed) assert.ok(result.includes(each), `${each} is lost`);
      assert.deepEqual(rejectHunks(proposal, allIds(proposal)).base, proposal.base);
      assert.equal(allIds(proposal).size, proposal.hunks.length);
    });
  });

  it('proposes the same text again after an edit was undone', () => {
    check(change, typing, ({ base, proposed }, edits) => {
      const proposal = proposeEdit(base, proposed);
      for (const [at, count, added] of edits) {
        const start = Math.min(at, base.length);
        const end = Math.min(start + count, base.length);
        const lines = Array.from({ length: added + 1 }, (_, number) => `typed ${number}`);
        const typed = changeBase(proposal, { start, end, lines });
        const undone = changeBase(typed, { start, end: start + lines.length, lines: base.slice(start, end) });
        assert.deepEqual(undone.base, base);
        assert.ok(undone.hunks.every((hunk) => !isInConflict(undone, hunk)));
        assert.deepEqual(proposedLines(undone), proposed);
      }
    });
  });

  it('is the edited text after the proposed text was edited, and stays in conflict elsewhere', () => {
    check(change, text, typing, ({ base, proposed }, edited, edits) => {
      let proposal = proposeEdit(base, proposed);
      for (const [at, count] of edits) {
        const start = Math.min(at, proposal.base.length);
        const end = Math.min(start + count, proposal.base.length);
        proposal = changeBase(proposal, { start, end, lines: ['typed'] });
      }
      assert.deepEqual(changeProposed(proposal, proposedLines(proposal)), proposal);
      const next = changeProposed(proposal, edited);
      assert.deepEqual(next.base, proposal.base);
      assert.deepEqual(proposedLines(next), edited);
      assert.equal(allIds(next).size, next.hunks.length);
      const length = proposedLines(proposal).length;
      const last = changeProposed(proposal, [...proposedLines(proposal), 'edited']);
      // A hunk at the end of the proposed text is joined with what is added there.
      for (const { hunk, end } of placedHunks(proposal))
        if (end < length) assert.ok(last.hunks.includes(hunk));
    });
  });

  it('moves to a text of which the edits are not known', () => {
    check(change, text, ({ base, proposed }, other) => {
      const moved = moveToBase(proposeEdit(base, proposed), other);
      assert.deepEqual(moved.base, other);
      assert.deepEqual(moveToBase(proposeEdit(base, proposed), proposed), { base: proposed, hunks: [] });
    });
  });

  for (const [name, base, proposed, expected] of [
    ['an empty text', '', 'a\nb\n', [{ start: 0, end: 0, lines: ['a', 'b'] }]],
    ['a text that becomes empty', 'a\r\nb\r\n', '', [{ start: 0, end: 2, lines: [] }]],
    ['a missing last line end', 'a\nb', 'a\nb\n', [{ start: 2, end: 2, lines: [''] }]],
    ['other line ends', 'a\r\nb\r\n', 'a\nb\n', []],
    ['characters of two units', '😀\n𠮷', '😁\n𠮷', [{ start: 0, end: 1, lines: ['😁'] }]],
  ] as const)
    it(`has minimal hunks for ${name}`, () => {
      const { hunks } = proposeEdit(splitText(base).lines, splitText(proposed).lines);
      assert.deepEqual(
        hunks.map(({ start, end, lines }) => ({ start, end, lines })),
        expected,
      );
    });

  it('has one hunk between the first and the last change if far too many lines differ', () => {
    const base = Array.from({ length: 200_000 }, (_, index) => `${index} ${'x'.repeat(50)}`);
    const proposed = base.map((each, index) => (index > 0 && index < 199_999 ? `${each}!` : each));
    const proposal = proposeEdit(base, proposed);
    assert.deepEqual(
      proposal.hunks.map(({ start, end }) => ({ start, end })),
      [{ start: 1, end: 199_999 }],
    );
    assert.deepEqual(acceptHunks(proposal, allIds(proposal)).base, proposed);
  });
});
