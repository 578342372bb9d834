import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeFolder, folderBudget } from '../../../../src/core/context/folderText';

const file = fc.record({
  path: fc
    .array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 4 })
    .map((parts) => `${parts.join('/')}.ts`),
  text: fc.option(fc.oneof(fc.string(), fc.string({ minLength: 20_000, maxLength: 70_000 })), {
    nil: undefined,
  }),
});

describe('describeFolder', () => {
  it('lists every file, then writes their text, files at the top first', () => {
    const { text, truncated } = describeFolder(
      [
        { path: 'deep/er/c.ts', text: 'three' },
        { path: 'a.ts', text: 'one' },
        { path: 'logo.png', text: undefined },
      ],
      0,
    );
    assert.equal(truncated, false);
    assert.match(text, /^```\na\.ts\nlogo\.png \(not text\)\ndeep\/er\/c\.ts\n```\n/);
    assert.ok(text.indexOf('one') < text.indexOf('three'));
  });

  it('names the files that it leaves out and counts those that it does not list', () => {
    const long = 'x'.repeat(folderBudget);
    const { text, truncated, amount } = describeFolder(
      [
        { path: 'long.ts', text: long },
        { path: 'short.ts', text: 'short' },
      ],
      7,
    );
    assert.equal(truncated, true);
    assert.deepEqual(amount, { shown: 1, total: 9 });
    assert.match(text, /… and 7 more/);
    assert.match(text, /Left out because they are long: `long\.ts`/);
    assert.match(text, /`short\.ts`:\n```\nshort\n```/);
    assert.doesNotMatch(text, /xxxx/);
  });

  it('stays within its budget and reports when something is left out', () => {
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 12 }), (files) => {
        const { text, truncated } = describeFolder(files, 0);
        assert.ok(text.length <= folderBudget + 3_000, String(text.length));
        for (const { path, text: content } of files) {
          assert.ok(text.includes(path));
          if (!truncated && content !== undefined) assert.ok(text.includes(content));
        }
      }),
      { numRuns: 60 },
    );
  });
});
