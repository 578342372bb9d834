import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFindings } from '../../../../src/core/sourceControl/readFindings';

const paths = ['src/a.ts', 'src/deep/b.ts', 'lib/index.ts', 'app/index.ts', '文档/说明.md'];

/** The place and the first line of each finding. */
function read(answer: string): (readonly [string | undefined, number | undefined, string])[] {
  return readFindings(answer, paths).map(({ path, line, text }) => [path, line, text.split('\n')[0] ?? '']);
}

describe('readFindings', () => {
  for (const [what, answer] of [
    ['a list', 'Summary.\n\n- `src/a.ts:12` (bug): It leaks.\n'],
    ['a list with bold places', '* **src/a.ts:12** – (bug): It leaks.'],
    ['a numbered list', '1. src/a.ts:12 - (bug): It leaks.'],
    ['a range', '- `src/a.ts:12-15`: (bug): It leaks.'],
    ['an anchor', '- [src/a.ts#L12](src/a.ts#L12): (bug): It leaks.'],
    ['words for the line', '- `src/a.ts`, line 12: (bug): It leaks.'],
    ['Chinese words for the line', '- `src/a.ts` 第 12 行：(bug): It leaks.'],
    ['a heading with a place', '### src/a.ts:12\n(bug): It leaks.'.replace('\n', ' ')],
    ['a heading with a file', '### `src/a.ts`\n\n- Line 12: (bug): It leaks.'],
    ['the path of a diff', '- b/src/a.ts:12 (bug): It leaks.'],
    ['the end of a path', '- `a.ts:12` (bug): It leaks.'],
  ] as const)
    it(`reads ${what}`, () => {
      const [[path, line, text] = [undefined, undefined, ''], ...others] = read(answer);
      assert.deepEqual([path, line, others.length], ['src/a.ts', 12, 0]);
      assert.match(text, /bug\)?: It leaks\.$/);
    });

  for (const [what, answer] of [
    ['an array', '[{"path":"src/a.ts","line":12,"message":"It leaks."}]'],
    [
      'a fence with other names',
      'Here:\n```json\n{"issues":[{"file":"src/a.ts","lines":[12,14],"description":"It leaks."}]}\n```',
    ],
    ['a place in one field', '{"findings":[{"location":"src/a.ts:12","title":"It leaks."}]}'],
    ['a line as a text', '[{"filename":"./src/a.ts","line_number":"L12","comment":"It leaks."}]'],
  ] as const)
    it(`reads JSON: ${what}`, () => {
      assert.deepEqual(read(answer), [['src/a.ts', 12, 'It leaks.']]);
    });

  it('keeps the further lines of an item, also code, and ends it at the next text', () => {
    const [finding, ...others] = readFindings(
      '- `src/a.ts:3`: Wrong.\n  Because:\n\n  ```ts\n  - src/a.ts:9 is code\n  ```\nAll else is fine.\n- `src/deep/b.ts`: Odd.\n',
      paths,
    );
    assert.match(finding?.text ?? '', /^Wrong\.\nBecause:\n\n```ts\n- src\/a\.ts:9 is code\n```$/);
    assert.deepEqual(
      others.map(({ path, line, text }) => [path, line, text]),
      [['src/deep/b.ts', undefined, 'Odd.']],
    );
  });

  it('takes no text for a finding that names no reviewed file, or an ambiguous one', () => {
    assert.deepEqual(
      read('- `other.ts:1`: No.\n- index.ts:1: Which?\nThe file src/a.ts is fine.\nNo problems.'),
      [],
    );
  });

  it('reads places with spaces around Chinese text', () => {
    assert.deepEqual(read('- `文档/说明.md:2`：缺少示例。'), [['文档/说明.md', 2, '缺少示例。']]);
  });

  it('gives only real paths and lines, for any answer, and never throws', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        '- ',
        '`src/a.ts:',
        '0',
        '99999999999',
        '[{"path":"src/a.ts","line":',
        '"}]',
        '```',
        '\n',
        ': ',
        '## lib/index.ts\n',
        'line 5',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        for (const { path, line, text } of readFindings(words.join(''), paths)) {
          assert.ok(path !== undefined && paths.includes(path));
          assert.ok(line === undefined || (Number.isInteger(line) && line >= 1));
          assert.ok(text !== '' && text.length <= 4_000);
        }
      }),
    );
  });
});
