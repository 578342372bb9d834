/** The brackets of a text that have no partner in it. */
interface OpenBrackets {
  /** Closing brackets that close nothing in the text, in order. */
  readonly unopened: readonly { readonly bracket: string; readonly at: number }[];
  /** Opening brackets that nothing in the text closes, in order. */
  readonly unclosed: string;
}

const partners: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Finds the brackets without a partner. Skips strings that end on their line, and comments up to the end of their line.
 *
 * @param comment The beginning of a comment, such as `//`.
 */
export function scanBrackets(text: string, comment: string): OpenBrackets {
  const unopened: { readonly bracket: string; readonly at: number }[] = [];
  const open: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '"' || character === "'" || character === '`') at = endOfString(text, at);
    else if (text.startsWith(comment, at)) at = endOfLine(text, at);
    else if (partners[character] !== undefined) open.push(character);
    else if (character === ')' || character === ']' || character === '}') {
      if (partners[open.at(-1) ?? ''] === character) open.pop();
      // A bracket of another kind belongs to something that this scan does not understand, such as a regular expression.
      else if (open.length === 0) unopened.push({ bracket: character, at });
    }
  }
  return { unopened, unclosed: open.join('') };
}

/** The place of the quote that closes a string; the place of the opening quote if the string does not end on its line. */
function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === quote) return at;
    if (character === '\n') break;
    if (character === '\\') at += 1;
  }
  return start;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
