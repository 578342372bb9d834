import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fillPrompt } from '../../../../src/core/context/fillPrompt';

const values = { selection: '`a.ts:1-3`', file: 'src/a.ts', fileName: 'a.ts' };

describe('fillPrompt', () => {
  it('fills in the variables', () => {
    const filled = fillPrompt('Look at ${selection} of ${file} (${fileBasename}).', values);
    assert.equal(filled.text, 'Look at `a.ts:1-3` of src/a.ts (a.ts).');
    assert.deepEqual([filled.usesSelection, filled.usesFile], [true, true]);
  });

  it('selects the first input so that the user types over it', () => {
    const { text, selectStart, selectEnd } = fillPrompt(
      'To ${input:language:French} or ${input:other}.',
      values,
    );
    assert.equal(text, 'To French or other.');
    assert.equal(text.slice(selectStart, selectEnd), 'French');
  });

  it('puts the cursor at the end when there is no input', () => {
    const { text, selectStart, selectEnd } = fillPrompt('Go.', values);
    assert.deepEqual([selectStart, selectEnd], [text.length, text.length]);
  });

  it('keeps unknown variables, and does not fill variables inside a value', () => {
    const odd = 'Keep ${HOME}, ${input}, $selection and ${workspaceFolder}.';
    assert.equal(fillPrompt(odd, values).text, odd);
    assert.equal(fillPrompt('${selection}', { ...values, selection: '${file}' }).text, '${file}');
  });

  it('selects a range inside the text for any body', () => {
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
