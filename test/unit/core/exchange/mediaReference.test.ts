import assert from 'node:assert/strict';
import { posix } from 'node:path';
import fc from 'fast-check';
import { mediaReference } from '../../../../src/core/exchange/mediaReference';

const from = '/w/docs/guide.md';

describe('a reference to a picture', () => {
  const rows: readonly (readonly [language: string, to: string, text: string])[] = [
    ['markdown', '/w/docs/cat.png', '![A cat](cat.png)'],
    ['markdown', '/w/img/a cat (1).png', '![A cat](../img/a%20cat%20%281%29.png)'],
    ['html', '/w/docs/img/cat.png', '<img src="img/cat.png" alt="A cat">'],
    ['vue', '/w/docs/a"b.png', '<img src="a%22b.png" alt="A cat">'],
    ['typescript', '/w/img/a cat.png', '../img/a cat.png'],
  ];
  for (const [languageId, to, text] of rows)
    it(`is ${text} in ${languageId}`, () => {
      assert.equal(mediaReference({ from, to, languageId, name: 'A cat' }), text);
    });

  it('is the whole path where no relative path leads to the file', () => {
    const reference = { from: undefined, to: '/home/me/cat.png', languageId: 'markdown', name: 'A cat' };
    assert.equal(mediaReference(reference), '![A cat](/home/me/cat.png)');
  });

  it('escapes a name that would end the text', () => {
    const reference = { from, to: '/w/docs/a.png', name: 'a](x) "b" <c>' };
    assert.equal(
      mediaReference({ ...reference, languageId: 'html' }),
      '<img src="a.png" alt="a](x) &quot;b&quot; &lt;c>">',
    );
    assert.ok(!mediaReference({ ...reference, languageId: 'markdown' }).startsWith('![a](x)'));
  });

  it('leads from the document to the file', () => {
    const folder = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 });
    fc.assert(
      fc.property(folder, folder, (one, other) => {
        const document = `/${[...one, 'x.ts'].join('/')}`;
        const file = `/${[...other, 'y.png'].join('/')}`;
        const path = mediaReference({ from: document, to: file, languageId: 'typescript', name: '' });
        assert.equal(posix.join(posix.dirname(document), path), file);
      }),
    );
  });
});
