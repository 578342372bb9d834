import assert from 'node:assert/strict';
import { describeTestFailure } from '../../../../src/core/failingTests/describeTestFailure';
import { failingTestMessages, type TestedFile } from '../../../../src/core/failingTests/failingTestMessages';

const failure = {
  name: 'sum adds',
  message: '\u001b[31mexpected\u001b[39m -1 to be 3\r\n',
  expected: '3',
  actual: undefined,
  place: { path: 'sum.test.js', line: 4 },
  stack: [
    { label: 'sum', place: { path: 'sum.js', line: 2 } },
    { label: 'run', place: undefined },
  ],
};

function file(path: string, count: number, line = 0): TestedFile {
  return {
    path,
    lines: Array.from({ length: count }, (_, index) => `line ${index + 1}`),
    languageId: 'javascript',
    line,
  };
}

function asked(files: readonly TestedFile[], room: number): string {
  const messages = failingTestMessages(
    { failure: 'It failed.', files, instructions: [], language: 'en' },
    room,
  );
  const content = messages.at(-1)?.content;
  return typeof content === 'string' ? content : '';
}

describe('describeTestFailure', () => {
  it('shows the message without escape sequences, the known values and the stack', () => {
    assert.equal(
      describeTestFailure(failure),
      'Test: sum adds\nFailed at: sum.test.js:4\n\nMessage:\nexpected -1 to be 3\n\nExpected:\n3\n\nStack:\n  at sum (sum.js:2)\n  at run',
    );
  });

  it('is bounded', () => {
    const long = 'x\n'.repeat(200_000);
    const stack = Array.from({ length: 10_000 }, () => ({ label: long, place: undefined }));
    assert.ok(
      describeTestFailure({ ...failure, name: long, message: long, expected: long, actual: long, stack })
        .length < 40_000,
    );
  });
});

describe('failingTestMessages', () => {
  it('shows the files with their paths, and of a long one the lines around the failure', () => {
    const text = asked([file('a.test.js', 3), file('a.js', 1_000, 500)], 10_000);
    assert.match(text, /The file `a\.test\.js`:\n```javascript\nline 1\nline 2\nline 3\n```/);
    assert.match(text, /Lines 351 to 650 of the file `a\.js`:\n```javascript\nline 351\n/);
  });

  it('always shows the file of the test, and others as far as they fit', () => {
    const text = asked([file('a.test.js', 200), file('a.js', 200)], 1_000);
    assert.match(text, /a\.test\.js/);
    assert.doesNotMatch(text, /`a\.js`/);
  });
});
