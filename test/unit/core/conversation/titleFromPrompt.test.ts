import assert from 'node:assert/strict';
import fc from 'fast-check';
import { titleFromPrompt } from '../../../../src/core/conversation/titleFromPrompt';
import { codeAttachment } from '../../../support/messages';

describe('A title from a prompt', () => {
  it('is the first line that is not blank', () => {
    assert.equal(titleFromPrompt('\n\n  How do   I sort?\nIn Python.', []), 'How do I sort?');
  });

  it('names the attached code', () => {
    assert.equal(
      titleFromPrompt('Explain this code.', [codeAttachment({ name: 'add.ts' })]),
      'Explain this code. (add.ts)',
    );
  });

  it('is cut at a space', () => {
    const title = titleFromPrompt('word '.repeat(40), []);
    assert.ok(title.endsWith('word…'), title);
  });

  it('has at most 60 characters and never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const title = titleFromPrompt(text, []);
        assert.ok(Array.from(new Intl.Segmenter().segment(title)).length <= 60);
        assert.ok(title.isWellFormed());
      }),
    );
  });
});
