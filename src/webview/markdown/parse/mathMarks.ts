/**
 * The longest formula, in characters. Longer text is not a formula, so that an opening mark cannot delay a long
 * paragraph.
 */
export const longestFormula = 3_000;

/** The marks around a displayed formula. */
export interface MathMarks {
  /** Length of the opening marks that are not a part of the formula. */
  readonly length: number;
  readonly close: string;
  /** The text that opens another one of the same kind inside. */
  readonly nested?: string;
}

/** Environments that are formulas without further marks. `tabular` and `itemize` are not. */
const environment =
  /\\begin\{((?:equation|align(?:ed|at|edat)?|flalign|gather(?:ed)?|multline|eqnarray|split|[dr]?cases|numcases|math|displaymath|subequations|array|CD|(?:[bBpvV]|small)?matrix)\*?)\}/y;

/** The marks of a displayed formula that open at a position. */
export function marksAt(text: string, position: number): MathMarks | undefined {
  if (text.startsWith('$$', position)) {
    const isLonger = text.charAt(position + 2) === '$' || text.charAt(position - 1) === '$';
    return isLonger ? undefined : { length: 2, close: '$$' };
  }
  if (text.startsWith(String.raw`\[`, position)) return { length: 2, close: String.raw`\]` };
  if (!text.startsWith(String.raw`\begin{`, position)) return undefined;
  environment.lastIndex = position;
  const [nested, name] = environment.exec(text) ?? [];
  return nested === undefined || name === undefined
    ? undefined
    : { length: 0, close: String.raw`\end{${name}}`, nested };
}

/** The position of the closing marks before `limit`; -1 if there are none. Marks after a backslash close nothing. */
export function closingAt(text: string, from: number, limit: number, { close, nested }: MathMarks): number {
  let depth = nested === undefined || text.startsWith(nested, from) ? 0 : 1;
  for (let at = from; at < limit; at += text.charAt(at) === '\\' ? 2 : 1) {
    if (nested !== undefined && text.startsWith(nested, at)) depth += 1;
    else if (text.startsWith(close, at)) {
      depth -= 1;
      if (depth <= 0) return at;
    }
  }
  return -1;
}

/**
 * A sign that only formulas have: a command, or an operator between terms. A backslash before Markdown punctuation is
 * an escape.
 */
const command = /\\[A-Za-z,;:\\ {}|]/;
const sign = /[\^=<>+/*|×÷·±≤≥≠≈≡→∞∑∏∫√∈∉⊂∪∩∂∇]|(?<!\\)_/;
const anything = /[A-Za-z0-9\\=+<>\u0370-\u03ff\u2100-\u22ff\u{1d400}-\u{1d7ff}*|-]/u;
const functions =
  /\b(?:sin|cos|tan|cot|sec|log|ln|lg|exp|max|min|sup|inf|lim|mod|gcd|lcm|det|dim|ker|deg|arg|dx|dy|dt)\b/g;

/** Two words, or a quotation. Linear: each word is read once. */
const prose =
  /(?<![A-Za-z])(?:[A-Za-z]{3,} {1,3}[A-Za-z]{3}|[A-Za-z]{2} {1,3}[A-Za-z]{4}|[A-Za-z]{4,} {1,3}[A-Za-z]{2})|["“”]/;

/** True if the text between marks is a formula rather than words, code or two prices. */
export function isFormula(content: string): boolean {
  if (!/[^\s\\.,;:]/.test(content) || !anything.test(content) || content.includes('`')) return false;
  if (command.test(content)) return true;
  const words = content.replaceAll(functions, '1');
  if (prose.test(words)) return false;
  if (sign.test(content)) return true;
  // Corners of a figure have names too.
  const isName = /^\s*(?:[A-Za-z]{1,3}|[a-z]{4}|[A-H]{4,8}|[B-DF-HJ-NP-TV-Z]{4})[\s.,;:]*$/.test(words);
  return (
    isName ||
    !/[A-Za-z]{5}|[A-Z]{4}|(?:^|\s)[a-z]{2,}(?:\s|$)|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/.test(words)
  );
}

/**
 * True if the text between escaped brackets is a formula. Brackets are also escaped to be shown: then the text is a
 * number, a word or code, and a name that is called or indexed comes before it.
 *
 * @param before The character before the opening bracket; '' for none.
 * @param after The two characters after the closing bracket.
 */
export function isInBrackets(content: string, before: string, after: string, display: boolean): boolean {
  if (!isFormula(content) || /^\\?\(/.test(after) || /\\[[(]/.test(content)) return false;
  if (command.test(content)) return true;
  if (/[A-Za-z0-9_)\]]/.test(before)) return false;
  if (display) return /[^=<>+]/.test(content) && /[\^=<>+]|(?<!\\)_/.test(content.replace(/^\^/, ''));
  return !/^\s*[a-z]{3,}\s*$/.test(content);
}

/** True if a displayed formula can be a block of its own: `\[ x \]` on its own lines can. */
export function isBlockFormula(content: string, { close }: MathMarks): boolean {
  if (!isFormula(content)) return false;
  return close !== String.raw`\]` || isInBrackets(content, '', '', true) || /^\s*[A-Za-z]\s*$/.test(content);
}
