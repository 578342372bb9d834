import assert from 'node:assert/strict';
import fc from 'fast-check';
import { titleFromPrompt } from '../../../../src/core/conversation/titleFromPrompt';
import { codeAttachment } from '../../../support/messages';

describe('title', () => {
  it('is the first line that says something', () => {
    assert.equal(titleFromPrompt('\n\n  How do   I sort?\nIn Python.', []), 'How do I sort?');
  });

  it('names the code that the prompt is about', () => {
    assert.equal(
      titleFromPrompt('Explain this code.', [codeAttachment({ name: 'add.ts' })]),
      'Explain this code. (add.ts)',
    );
  });

  it('is cut at a word', () => {
    const title = titleFromPrompt('word '.repeat(40), []);
    assert.ok(title.endsWith('word…'), title);
  });

  it('has at most 60 characters and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const title = titleFromPrompt(text, []);
        assert.ok(Array.from(new Intl.Segmenter().segment(title)).length <= 60);
        assert.ok(title.isWellFormed());
      }),
    );
  });
});
