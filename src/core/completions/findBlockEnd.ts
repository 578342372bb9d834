import { lineBefore, type CompletionPlace } from './completionPlace';
import type { CompletionShape } from './completionShape';
import { indentOf } from './indentOf';
import { traitsOf } from './traitsOf';
import { scanBrackets } from './scanBrackets';

/**
 * Finds where a completion that is still arriving has reached its end: the end of the line, of the block or of the paragraph.
 *
 * @param text What has arrived. Its last line counts only if it is complete.
 * @param isWhole True if no more text comes.
 * @returns The length of the completion in UTF-16 units; undefined if it may go on.
 */
export function findBlockEnd(
  text: string,
  place: CompletionPlace,
  shape: CompletionShape,
  isWhole: boolean,
): number | undefined {
  if (shape === 'none') return 0;
  if (shape === 'line') {
    const end = text.indexOf('\n');
    return end === -1 ? undefined : end;
  }
  const lines = text.split('\n');
  const complete = isWhole ? lines.length : lines.length - 1;
  const opening = lineBefore(place) + (lines[0] ?? '');
  const first = lines.findIndex((line, index) => (index === 0 ? opening : line).trim() !== '');
  if (first === -1 || first >= complete) return undefined;
  const base = indentOf(first === 0 ? opening : (lines[first] ?? ''));
  const block = { place, base, isBody: shape === 'body', first };
  let end = 0;
  for (const [index, line] of lines.slice(0, complete).entries()) {
    const before = end;
    end += line.length + 1;
    if (index <= first || line.trim() === '') continue;
    const soFar = text.slice(0, before);
    const verdict = judgeLine(line, lines.slice(0, index), soFar, block);
    if (verdict === 'before') return soFar.trimEnd().length;
    if (verdict === 'after') return end - 1;
  }
  return undefined;
}

interface Block {
  readonly place: CompletionPlace;
  /** The indentation of the line that opens the block, or of the first line of a paragraph. */
  readonly base: number;
  readonly isBody: boolean;
  readonly first: number;
}

/** Decides whether the completion ends before a line, after it or not at all. */
function judgeLine(
  line: string,
  earlier: readonly string[],
  soFar: string,
  { place, base, isBody, first }: Block,
): 'before' | 'after' | undefined {
  const indent = indentOf(line);
  const { isProse, comment } = traitsOf(place.languageId);
  if (indent < base && !isProse) return 'before';
  const isAfterBlank = earlier.length > first + 1 && earlier.at(-1)?.trim() === '';
  if (isProse) return isAfterBlank ? 'before' : undefined;
  if (indent > base) return undefined;
  const trimmed = line.trim();
  const { unclosed, unopened } = scanBrackets(lineBefore(place) + soFar, comment);
  if (unclosed === '' && unopened.length === 0 && isAfterBlank) return 'before';
  if (!isBody) return undefined;
  if (isCloser(trimmed)) {
    // `} else {` and `): string {` go on.
    if (/[{([]$|\b(?:do|then|else)$/.test(trimmed)) return undefined;
    return isInSuffix(trimmed, indent, place) ? 'before' : 'after';
  }
  // A brace on a line of its own opens the body.
  if (trimmed === '{' || trimmed === 'begin' || unclosed !== '') return undefined;
  return 'before';
}

function isCloser(trimmed: string): boolean {
  return /^(?:[)\]}]|<\/|end\b|fi\b|done\b|esac\b)/.test(trimmed);
}

/** True if the text after the cursor already has this closing line. */
function isInSuffix(trimmed: string, indent: number, { after }: CompletionPlace): boolean {
  const next = after
    .slice(after.indexOf('\n') + 1)
    .split('\n', 20)
    .find((line) => line.trim() !== '');
  const sameLine = after.split('\n', 1)[0]?.trim() ?? '';
  if (sameLine !== '' && trimmed.startsWith(sameLine)) return true;
  return after.includes('\n') && next?.trim() === trimmed && indentOf(next) === indent;
}
