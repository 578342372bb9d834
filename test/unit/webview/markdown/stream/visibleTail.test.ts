import assert from 'node:assert/strict';
import { completeInline } from '../../../../../src/webview/markdown/stream/completeInline';
import { visibleTail } from '../../../../../src/webview/markdown/stream/visibleTail';

describe('visibleTail', () => {
  for (const [tail, shown] of [
    ['words', 'words'],
    ['words\n-', 'words\n'],
    ['words\n- i', 'words\n- i'],
    ['words\n==', 'words\n'],
    ['- a\n-', '- a\n'],
    ['1', ''],
    ['1. a', '1. a'],
    ['#', ''],
    ['```ty', ''],
    ['- item\n  ```ty', '- item\n'],
    ['> ', ''],
    ['| a | b', ''],
    ['| a | b |\n', ''],
    ['| a | b |\n|--', ''],
    ['words\n\n| a |\n| -', 'words\n\n'],
    ['| a | b |\n|---|---|\n', '| a | b |\n|---|---|\n'],
    ['| a | b |\n|---|---|\n| 1', '| a | b |\n|---|---|\n| 1'],
    ['| a\nno table', '| a\nno table'],
  ] as const) {
    it(`shows ${JSON.stringify(shown)} of ${JSON.stringify(tail)}`, () => {
      assert.equal(visibleTail(tail), shown);
    });
  }
});

describe('a line that begins with very many spaces', () => {
  // Tried in every split, they would take a minute.
  for (const start of ['', '> ', '- ']) {
    it(`is read once, after ${JSON.stringify(start)}`, () => {
      const line = `${start}${' '.repeat(200_000)}x`;
      assert.equal(visibleTail(line), line);
    });
  }
});

describe('completeInline', () => {
  for (const [content, completed] of [
    ['plain', 'plain'],
    ['some **bo', 'some **bo**'],
    ['some **', 'some '],
    ['some **bold*', 'some **bold**'],
    ['some **bold**', 'some **bold**'],
    ['some *em', 'some *em*'],
    ['**bold *and em', '**bold *and em***'],
    ['~~gone ', '~~gone~~'],
    ['the `cod', 'the `cod`'],
    ['the `code`', 'the `code`'],
    ['5 * 3', '5 * 3'],
    ['a snake_case', 'a snake_case'],
    ['see [the te', 'see the te'],
    ['see [the text](htt', 'see the text'],
    ['see [the text](https://a.b "ti', 'see the text'],
    ['see [the text](https://a.b)', 'see [the text](https://a.b)'],
    ['see ![alt](https://a', 'see alt'],
    ['<https://exam', ''],
  ] as const) {
    it(`completes ${JSON.stringify(content)}`, () => {
      assert.equal(completeInline(content, { references: {} }), completed);
    });
  }
});
