/**
 * Text as a search compares it: whatever its case and however its letters were composed. Usable for
 * any language; the final sigma and the Turkish dotted I count as their plain letters.
 */
export function foldText(text: string): string {
  const lower = text.normalize('NFC').toLowerCase();
  // The lower case of the dotted I is an i and a combining dot.
  return lower.replaceAll('ς', 'σ').replaceAll('\u0307', '');
}

/** The words of a query, folded; none for a blank one. */
export function queryWords(query: string): string[] {
  return [...new Set(foldText(query).split(/\s+/u))].filter((word) => word !== '');
}
