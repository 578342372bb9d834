import { isFormula } from './mathMarks';

/** The longest formula between single dollar signs, in characters. */
const longestInLine = 500;

/** Text that never begins a formula: a variable of a shell or a template, a call, or the end of a quotation. */
const noFormula =
  /^(?:\{\{|\{[A-Za-z_][\w.:-]+[^{}\\^]*\}|_(?:[A-Za-z]{2}|[^\w{\\])|[/)}'"#@&%?!,;:]|\.(?!\d)|[”’，。；：、）》」』])/;

/**
 * Reads a formula between single dollar signs. The rules keep prices and variables from becoming formulas: those of
 * Pandoc, and in addition letters beside the signs and the look of the content.
 *
 * @param position The position of the opening sign.
 * @returns The position of the closing sign; `open` or `price` if there is none yet; undefined for text.
 */
export function readDollar(
  src: string,
  position: number,
  length: number,
): number | 'open' | 'price' | undefined {
  const next = src.charAt(position + 1);
  if (/[A-Za-z0-9]/.test(src.charAt(position - 1)) || (next !== '' && /\s/.test(next))) return undefined;
  if (noFormula.test(src.slice(position + 1, position + 80))) return undefined;
  const limit = Math.min(length, position + longestInLine);
  for (let end = position + 1; end < limit; end += 1) {
    const character = src.charAt(end);
    if (character === '\n' || character === '`') return undefined;
    if (character === '\\') end += 1;
    else if (character === '$') {
      const content = src.slice(position + 1, end);
      return closes(content, src.slice(end + 1, end + 5)) && isFormula(content) ? end : undefined;
    }
  }
  if (src.length - position >= longestInLine) return undefined;
  return /[\\A-Za-z({]/.test(next) && src.length - position < 80 ? 'open' : 'price';
}

/**
 * True if a dollar sign between these texts closes a formula: the text after it is not another variable, call or price.
 */
function closes(content: string, after: string): boolean {
  if (/\s$/.test(content) || !/^(?:[^A-Za-z0-9$_{]|$|(?:st|nd|rd|th|s)\b)/.test(after)) return false;
  return !(content.startsWith('(') && after.startsWith('('));
}
