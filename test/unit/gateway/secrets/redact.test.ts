import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { redact } from '../../../../src/gateway/secrets/redact';
import { canaryKey } from '../asking';

const bytes = Buffer.from(canaryKey);

describe('redact', () => {
  const forms: Readonly<Record<string, string>> = {
    'by its first half': canaryKey.slice(0, 14),
    'by its last twelve characters': canaryKey.slice(-12),
    'with a line end in it': `${canaryKey.slice(0, 9)}\n    ${canaryKey.slice(9)}`,
    'with a zero-width space in it': `${canaryKey.slice(0, 9)}\u200b${canaryKey.slice(9)}`,
    'in base64, after a user name': Buffer.from(`user:${canaryKey}`).toString('base64').slice(7),
    'in base64url': bytes.toString('base64url'),
    'in hexadecimal digits': bytes.toString('hex'),
    'in large hexadecimal digits': bytes.toString('hex').toUpperCase(),
    'percent by percent': [...bytes].map((byte) => `%${byte.toString(16)}`).join(''),
    'in escapes of JSON': [...bytes].map((byte) => `\\u00${byte.toString(16)}`).join(''),
  };
  for (const [how, form] of Object.entries(forms)) {
    it(`finds a key that is written ${how}`, () => {
      equal(redact(`Wrong key <${form}>.`, [canaryKey]), 'Wrong key <[redacted]>.');
    });
  }

  it('leaves no twelve characters of a key in any text, wherever the key is cut', () => {
    const piece = fc.tuple(fc.nat(27), fc.nat(27)).map(([from, to]) => canaryKey.slice(from, to));
    const around = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom(' ', '\n', '\t', '', '/', 'sk-'));
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, around), { maxLength: 12 }), (pieces) => {
        const shown = redact(pieces.join(''), [canaryKey]).replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, '');
        for (let at = 0; at + 12 <= canaryKey.length; at += 1) {
          ok(!shown.includes(canaryKey.slice(at, at + 12)), shown);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps parts of an address or a media type of the headers', () => {
    const text = 'See https://parley.test/docs, application/xml.';
    equal(redact(text, ['https://parley.test/v2', 'application/json']), text);
  });

  it('keeps words that equal a part of a short secret in base64', () => {
    equal(redact('RlZX and ZXN0', ['test']), 'RlZX and ZXN0');
  });
});
