import { equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { formatMoney } from '../../../../src/shared/text/formatMoney';

const shown: readonly (readonly [number, string, string])[] = [
  [0, 'USD', '$0'],
  [3, 'USD', '$3'],
  [12.3456, 'USD', '$12.35'],
  [1234567.891, 'USD', '$1,234,567.89'],
  [0.5, 'USD', '$0.50'],
  [0.1 + 0.2, 'USD', '$0.30'],
  [0.12345, 'USD', '$0.123'],
  [0.0042, 'USD', '$0.0042'],
  [0.000012, 'USD', '$0.000012'],
  [0.0000123456, 'USD', '$0.0000123'],
  [0.9996, 'USD', '$1'],
  [1e-12, 'USD', '< $0.000000001'],
  [-0.5, 'USD', '-$0.50'],
  [5.4, 'CNY', '¥5.40'],
  [5.4, 'EUR', '€5.40'],
];

describe('an amount of money', () => {
  for (const [amount, currency, text] of shown) {
    it(`is shown as ${text}`, () => {
      equal(formatMoney(amount, currency, 'en'), text);
    });
  }

  it('has the signs of dollar and yuan in Chinese too', () => {
    equal(formatMoney(0.000012, 'USD', 'zh-cn'), '$0.000012');
    equal(formatMoney(12.5, 'CNY', 'zh-cn'), '¥12.50');
  });

  it('names a currency that shares its sign with another one', () => {
    match(formatMoney(120, 'JPY', 'en'), /^JPY\s120$/);
    match(formatMoney(1.5, 'AUD', 'en'), /^AUD\s1\.50$/);
  });

  it('is within half of its last digit, and has no dust', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000_000 }), { maxLength: 50 }), (millionths) => {
        // Sums of decimal fractions have dust, sums of whole numbers do not.
        const amount = millionths.reduce((sum, count) => sum + count / 1_000_000, 0);
        const exact = millionths.reduce((sum, count) => sum + count, 0) / 1_000_000;
        const text = formatMoney(amount, 'USD', 'en');
        const read = Number(text.replaceAll(/[$,]/g, ''));
        ok(Math.abs(read - exact) <= Math.max(0.005, 0), text);
        ok(exact === 0 || Math.abs(read - exact) / exact <= 0.005, text);
        ok((text.split('.')[1] ?? '').replace(/^0*/, '').length <= 3, text);
      }),
    );
  });
});
