import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readTestFix } from '../../../../src/core/failingTests/readTestFix';

const files = [
  { path: 'test/sum.test.js', lines: ["import { sum } from '../sum';", 'expect(sum(1, 2)).toBe(3);'] },
  { path: 'sum.js', lines: ['export function sum(a, b) {', '  return a - b;', '}', ''] },
];

function edit(info: string, search: string, replace: string, fence = '```'): string {
  return `${fence}${info}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n${fence}`;
}

const fixed = { path: 'sum.js', lines: ['export function sum(a, b) {', '  return a + b;', '}', ''] };

describe('readTestFix', () => {
  for (const info of ['javascript sum.js', 'js:sum.js', 'sum.js', 'js ./sum.js', 'javascript title="sum.js"'])
    it(`reads a change of one file after the fence “${info}”`, () => {
      const answer = `它做了减法。\n\n${edit(info, '  return a - b;', '  return a + b;')}\n\nRun it:\n\n\`\`\`sh\nnpm test\n\`\`\`\n`;
      assert.deepEqual(readTestFix(answer, files), fixed);
    });

  it('reads several changes of one file', () => {
    const answer = `${edit('js sum.js', '  return a - b;', '  return a + b;')}\n${edit('js sum.js', 'export function sum(a, b) {', 'export function sum(a, b = 0) {')}`;
    assert.equal(readTestFix(answer, files)?.lines[0], 'export function sum(a, b = 0) {');
  });

  it('takes the only file if no file is named', () => {
    const [, source] = files;
    assert.ok(source !== undefined);
    assert.deepEqual(readTestFix(edit('js', '  return a - b;', '  return a + b;'), [source]), fixed);
    assert.equal(readTestFix(edit('js', '  return a - b;', '  return a + b;'), files), undefined);
  });

  for (const [what, answer] of [
    ['prose alone', 'The test is right, but I cannot see sum.js.'],
    ['an empty answer', ''],
    ['a change that does not fit the file', edit('js sum.js', '  return a * b;', '  return a + b;')],
    ['a change that changes nothing', edit('js sum.js', '  return a - b;', '  return a - b;')],
    ['a change of another file', edit('js ../../.bashrc', '  return a - b;', '  return a + b;')],
    [
      'changes of two files',
      `${edit('js sum.js', '  return a - b;', '  return a + b;')}\n${edit('js test/sum.test.js', 'expect(sum(1, 2)).toBe(3);', 'expect(sum(1, 2)).toBe(4);')}`,
    ],
    [
      'a change beside a whole new file',
      `${edit('js sum.js', '  return a - b;', '  return a + b;')}\n\`\`\`js add.js\nexport const a = 1;\n\`\`\``,
    ],
  ] as const)
    it(`leaves ${what} to the panel`, () => {
      assert.equal(readTestFix(answer, files), undefined);
    });

  it('never changes more than one known file, whatever the answer is', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '```js sum.js\n',
        '```\n',
        '<<<<<<< SEARCH\n',
        '=======\n',
        '>>>>>>> REPLACE\n',
        '  return a - b;\n',
        '\n',
        '}\n',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const fix = readTestFix(parts.join(''), files);
        assert.ok(fix === undefined || files.some(({ path }) => path === fix.path));
      }),
    );
  });
});
