import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchesGlob } from '../../../../src/core/models/matchesGlob';

describe('matchesGlob', () => {
  it('lets an asterisk match any characters, and a question mark one', () => {
    assert.ok(matchesGlob('open*/gpt-?', 'openai/models/gpt-5'));
    assert.ok(!matchesGlob('gpt-?', 'gpt-'));
    assert.ok(!matchesGlob('gpt-?', 'gpt-51'));
    assert.ok(matchesGlob('gpt-?', 'gpt-\u{1f600}'));
  });

  it('matches any text literally when the pattern has no wildcard', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '.', '+', '(', '[', '\\', '$', '/', '^', '{', '|') }),
        (text) => {
          assert.ok(matchesGlob(text, text));
          assert.ok(matchesGlob('*', text));
          assert.equal(matchesGlob(text, `${text}x`), false);
        },
      ),
    );
  });
});
