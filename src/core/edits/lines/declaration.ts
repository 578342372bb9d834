import { indentWidth, outermostWidth } from './plainLine';

const modifiers = String.raw`(?:(?:export|default|declare|public|private|protected|internal|static|final|abstract|async|override|readonly|sealed|virtual|partial|open|suspend|inline|unsafe|extern|pub(?:\([^)]*\))?|const)\s+)*`;
const keywords = String.raw`(?:function\s*\*?|class|interface|enum|namespace|module|trait|struct|union|record|object|protocol|extension|def|fn|func(?:\s*\([^)]*\))?|fun|sub|procedure|type|mod|macro_rules!)`;
const byKeyword = new RegExp(String.raw`^\s*${modifiers}${keywords}\s+([\p{L}_$][\p{L}\p{N}_$.:?!]*)`, 'u');
const byAssignment =
  /^\s*(?:export\s+)?(?:const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)\b[^=]*=\s*(?:async\b|function\b|\(|[\p{L}_$][\p{L}\p{N}_$]*\s*=>|class\b)/u;
const byParameters =
  /^\s*(?:[\p{L}_$][\p{L}\p{N}_$<>[\],.?*&:]*\s+)*[*&]?(?:get\s+|set\s+)?([#\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^>]*>)?\([^;]*(?:\{|\($|,$)\s*$/u;
/** Longest line that is searched for a declaration, in UTF-16 units. */
const longest = 500;
const noNames: ReadonlySet<string> = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'else',
  'with',
  'match',
  'foreach',
  'using',
  'lock',
  'do',
  'try',
  'function',
  'new',
  'await',
  'throw',
  'typeof',
  'super',
  'describe',
  'it',
  'test',
]);

/** The name of the function, method, class or the like whose declaration begins in a line; undefined for any other line. */
export function declaredName(line: string): string | undefined {
  if (line.length > longest) return undefined;
  const name = (byKeyword.exec(line) ?? byAssignment.exec(line))?.[1];
  if (name !== undefined) return name;
  // A call with arguments over several lines looks like a method. Only a line that ends with an opening brace is one.
  const method = /\{\s*$/.test(line) && !/=>\s*\{\s*$/.test(line) ? byParameters.exec(line)?.[1] : undefined;
  return method === undefined || noNames.has(method) ? undefined : method;
}

/**
 * The line after the end of a declaration, found by indentation: its body is deeper than its first line, and its closing line has
 * the depth of the first line.
 */
export function declarationEnd(lines: readonly string[], start: number): number {
  const depth = indentWidth(lines[start] ?? '');
  let end = start + 1;
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const inside = indentWidth(line) > depth;
    const closes = indentWidth(line) === depth && /^\s*(?:[)\]}]|end\b|\{|#\})/.test(line);
    if (!inside && !closes) break;
    end = index + 1;
    // `) {` closes the parameters and opens the body; a lone `{` opens it; `} else {` goes on.
    if (closes && !/[({[:]\s*$|^\s*\{/.test(line) && !/=>\s*$/.test(line)) break;
  }
  return end;
}

/** The first of the comment and decorator lines that stand right above a declaration; `start` itself when there are none. */
export function declarationHead(lines: readonly string[], start: number, low: number): number {
  const depth = indentWidth(lines[start] ?? '');
  let head = start;
  while (head > low) {
    const line = lines[head - 1] ?? '';
    if (indentWidth(line) < depth || !/^\s*(?:\/\/|\/\*|\*|#|@|--\s|""")/.test(line)) break;
    if (/^\s*#\s*(?:include|define|if|endif|pragma|!)/.test(line)) break;
    head--;
  }
  return head;
}

/** A complete declaration in a code block, with the comments and decorators above it. */
export interface Declaration {
  readonly name: string;
  /** Lines of the block, counted from 0: the first comment, the declaration, and the line after it. */
  readonly head: number;
  readonly start: number;
  readonly end: number;
}

/** The declarations of a segment; undefined when the segment has anything else on its outermost level. */
export function readDeclarations(lines: readonly string[]): readonly Declaration[] | undefined {
  const declarations: Declaration[] = [];
  const depth = outermostWidth(lines);
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const name = declaredName(line);
    if (indentWidth(line) === depth && name !== undefined) {
      const head = declarationHead(lines, index, declarations.at(-1)?.end ?? 0);
      const end = declarationEnd(lines, index);
      declarations.push({ name, head, start: index, end });
      index = end;
    } else if (line.trim() === '' || /^\s*(?:\/\/|\/\*|\*|#(?!include)|@|--\s)/.test(line)) index++;
    else return undefined;
  }
  const last = declarations.at(-1);
  const first = declarations[0];
  if (first === undefined || last === undefined) return undefined;
  return lines.slice(last.end).every((line) => line.trim() === '') && isWhole(lines, declarations)
    ? declarations
    : undefined;
}

/** False when a declaration is only a beginning, because its brackets do not close. */
function isWhole(lines: readonly string[], declarations: readonly Declaration[]): boolean {
  return declarations.every(({ start, end }) => {
    const text = lines.slice(start, end).join('\n');
    const count = (sign: string): number => text.split(sign).length - 1;
    return end - start > 1 ? count('{') === count('}') || !text.includes('{') : /[;}]\s*$/.test(text);
  });
}
