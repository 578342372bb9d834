import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  hasBinaryName,
  isBinary,
  longestBinaryText,
  textOfBinary,
} from '../../../../src/core/context/isBinary';

describe('isBinary', () => {
  it('recognises pictures, archives and programs by their extensions', () => {
    for (const path of ['logo.PNG', 'a/b.zip', 'x.wasm', 'lib.so'])
      assert.equal(hasBinaryName(path), true, path);
    for (const path of ['a.ts', 'png', 'a.png/readme', '.so', 'image.svg']) {
      assert.equal(hasBinaryName(path), false, path);
    }
  });

  it('accepts any text in UTF-8, and in UTF-16 with a byte order mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = text.replaceAll('\0', '');
        assert.equal(isBinary(new TextEncoder().encode(plain)), false);
        assert.equal(isBinary(Buffer.from(`\uFEFF${plain}`, 'utf16le')), false);
      }),
    );
  });

  it('rejects bytes with a zero byte near the beginning', () => {
    assert.equal(isBinary(new Uint8Array([72, 105, 0, 72])), true);
  });
});

describe('textOfBinary', () => {
  it('keeps readable text and puts one mark for each unreadable stretch', () => {
    assert.deepEqual(textOfBinary('\0\x01\x02ELF\uFFFD\uFFFDlibc.so\n\tusage: äß 中文 😀\0'), {
      text: '\uFFFDELF\uFFFDlibc.so\n\tusage: äß 中文 😀\uFFFD',
      truncated: false,
    });
  });

  it('never exceeds its limit, never ends inside a surrogate pair, and reports a cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(3), (text, shift) => {
        const whole = 'x'.repeat(longestBinaryText - shift) + text;
        const made = textOfBinary(whole);
        assert.ok(made.text.length <= longestBinaryText && made.text.isWellFormed());
        assert.ok(made.truncated || made.text.length <= whole.length);
      }),
    );
    assert.equal(textOfBinary('x'.repeat(longestBinaryText + 1)).truncated, true);
  });
});
