/** Reads a currency code of ISO 4217 in any case; undefined if the text cannot be one. */
export function currencyCode(text: string): string | undefined {
  return /^[a-z]{3}$/i.test(text) ? text.toUpperCase() : undefined;
}
