import type { BalanceAmount, BalanceUnit } from '../../../core/models/balance';

/** A field of a reply. Any of them may be absent and may have any type. */
type Fields = Readonly<Record<string, unknown>>;

/** No balance is as large as this. */
const largest = 1e15;

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/**
 * Reads a number, or a plain decimal number in a string: "110.00". Undefined for everything else, such as "1,234", "12 USD",
 * true and ''. A number that could be read in two ways is not read.
 */
export function numberIn(value: unknown): number | undefined {
  const isDecimal = typeof value === 'string' && /^[+-]?\d{1,15}(?:\.\d{1,20})?$/.test(value.trim());
  const number = isDecimal ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) < largest ? number : undefined;
}

/** An amount without the digits that only the arithmetic of fractions leaves. */
export function amountIn(amount: number, unit: BalanceUnit): BalanceAmount {
  return { amount: Number(amount.toPrecision(12)), unit };
}
