/** The place in a document where a completion is wanted. All line ends are `\n`, whatever the document has. */
export interface CompletionPlace {
  /** Identifies the document. A completion of one document is never shown in another. */
  readonly documentId: string;
  /** VS Code's id of the language, such as `python`. */
  readonly languageId: string;
  /** UTF-16 units between the beginning of the document and the cursor. */
  readonly offset: number;
  /** The text that ends at the cursor. Begins at the start of a line, maybe not of the first one. */
  readonly before: string;
  /** The text that begins at the cursor, maybe not to the document's end. */
  readonly after: string;
  /** True if the user asked for a completion with a command. */
  readonly isInvoked: boolean;
  /**
   * How many UTF-16 units at the end of `before` are not in the document yet, because they belong to the row that is selected in the
   * list of suggestions; usually 0.
   */
  readonly pending: number;
}

/** The line of the cursor up to the cursor. */
export function lineBefore({ before }: Pick<CompletionPlace, 'before'>): string {
  return before.slice(before.lastIndexOf('\n') + 1);
}

/** The line of the cursor from the cursor on, without its line end. */
export function lineAfter({ after }: Pick<CompletionPlace, 'after'>): string {
  const end = after.indexOf('\n');
  return end === -1 ? after : after.slice(0, end);
}
