import assert from 'node:assert/strict';
import { notebookText, type NotebookCellText } from '../../../../src/core/context/notebookText';

const code = (text: string, outputs: readonly string[] = [], others = 0): NotebookCellText => ({
  kind: 'code',
  text,
  languageId: 'python',
  outputs,
  others,
});

describe('notebookText', () => {
  it('writes every cell with its number and counts the pictures', () => {
    const prose: NotebookCellText = {
      kind: 'markdown',
      text: '# Data\n',
      languageId: '',
      outputs: [],
      others: 0,
    };
    assert.equal(
      notebookText([prose, code('import a', [], 1), code('a.run()', ['42\n'])]),
      '# Data\n\nCell 2:\n```python\nimport a\n```\n\n(1 outputs without text)\n\nCell 3:\n```python\na.run()\n```\n\nOutput:\n```\n42\n```',
    );
  });

  it('keeps the end of a long output, which holds the message of an error', () => {
    const text = notebookText([code('run()', [`Traceback\n${'at line\n'.repeat(2_000)}ValueError: no`])]);
    assert.ok(text.length < 3_000);
    assert.match(text, /Traceback/);
    assert.match(text, /ValueError: no/);
  });

  it('uses a longer fence than any fence inside a cell', () => {
    assert.match(notebookText([code('"""\n```\n"""')]), /^Cell 1:\n````python/);
  });
});
