import assert from 'node:assert/strict';
import {
  asNewFile,
  expectedText,
  splitByFile,
  unmovedPart,
  type AnswerCode,
} from '../../../../src/core/edits/plan/filePart';
import { namedPaths } from '../../../../src/core/edits/plan/namedPaths';

function code(text: string, info: string, before = ''): AnswerCode {
  const block = { text, info, before };
  return { ...block, answer: 'a1', named: namedPaths(block), attached: [], modelName: 'Model' };
}

const diff = code(
  '--- a/one.ts\n+++ b/one.ts\n@@ -1 +1 @@\n-one();\n+eins();\n--- /dev/null\n+++ b/two.ts\n@@ -0,0 +1,2 @@\n+zwei();\n+drei();',
  'diff',
);

describe('the parts of a code block', () => {
  it('are one for each file of a diff, and each remembers its block', () => {
    const parts = splitByFile(diff);
    assert.deepEqual(
      parts.map(({ named }) => named.map(({ path }) => path)),
      [['one.ts', 'one.ts'], ['two.ts']],
    );
    assert.ok(parts.every(({ block }) => block === diff));
    assert.deepEqual(parts.map(expectedText), ['one();', '']);
  });

  it('are the block itself for other code', () => {
    const block = code('run();', 'ts src/a.ts');
    const [part, ...others] = splitByFile(block);
    assert.deepEqual(others, []);
    assert.ok(part !== undefined);
    assert.equal(part.patch, undefined);
    assert.equal(expectedText(part), 'run();');
    assert.deepEqual(asNewFile(part), { text: 'run();', info: 'ts src/a.ts', before: '' });
  });

  it('contain the lines of a new file', () => {
    const [, part] = splitByFile(diff);
    assert.ok(part !== undefined);
    assert.deepEqual(asNewFile(part), { text: 'zwei();\ndrei();', info: 'two.ts', before: '' });
  });

  it('are for the old path if a move was not made', () => {
    const move = code(
      '*** Begin Patch\n*** Update File: a.ts\n*** Move to: b.ts\n@@\n-one();\n+eins();\n*** End Patch',
      '',
    );
    const [part] = splitByFile(move);
    assert.ok(part !== undefined);
    assert.equal(part.patch?.newPath, 'b.ts');
    const unmoved = unmovedPart(part);
    assert.equal(unmoved.patch?.newPath, 'a.ts');
    assert.deepEqual(unmoved.named, [{ path: 'a.ts', weight: 1 }]);
  });
});
