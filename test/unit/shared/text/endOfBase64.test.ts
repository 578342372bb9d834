import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { endOfBase64 } from '../../../../src/shared/text/endOfBase64';

describe('endOfBase64', () => {
  it('finds the end of any content, in both alphabets', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.constantFrom<BufferEncoding>('base64', 'base64url'),
        fc.constantFrom('', '=', '.', ' ', '"', '中', '\n', '@', '[', '`', '{'),
        (bytes, encoding, after) => {
          const letters = Buffer.from(bytes).toString(encoding).replaceAll('=', '');
          equal(endOfBase64(`,${letters}${after}AAAA`, 1), 1 + letters.length + (after === '' ? 4 : 0));
        },
      ),
    );
  });

  it('reads 40 million characters', () => {
    equal(endOfBase64('A'.repeat(40_000_000), 0), 40_000_000);
  });
});
