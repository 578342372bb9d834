/** A number in few characters in the style of a language: "1.2k", "1.2万". */
export function compactNumber(value: number, language: string): string {
  const format = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  return format.format(value).replace('K', 'k');
}
