/** Marks that begin a comment in any language, longer ones first. */
const marks = [
  ...[
    '///',
    '//!',
    '//',
    '/**',
    '/*',
    '<!--',
    '{/*',
    '{{!--',
    '{{/*',
    '{#',
    '<%#',
    '<%--',
    '@*',
    '(*',
    '{-',
    '#=',
    '"""',
    "'''",
  ],
  ...['##', '#', '--', ';;', ';', '%', "' ", 'REM ', 'rem ', '!-- ', '::', 'dnl '],
];
const ends = ['*/}}', '*/}', '*/', '-->', '--}}', '#}', '--%>', '%>', '*@', '*)', '-}', '=#', '"""', "'''"];

const directives =
  /^#\s{0,4}(?:include|define|undef|if|ifdef|ifndef|elif|else|endif|pragma|error|warning|import|region|endregion|nullable|using|line)(?![\p{L}\p{N}])/u;

/**
 * The text of a line that consists of one comment, without the marks of any language; undefined for other lines. Linear time.
 */
export function commentText(line: string): string | undefined {
  const text = line.trim();
  const mark = marks.find((candidate) => text.startsWith(candidate)) ?? (text === "'" ? "'" : undefined);
  if (mark === undefined || !isComment(text, mark)) return undefined;
  let from = mark.length;
  // A longer mark of the same character: `////`, `####`, `-----`.
  const sign = mark.at(-1) ?? '';
  while (from < text.length && '/#-;%*'.includes(sign) && text[from] === sign) from++;
  const inner = text.slice(from).trim();
  const end = ends.find((candidate) => inner.endsWith(candidate));
  return (end === undefined ? inner : inner.slice(0, inner.length - end.length)).trim();
}

/** False when a comment mark of one language begins code of another: `#include`, `#id {`, `#[derive]`, `--i;`, `::method`. */
function isComment(text: string, mark: string): boolean {
  const next = text[mark.length] ?? ' ';
  switch (mark) {
    case '#':
      return !'[!('.includes(next) && !text.endsWith('{') && !text.endsWith(',') && !directives.test(text);
    case '--':
      return !/[\w$]/.test(next) || !/[;)]$/.test(text);
    case '%':
      return !/[\w({]/.test(next) || /\s/.test(text);
    case '::':
    case ';':
      return /[\s.…]/.test(next);
    case '//':
    case '///':
    case '//!':
      return true;
    default:
      // Text after the end of the comment is code.
      return !ends.some((end) => {
        const at = text.indexOf(end, mark.length);
        return (
          at !== -1 &&
          at + end.length < text.length &&
          !/^[\s}]*$/.test(text.slice(at + end.length, at + 200))
        );
      });
  }
}

/** True for a line that consists of a comment, and for a line of a block comment that begins with a star. */
export function isCommentLine(line: string): boolean {
  const text = line.trim();
  return /^\*(?:\s|\/|$)/.test(text) || commentText(text) !== undefined;
}
