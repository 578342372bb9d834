import assert from 'node:assert/strict';
import type { EditPlace } from '../../../../src/core/inlineEdit/editPlace';
import { readReplacement, type AnswerState } from '../../../../src/core/inlineEdit/readReplacement';

const file = `import { read } from './read';

export class Cart {
  total(items: Item[]): number {
    let sum = 0;
    for (const item of items) {
      sum += item.price;
    }
    return sum;
  }

  clear(): void {
    this.items = [];
  }
}
`;

/** The rows of the loop. */
const loop = { start: 5, end: 8 };

const better = `for (const { price, count } of items) {
  sum += price * count;
}`;

const changedFile = file.replace(
  `    for (const item of items) {
      sum += item.price;
    }`,
  `    for (const { price, count } of items) {
      sum += price * count;
    }`,
);

interface Case extends Partial<Omit<EditPlace, 'file'>> {
  readonly title: string;
  readonly text?: string;
  readonly answer: string;
  readonly state?: AnswerState;
  /** The text of the file afterwards, or the kind of a replacement without a change. */
  readonly gives: string;
}

function run({ text = file, answer, state = 'complete', ...place }: Omit<Case, 'title' | 'gives'>): string {
  const replacement = readReplacement(
    answer,
    { file: text.split('\n'), ...loop, languageId: 'typescript', unit: 2, ...place },
    state,
  );
  if (replacement.kind !== 'change') return replacement.kind;
  assert.equal(replacement.isComplete, state === 'complete');
  return replacement.lines.join('\n');
}

const fence = (code: string, info = 'ts'): string => `\`\`\`${info}\n${code}\n\`\`\``;
const indented = better.replaceAll(/^/gm, '    ');

const complete: readonly Case[] = [
  { title: 'code alone', answer: indented, gives: changedFile },
  { title: 'code alone without its indentation', answer: better, gives: changedFile },
  { title: 'code in a fence', answer: fence(indented), gives: changedFile },
  { title: 'code in a fence without a language', answer: fence(better, ''), gives: changedFile },
  { title: 'code in a fence of tildes', answer: `~~~ts\n${better}\n~~~`, gives: changedFile },
  {
    title: 'a fence with CRLF line ends',
    answer: fence(indented).replaceAll('\n', '\r\n'),
    gives: changedFile,
  },
  { title: 'a fence that is never closed', answer: `\`\`\`ts\n${better}\n`, gives: changedFile },
  {
    title: 'a closing fence without an opening one',
    answer: `${better}\n\`\`\`\nThis counts the items too.`,
    gives: changedFile,
  },
  {
    title: 'sentences before and after a fence',
    answer: `Here is the updated loop:\n\n${fence(better)}\n\nIt multiplies the price by the count.`,
    gives: changedFile,
  },
  {
    title: 'Chinese sentences before and after a fence',
    answer: `下面是修改后的代码：\n\n${fence(better)}\n\n说明：现在按数量计算总价。`,
    gives: changedFile,
  },
  {
    title: 'sentences around code without a fence',
    answer: `Here is the updated loop:\n\n${better}\n\nIt multiplies the price by the count.`,
    gives: changedFile,
  },
  {
    title: 'Chinese sentences around code without a fence',
    answer: `好的，修改如下：\n\n${better}\n\n这样就会把数量也算进去。`,
    gives: changedFile,
  },
  {
    title: 'a fence in a list',
    answer: `1. The loop:\n\n   ${fence(better).replaceAll('\n', '\n   ')}\n`,
    gives: changedFile,
  },
  {
    title: 'reasoning before the code',
    answer: `<think>\nThe user wants the count. Maybe:\n\`\`\`ts\nwrong();\n\`\`\`\n</think>\n\n${fence(better)}`,
    gives: changedFile,
  },
  { title: 'reasoning that never ends', answer: '<think>\nThe user wants the count of', gives: 'empty' },
  {
    title: 'the old code in a first fence and the new code in a second one',
    answer: `Before:\n\n${fence('    for (const item of items) {\n      sum += item.price;\n    }')}\n\nAfter:\n\n${fence(better)}`,
    gives: changedFile,
  },
  {
    title: 'a command for the terminal beside the code',
    answer: `Install the types:\n\n${fence('npm install --save-dev @types/cart', 'bash')}\n\nThen:\n\n${fence(better)}`,
    gives: changedFile,
  },
  {
    title: 'an example of its use after the code',
    answer: `${fence(better)}\n\nUse it like this:\n\n${fence('const cart = new Cart();\ncart.total([]);')}`,
    gives: changedFile,
  },
  {
    title: 'the path of the file in a comment',
    answer: fence(`// src/cart.ts\n${better}`),
    gives: changedFile,
  },
  {
    title: 'spaces of another width',
    answer: fence('for (const { price, count } of items) {\n    sum += price * count;\n}'),
    gives: changedFile,
  },
  {
    title: 'spaces for a file with tabs',
    text: file.replaceAll('  ', '\t'),
    answer: fence(better),
    unit: '\t',
    gives: changedFile.replaceAll('  ', '\t'),
  },
  {
    title: 'tabs for a file with spaces',
    answer: fence(indented.replaceAll('  ', '\t')),
    gives: changedFile,
  },
  {
    title: 'the first line without its indentation',
    answer: fence(indented.trimStart()),
    gives: changedFile,
  },
  {
    title: 'a new block around the old lines',
    answer: fence(
      '    if (items.length > 0) {\n      for (const item of items) {\n        sum += item.price;\n      }\n    }',
    ),
    gives: file.replace(
      / {4}for [^]*?\n {4}\}/,
      '    if (items.length > 0) {\n      for (const item of items) {\n        sum += item.price;\n      }\n    }',
    ),
  },
  {
    title: 'a new block around the old lines, without the shared indentation',
    answer: fence('if (items.length > 0) {\n  for (const item of items) {\n    sum += item.price;\n  }\n}'),
    gives: file.replace(
      / {4}for [^]*?\n {4}\}/,
      '    if (items.length > 0) {\n      for (const item of items) {\n        sum += item.price;\n      }\n    }',
    ),
  },
  {
    title: 'the lines before the selection again',
    answer: fence(`  total(items: Item[]): number {\n    let sum = 0;\n${indented}`),
    gives: changedFile,
  },
  {
    title: 'the lines after the selection again',
    answer: fence(`${indented}\n    return sum;\n  }`),
    gives: changedFile,
  },
  {
    title: 'the lines before and after the selection again',
    answer: fence(`  total(items: Item[]): number {\n    let sum = 0;\n${indented}\n    return sum;\n  }`),
    gives: changedFile,
  },
  {
    title: 'a closing bracket of the code after the selection',
    start: 4,
    end: 9,
    answer: fence(`    let sum = 0;\n${indented}\n    return sum;\n  }`),
    gives: changedFile,
  },
  { title: 'the whole file', answer: fence(changedFile), gives: changedFile },
  {
    title: 'the whole file with a change outside of the selection',
    answer: fence(changedFile.replace("'./read'", "'../read'")),
    gives: changedFile.replace("'./read'", "'../read'"),
  },
  {
    title: 'the whole function with another head',
    answer: fence(
      `total(items: readonly Item[]): number {\n  let sum = 0;\n${better.replaceAll(/^/gm, '  ')}\n  return sum;\n}`,
    ),
    gives: changedFile.replace('items: Item[]', 'items: readonly Item[]'),
  },
  {
    title: 'a comment for the code that it leaves out',
    start: 3,
    end: 10,
    answer: fence(
      '  total(items: readonly Item[]): number {\n    let sum = 0;\n    // ... existing code ...\n    return sum;\n  }',
    ),
    gives: file.replace('items: Item[]', 'items: readonly Item[]'),
  },
  {
    title: 'a unified diff',
    answer: fence(
      '@@ -6,3 +6,3 @@\n-    for (const item of items) {\n-      sum += item.price;\n+    for (const { price, count } of items) {\n+      sum += price * count;\n     }',
      'diff',
    ),
    gives: changedFile,
  },
  {
    title: 'a SEARCH/REPLACE block',
    answer: `<<<<<<< SEARCH\n      sum += item.price;\n=======\n      sum += item.price * item.count;\n>>>>>>> REPLACE`,
    gives: file.replace('item.price;', 'item.price * item.count;'),
  },
  {
    title: 'a diff that fits nowhere',
    answer: fence('@@ -1 +1 @@\n-other();\n+more();', 'diff'),
    gives: 'unclear',
  },
  {
    title: 'the selection as it is',
    answer: fence('for (const item of items) {\n  sum += item.price;\n}'),
    gives: 'unchanged',
  },
  { title: 'an empty fence', answer: fence(''), gives: file.replace(/ {4}for [^]*?\n {4}\}\n/, '') },
  { title: 'nothing', answer: ' \n', gives: 'empty' },
  { title: 'a refusal', answer: "I'm sorry, but I can't help with that.", gives: 'words' },
  { title: 'a refusal in Chinese', answer: '抱歉，我无法修改这段代码。', gives: 'words' },
  {
    title: 'a question back',
    answer: 'Which count do you mean? The cart has no field for it.\nPlease tell me its name.',
    gives: 'words',
  },
  { title: 'a sentence only', answer: 'Done.', gives: 'words' },
  {
    title: 'an explanation in Chinese only',
    answer: '这段代码遍历所有商品。\n\n- 先把总价设为零\n- 然后逐个相加',
    gives: 'words',
  },
  {
    title: 'a refusal for a text file',
    languageId: 'plaintext',
    answer: '很抱歉，我不能改写这段文字。',
    gives: 'words',
  },
  {
    title: 'blank lines around the selection',
    start: 9,
    end: 14,
    answer: fence('  }\n\n  clear(): void {\n    this.items.length = 0;\n  }'),
    gives: file.replace('this.items = []', 'this.items.length = 0'),
  },
  {
    title: 'a selected blank line at the end',
    start: 3,
    end: 11,
    answer: fence('total(): number {\n  return 0;\n}'),
    gives: file.replace(/ {2}total[^]*?\n {2}\}/, '  total(): number {\n    return 0;\n  }'),
  },
  {
    title: 'the last line of a file without a final line break',
    text: 'const a = 1;\nconst b = 2;',
    start: 1,
    end: 2,
    answer: fence('const b = 3;'),
    gives: 'const a = 1;\nconst b = 3;',
  },
  {
    title: 'only the new part of a line of which a part was selected',
    start: 6,
    end: 7,
    fragment: { startColumn: 13, endColumn: 23 },
    answer: fence('item.price * 2'),
    gives: file.replace('item.price', 'item.price * 2'),
  },
  {
    title: 'the whole line of which a part was selected',
    start: 6,
    end: 7,
    fragment: { startColumn: 13, endColumn: 23 },
    answer: fence('sum += item.price * 2;'),
    gives: file.replace('item.price', 'item.price * 2'),
  },
  {
    title: 'Python without its indentation',
    text: 'class A:\n    def f(self):\n        x = 1\n        return x\n',
    languageId: 'python',
    unit: 4,
    start: 2,
    end: 4,
    answer: fence('if ready:\n    x = 2\nreturn x', 'python'),
    gives: 'class A:\n    def f(self):\n        if ready:\n            x = 2\n        return x\n',
  },
  {
    title: 'Markdown in a fence, with a fence inside of it',
    text: '# A\n\nold words\n\n# B\n',
    languageId: 'markdown',
    start: 2,
    end: 3,
    answer: '```markdown\nNew words:\n\n```sh\nnpm start\n```\n\nand more\n```\n',
    gives: '# A\n\nNew words:\n\n```sh\nnpm start\n```\n\nand more\n\n# B\n',
  },
  {
    title: 'Markdown without a fence, with a code block',
    text: '# A\n\nold words\n\n# B\n',
    languageId: 'markdown',
    start: 2,
    end: 3,
    answer: 'Run this:\n\n```sh\nnpm start\n```',
    gives: '# A\n\nRun this:\n\n```sh\nnpm start\n```\n\n# B\n',
  },
  {
    title: 'Chinese text without a fence for a text file',
    text: '第一段。\n\n旧的句子。\n',
    languageId: 'plaintext',
    start: 2,
    end: 3,
    answer: '以下是修改后的文字：\n\n新的句子，更加通顺。',
    gives: '第一段。\n\n新的句子，更加通顺。\n',
  },
  {
    title: 'a docstring with a fence inside',
    text: 'def f():\n    pass\n',
    languageId: 'python',
    start: 0,
    end: 2,
    answer: '```python\ndef f():\n    """Adds.\n\n    ```python\n    f()\n    ```\n    """\n```',
    gives: 'def f():\n    """Adds.\n\n    ```python\n    f()\n    ```\n    """\n',
  },
  {
    title: 'code for a blank line',
    text: 'function a() {\n  \n}\n',
    start: 1,
    end: 1,
    cursorColumn: 2,
    answer: fence('const now = Date.now();\nreturn now;'),
    gives: 'function a() {\n  const now = Date.now();\n  return now;\n}\n',
  },
  {
    title: 'code for an empty file, in a fence with sentences around it',
    text: '',
    start: 0,
    end: 0,
    cursorColumn: 0,
    answer: `当然可以：\n\n${fence('export const one = 1;')}\n\n希望对你有帮助！`,
    gives: 'export const one = 1;',
  },
  {
    title: 'the rest of a line after its beginning again',
    text: 'const total = \n',
    start: 0,
    end: 0,
    cursorColumn: 14,
    answer: fence('const total = items.length;'),
    gives: 'const total = items.length;\n',
  },
  {
    title: 'the head of the function again',
    text: 'def area(r):\n    \n',
    languageId: 'python',
    unit: 4,
    start: 1,
    end: 1,
    cursorColumn: 4,
    answer: fence('def area(r):\n    return 3.14 * r * r', 'python'),
    gives: 'def area(r):\n    return 3.14 * r * r\n',
  },
];

const cut: readonly Case[] = [
  {
    title: 'only the rows that a cut answer has reached',
    state: 'cut',
    answer: '```ts\n    for (const { price, count } of items) {\n      sum += pri',
    gives: file.replace('for (const item of items)', 'for (const { price, count } of items)'),
  },
  {
    title: 'nothing of an answer that was cut before its code',
    state: 'cut',
    answer: 'Here is the',
    gives: 'empty',
  },
  {
    title: 'nothing of a diff that was cut',
    state: 'cut',
    answer: '```diff\n@@ -6,3 +6,3 @@\n-    for (const item of items) {',
    gives: 'unclear',
  },
];

const streaming: readonly Case[] = [
  { title: 'nothing before the first fence', answer: 'Here is the code:\n', gives: 'waiting' },
  { title: 'nothing for half a fence', answer: 'Here is the code:\n\n``', gives: 'waiting' },
  { title: 'nothing for half an info string', answer: '```types', gives: 'waiting' },
  { title: 'nothing while the model thinks', answer: '<think>\nconst a = 1;\n', gives: 'waiting' },
  { title: 'nothing for half a line', answer: '```ts\nfor (const { price', gives: 'waiting' },
  {
    title: 'nothing while the lines before the selection come again',
    answer: '```ts\n  total(items: Item[]): number {\n',
    gives: 'waiting',
  },
  {
    title: 'nothing of a diff',
    answer: '```diff\n@@ -6,3 +6,3 @@\n-    for (const item of items) {\n',
    gives: 'waiting',
  },
  {
    title: 'the first row, with the others as they are',
    answer: '```ts\nfor (const { price, count } of items) {\n  sum +',
    gives: file.replace('for (const item of items)', 'for (const { price, count } of items)'),
  },
  {
    title: 'new rows before the rows that are not reached',
    answer: '```ts\nconst started = performance.now();\nfor (const',
    gives: file.replace('    for (', '    const started = performance.now();\n    for ('),
  },
  {
    title: 'all rows although the closing fence has not come',
    answer: `\`\`\`ts\n${better}\n\`\``,
    gives: changedFile,
  },
];

describe('the replacement of a selection', () => {
  for (const { title, gives, ...given } of complete) {
    it(`comes from ${title}`, () => {
      assert.equal(run(given), gives);
    });
  }

  for (const { title, gives, ...given } of cut) {
    it(`is ${title}`, () => {
      assert.equal(run(given), gives);
    });
  }

  for (const { title, gives, ...given } of streaming) {
    it(`shows ${title}`, () => {
      assert.equal(run({ ...given, state: 'streaming' }), gives);
    });
  }

  it('tells how many other code blocks the answer has', () => {
    const answer = `${fence(better)}\n\nUse it like this:\n\n${fence('const cart = new Cart();')}`;
    const place = { file: file.split('\n'), ...loop, languageId: 'typescript', unit: 2 };
    const replacement = readReplacement(answer, place, 'complete');
    assert.equal(replacement.kind === 'change' && replacement.others, 1);
  });

  it('keeps a line that may be wanted twice', () => {
    const text = 'beep();\nboop();\nend();\n';
    const place = { file: text.split('\n'), start: 1, end: 2, languageId: 'javascript', unit: 2 };
    const replacement = readReplacement('```js\nbeep();\nboop();\n```', place, 'complete');
    assert.equal(replacement.kind === 'change' && replacement.lines.join('\n'), `beep();\n${text}`);
  });
});
