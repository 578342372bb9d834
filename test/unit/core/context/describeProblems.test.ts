import assert from 'node:assert/strict';
import { describeProblems, type Problem } from '../../../../src/core/context/describeProblems';

const problem: Problem = {
  path: 'src/a.ts',
  line: 10,
  column: 3,
  severity: 'error',
  message: 'Type is wrong.',
  source: 'ts',
  code: '2322',
  around: { firstLine: 9, lines: ['before', 'wrong', 'after'] },
};

describe('describeProblems', () => {
  it('writes position, severity, message and source, then the code', () => {
    assert.equal(
      describeProblems([problem]).text,
      'src/a.ts:10:3 error Type is wrong. (ts 2322)\n   9 | before\n> 10 | wrong\n  11 | after',
    );
  });

  it('sorts by severity, then by file and line', () => {
    const bare = { ...problem, around: undefined, source: '', code: '' };
    const { text } = describeProblems([
      { ...bare, severity: 'hint', message: 'fourth' },
      { ...bare, path: 'src/b.ts', line: 1, message: 'third' },
      { ...bare, line: 20, message: 'second' },
      { ...bare, line: 2, message: 'first' },
    ]);
    assert.deepEqual(
      text.split('\n\n').map((line) => line.split(' ').at(-1)),
      ['first', 'second', 'third', 'fourth'],
    );
  });

  it('stops at its limit and reports how many problems it describes', () => {
    const { text, count } = describeProblems(
      Array<Problem>(500).fill({ ...problem, message: 'm'.repeat(500) }),
    );
    assert.ok(count > 10 && count < 500, String(count));
    assert.equal(text.split('\n\n').length, count);
    assert.ok(text.length <= 30_000);
  });
});
