/** Languages of VS Code whose files are written text. An answer without a code block is then the text itself. */
const textLanguages: ReadonlySet<string> = new Set([
  'asciidoc',
  'bibtex',
  'git-commit',
  'latex',
  'markdown',
  'mdx',
  'plaintext',
  'quarto',
  'restructuredtext',
  'scminput',
  'tex',
  'typst',
]);

/** True for a language whose files are written text and not code. */
export function isTextLanguage(languageId: string): boolean {
  return textLanguages.has(languageId);
}

/** True for a language in which fenced code blocks are part of the text. */
export function hasFences(languageId: string): boolean {
  return languageId === 'markdown' || languageId === 'mdx' || languageId === 'quarto';
}
