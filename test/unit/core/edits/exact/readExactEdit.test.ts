import assert from 'node:assert/strict';
import { exactEditMessages, readExactEdit } from '../../../../../src/core/edits/exact/readExactEdit';
import { applyLineEdits } from '../../../../../src/core/edits/lines/lineEdit';

const textOf = (messages: ReturnType<typeof exactEditMessages>): string =>
  messages.map(({ content }) => (typeof content === 'string' ? content : '')).join('\n');
const file = ['one();', 'two();', 'three();', ''];

describe('Exact edits from a model', () => {
  it('are requested with the file, the code and the form of the reply', () => {
    const messages = exactEditMessages({ block: 'two(2);', name: 'a.js', file, places: [] });
    const text = textOf(messages);
    for (const part of ['a.js', 'one();\ntwo();\nthree();', 'two(2);', '<<<<<<< SEARCH', '>>>>>>> REPLACE'])
      assert.ok(text.includes(part), part);
  });

  it('are requested with only a part of a large file', () => {
    const large = Array.from({ length: 20_000 }, (_, index) => `line(${index});`);
    const places = [{ kind: 'lines', edits: [], start: 9_000, end: 9_002 } as const];
    const messages = exactEditMessages({ block: 'x', name: 'a.js', file: large, places });
    const text = textOf(messages);
    assert.ok(text.includes('line(9001);') && !text.includes('line(12);'));
    assert.ok(text.length < 60_000);
  });

  it('are requested with longer fences than those in the file', () => {
    const messages = exactEditMessages({
      block: 'x',
      name: 'a.md',
      file: ['````js', 'a', '````'],
      places: [],
    });
    assert.ok(textOf(messages).includes('`````\n````js'));
  });

  for (const [name, reply] of [
    ['alone', '<<<<<<< SEARCH\ntwo();\n=======\ntwo(2);\n>>>>>>> REPLACE'],
    ['in a fence', '```\n<<<<<<< SEARCH\ntwo();\n=======\ntwo(2);\n>>>>>>> REPLACE\n```'],
    [
      'with words around it',
      'Here it is:\n\n```js\n<<<<<<< SEARCH\ntwo();\n=======\ntwo(2);\n>>>>>>> REPLACE\n```\nDone.',
    ],
    ['as a diff', '```diff\n@@ -2,1 +2,1 @@\n-two();\n+two(2);\n```'],
  ] as const)
    it(`are read ${name}`, () => {
      const plan = readExactEdit(reply, file);
      assert.ok(plan.kind === 'edits');
      assert.deepEqual(applyLineEdits(file, plan.edits), ['one();', 'two(2);', 'three();', '']);
    });

  for (const [name, reply] of [
    ['prose', 'I cannot do that.'],
    ['code without a form', 'two(2);'],
    ['a search that is not there', '<<<<<<< SEARCH\nfour();\n=======\nfive();\n>>>>>>> REPLACE'],
    ['nothing', ''],
  ] as const)
    it(`are not read from ${name}`, () => {
      assert.equal(readExactEdit(reply, file).kind, 'unclear');
    });
});
