/** Currencies whose short symbol names only them among those that gateways use. "¥" is the yuan; other currencies show their code. */
const withSymbol: ReadonlySet<string> = new Set(['USD', 'CNY', 'EUR', 'GBP']);

/** A smaller amount is shown as "< $0.000000001". */
const smallest = 1e-9;

/**
 * Writes an amount for reading: two digits after the point from 1 on, three significant digits below. "$12.35", "$0.50",
 * "$0.000012", "¥3". It never shows digits that only the arithmetic of fractions has left.
 *
 * @param currency A code of ISO 4217 in upper case.
 */
export function formatMoney(amount: number, currency: string, language: string): string {
  const size = Math.abs(amount);
  if (size > 0 && size < smallest) return `< ${formatMoney(smallest, currency, language)}`;
  const exponent = size === 0 ? 0 : Math.floor(Math.log10(size));
  const digits = exponent >= 0 ? 2 : 2 - exponent;
  const shown = Number(amount.toFixed(digits));
  return format(shown, currency, language, digits);
}

/** Writes a price with all its digits up to the sixth after the point: "$3", "$0.15", "$0.075". */
export function formatPrice(value: number, currency: string, language: string): string {
  return format(value, currency, language, value < 0.01 ? 6 : 4);
}

/** At least two digits after the point, or none. */
function format(value: number, currency: string, language: string, digits: number): string {
  return value.toLocaleString(language, {
    style: 'currency',
    currency,
    currencyDisplay: withSymbol.has(currency) ? 'narrowSymbol' : 'code',
    minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
    maximumFractionDigits: digits,
  });
}
