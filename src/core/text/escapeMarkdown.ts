/** Text in one line, in which Markdown finds no markup. Runs of white space become one space. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>#|~&]/g, '\\$&');
}

/** Text in a fenced code block that the text cannot close. `language` is '' for none; see `fenceLanguage`. */
export function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  return `${fence}${fenceLanguage(language)}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** A language id that may follow a fence; '' for one with a character that language ids do not have. */
export function fenceLanguage(languageId: string): string {
  return /^[\w+#.-]*$/.test(languageId) ? languageId : '';
}

/** A name or a path as inline code in one line, in backticks that it cannot close. */
export function codeSpan(text: string): string {
  const singleLine = text.replaceAll(/[\r\n]+/g, ' ');
  const run = longestRunOfBackticks(singleLine);
  if (run === 0) return `\`${singleLine}\``;
  const delimiter = '`'.repeat(run + 1);
  return `${delimiter} ${singleLine} ${delimiter}`;
}

function longestRunOfBackticks(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
