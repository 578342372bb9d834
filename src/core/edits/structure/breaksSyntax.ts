/** A parser for the languages of which VS Code includes a grammar. */
export interface SyntaxParser {
  /**
   * Counts the syntax errors in a text.
   *
   * @param languageId VS Code's id of the language.
   * @returns Undefined for a language without a grammar and for a text that is too large.
   */
  countErrors(text: string, languageId: string): Promise<number | undefined>;
}

/** True when the text has syntax errors after a change but had none before: some code is probably at the wrong place. */
export async function breaksSyntax(
  parser: SyntaxParser,
  languageId: string,
  before: string,
  after: string,
): Promise<boolean> {
  if ((await parser.countErrors(before, languageId)) !== 0) return false;
  return ((await parser.countErrors(after, languageId)) ?? 0) > 0;
}
