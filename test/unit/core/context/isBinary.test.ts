import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasBinaryName, isBinary } from '../../../../src/core/context/isBinary';

describe('binary content', () => {
  it('knows pictures, archives and programs by their names', () => {
    for (const path of ['logo.PNG', 'a/b.zip', 'x.wasm', 'lib.so'])
      assert.equal(hasBinaryName(path), true, path);
    for (const path of ['a.ts', 'png', 'a.png/readme', '.so', 'image.svg']) {
      assert.equal(hasBinaryName(path), false, path);
    }
  });

  it('takes any text for text, in UTF-8 and in UTF-16 with its mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = text.replaceAll('\0', '');
        assert.equal(isBinary(new TextEncoder().encode(plain)), false);
        assert.equal(isBinary(Buffer.from(`\uFEFF${plain}`, 'utf16le')), false);
      }),
    );
  });

  it('takes a zero byte near the beginning for no text', () => {
    assert.equal(isBinary(new Uint8Array([72, 105, 0, 72])), true);
  });
});
