import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isBase64DataUrl } from '../../../../src/shared/text/isBase64DataUrl';

const head = /^data:image\/png;base64,/;

describe('isBase64DataUrl', () => {
  it('knows the URL of any content', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const content = Buffer.from(bytes).toString('base64');
        assert.ok(isBase64DataUrl(`data:image/png;base64,${content}`, head));
        assert.ok(!isBase64DataUrl(`data:image/png;base64,${content}"`, head));
        assert.ok(!isBase64DataUrl(`data:text/html;base64,${content}`, head));
      }),
    );
  });

  for (const url of [
    '',
    'data:image/png;base64,',
    'data:image/png;base64,=',
    'data:image/png;base64,AA=A',
    'data:image/png;base64,A A',
    ' data:image/png;base64,AAAA',
  ])
    it(`refuses ${JSON.stringify(url)}`, () => {
      assert.ok(!isBase64DataUrl(url, head));
    });

  it('reads a picture of 40 million characters', () => {
    assert.ok(isBase64DataUrl(`data:image/png;base64,${'A'.repeat(40_000_000)}`, head));
  });
});
