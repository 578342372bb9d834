import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { createTranslate } from '../../../../src/shared/kit/translate';

describe('createTranslate', () => {
  it('fills the placeholders of a translation in any order', () => {
    const t = createTranslate({ '{0} of {1}': '{1} davon {0}' });
    equal(t('{0} of {1}', 2, 3), '3 davon 2');
  });

  it('leaves a message without a translation in English', () => {
    equal(createTranslate({})('Send'), 'Send');
    equal(createTranslate({})('toString'), 'toString');
  });

  it('keeps a placeholder without a value, so that the mistake is visible', () => {
    equal(createTranslate({})('{0} and {1}', 'one'), 'one and {1}');
  });

  it('inserts values unchanged, also values that look like placeholders', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('{0}', '{1}', '$&', '$1')), (value) => {
        equal(createTranslate({})('<{0}|{1}>', value, value), `<${value}|${value}>`);
      }),
    );
  });
});
