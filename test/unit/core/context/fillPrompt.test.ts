import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fillPrompt } from '../../../../src/core/context/fillPrompt';

const values = { selection: '`a.ts:1-3`', file: 'src/a.ts', fileName: 'a.ts' };

describe('prompt template', () => {
  it('fills the variables', () => {
    const filled = fillPrompt('Look at ${selection} of ${file} (${fileBasename}).', values);
    assert.equal(filled.text, 'Look at `a.ts:1-3` of src/a.ts (a.ts).');
    assert.deepEqual([filled.usesSelection, filled.usesFile], [true, true]);
  });

  it('selects the first input for typing over', () => {
    const { text, selectStart, selectEnd } = fillPrompt(
      'To ${input:language:French} or ${input:other}.',
      values,
    );
    assert.equal(text, 'To French or other.');
    assert.equal(text.slice(selectStart, selectEnd), 'French');
  });

  it('puts the cursor at the end when nothing is asked for', () => {
    const { text, selectStart, selectEnd } = fillPrompt('Go.', values);
    assert.deepEqual([selectStart, selectEnd], [text.length, text.length]);
  });

  it('leaves what it does not know as it is, and fills nothing twice', () => {
    const odd = 'Keep ${HOME}, ${input}, $selection and ${workspaceFolder}.';
    assert.equal(fillPrompt(odd, values).text, odd);
    assert.equal(fillPrompt('${selection}', { ...values, selection: '${file}' }).text, '${file}');
  });

  it('marks a part of its own text, whatever the body', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('${selection}', '${file}', '${input:a:b}', '${input:a}', '${input::}', '${', '}', ':'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { text, selectStart, selectEnd } = fillPrompt(pieces.join(''), values);
        assert.ok(0 <= selectStart && selectStart <= selectEnd && selectEnd <= text.length);
      }),
    );
  });
});
