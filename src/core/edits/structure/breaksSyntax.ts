/** A parser for the languages that the editor brings along. */
export interface SyntaxParser {
  /**
   * How many errors a text has by its language's grammar.
   *
   * @param languageId VS Code's id.
   * @returns undefined for a language without a grammar, and for texts that are too large.
   */
  countErrors(text: string, languageId: string): Promise<number | undefined>;
}

/** Whether a change makes a text that has no error into one that has: something went to the wrong place then. */
export async function breaksSyntax(
  parser: SyntaxParser,
  languageId: string,
  before: string,
  after: string,
): Promise<boolean> {
  if ((await parser.countErrors(before, languageId)) !== 0) return false;
  return ((await parser.countErrors(after, languageId)) ?? 0) > 0;
}
