import { lineAfter, lineBefore, type CompletionPlace } from './completionPlace';
import { traitsOf } from './traitsOf';
import { beginsInWord, endsInWord } from './endsInWord';

/**
 * How much a completion may add at a place.
 * - `none`: nothing, and nothing is requested.
 * - `line`: the rest of the line.
 * - `body`: the block that the line of the cursor opens.
 * - `paragraph`: lines up to an empty one or to the end of the block around the cursor.
 */
export type CompletionShape = 'none' | 'line' | 'body' | 'paragraph';

/** What may follow the cursor on its line so that a block still fits: closing brackets and quotes, which editors add by themselves. */
const onlyClosers = /^[\s)\]}>"'`]{0,20}[;,:{]?\s{0,20}$/;

/** Words that begin a line with a block, in most languages. */
const blockWords = new Set(
  'export default public private protected internal static async abstract final pub unsafe override virtual inline open data sealed func fn fun def class function interface struct enum impl trait if else elif for foreach while switch try catch except finally match with do namespace module unless until when sub proc'.split(
    ' ',
  ),
);

/** Ends of a line after which its block begins. */
const openings = ['{', '(', '[', '=>', '->', ' do', ' then', 'begin'];

/** Decides how much a completion may add. */
export function shapeOf(place: CompletionPlace): CompletionShape {
  const line = lineBefore(place);
  const rest = lineAfter(place);
  if (endsInWord(line) && beginsInWord(rest)) return place.isInvoked ? 'line' : 'none';
  const isBlank = line.trim() === '';
  if (rest.trim() !== '') {
    if (isBlank) return place.isInvoked ? 'line' : 'none';
    // Between the two braces that the editor has just added.
    if (line.trimEnd().endsWith('{') && rest.trimStart().startsWith('}') && onlyClosers.test(rest))
      return 'body';
    return 'line';
  }
  const { isProse } = traitsOf(place.languageId);
  if (isBlank) return 'paragraph';
  if (isProse) return 'line';
  return opensBlock(line, place.languageId) ? 'body' : 'line';
}

function opensBlock(line: string, languageId: string): boolean {
  const text = line.trim();
  const { comment, opensWithColon } = traitsOf(languageId);
  if (text.startsWith(comment) || text.startsWith('*')) return false;
  if (openings.some((opening) => text.endsWith(opening.trimStart()) && line.trimEnd().endsWith(opening)))
    return true;
  if (text.endsWith(':')) return opensWithColon || /^(?:case|default)\b/.test(text);
  if (text.endsWith(';')) return false;
  const [first = ''] = /^[a-z]{1,12}(?![\w$])/.exec(text) ?? [];
  // A line with one word only may become anything.
  return blockWords.has(first) && text.length > first.length;
}
