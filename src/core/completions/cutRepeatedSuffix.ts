import { lineBefore, type CompletionPlace } from './completionPlace';
import { traitsOf } from './traitsOf';
import { scanBrackets } from './scanBrackets';
import { beginsInWord, endsInWord } from './endsInWord';

/** How much of the suffix is compared, in UTF-16 units. */
const longestCompared = 2_000;
/** A line of the suffix with fewer letters and digits may well come twice, such as `}` or `break;`. */
const fewestLetters = 9;

/**
 * Cuts the end of a completion that repeats what follows the cursor. Models do that if the gateway drops the suffix, or if they go
 * on after the gap.
 */
export function cutRepeatedSuffix(text: string, place: CompletionPlace): string {
  const suffix = place.after.slice(0, longestCompared);
  const isNewLine = lineBefore(place).trim() === '';
  return cutOverlap(cutLines(text, suffix, isNewLine), suffix, traitsOf(place.languageId).comment);
}

/**
 * Cuts from the first line on that begins a repetition of the lines after the cursor, whatever their indentation.
 *
 * @param isNewLine True if the text begins its line.
 */
function cutLines(text: string, suffix: string, isNewLine: boolean): string {
  const [, ...following] = suffix.split('\n');
  const wanted = following.map((line) => line.trim()).filter((line) => line !== '');
  const [first] = wanted;
  if (first === undefined) return text;
  const lines = text.split('\n');
  let length = 0;
  for (const [index, line] of lines.entries()) {
    const isWhole = index > 0 || isNewLine;
    if (isWhole && line.trim() === first && repeats(lines.slice(index), wanted))
      return text.slice(0, length).trimEnd();
    length += line.length + 1;
  }
  return text;
}

/** True if the lines are those of the suffix, up to their end or for two lines with enough letters. */
function repeats(lines: readonly string[], wanted: readonly string[]): boolean {
  const given = lines.map((line) => line.trim()).filter((line) => line !== '');
  let letters = 0;
  for (const [index, line] of given.entries()) {
    const other = wanted[index];
    if (other === undefined) return true;
    const isLast = index === given.length - 1;
    if (line !== other && !(isLast && index > 0 && other.startsWith(line))) return false;
    letters += lettersIn(line);
    if (index > 0 && letters >= fewestLetters) return true;
  }
  // All that is left of the completion is in the suffix. A single short line may come twice.
  return given.length > 1 || letters >= fewestLetters;
}

function lettersIn(line: string): number {
  let count = 0;
  for (const character of line) if (beginsInWord(character)) count += 1;
  return count;
}

/** Cuts the longest end of the text that the suffix begins with. */
function cutOverlap(text: string, suffix: string, comment: string): string {
  const end = text.trimEnd();
  const start = suffix.trimStart();
  const isSameLine = !suffix.slice(0, suffix.length - start.length).includes('\n');
  for (const [candidate, from] of [
    [text, suffix],
    ...(isSameLine ? ([[end, start]] as const) : []),
  ] as const) {
    const length = longestOverlap(candidate, from);
    const overlap = from.slice(0, length);
    if (overlap.trim() === '') continue;
    const kept = candidate.slice(0, candidate.length - length);
    if (isRepetition(kept, overlap, candidate, from, comment)) return kept;
  }
  return text;
}

/** Decides whether an overlap is a repetition, or a text that has to come twice. */
function isRepetition(kept: string, overlap: string, text: string, suffix: string, comment: string): boolean {
  const isOnlyBrackets = /^[\s)\]}]*$/.test(overlap);
  if (isOnlyBrackets) {
    // A bracket that closes one of the completion itself is not the one after the cursor.
    const { unopened } = scanBrackets(text, comment);
    const needed = overlap.replaceAll(/\s/g, '').length;
    return unopened.filter(({ at }) => at >= kept.length).length >= needed;
  }
  const [first = ''] = overlap;
  if (overlap.length === 1 && `"'\``.includes(first)) return text.split(first).length % 2 === 0;
  // The word would otherwise be written twice, or two words would become one.
  if (endsInWord(overlap) && beginsInWord(suffix)) return true;
  return overlap.trim().length > 1 || /[;,:)\]}>]/.test(first) || endsInWord(overlap);
}

/** The length of the longest end of one text that another begins with. Takes linear time. */
function longestOverlap(text: string, suffix: string): number {
  const pattern = suffix.slice(0, text.length);
  const end = text.slice(text.length - pattern.length);
  const borders = [0];
  let matched = 0;
  for (let at = 1; at < pattern.length; at += 1) {
    while (matched > 0 && pattern[at] !== pattern[matched]) matched = borders[matched - 1] ?? 0;
    if (pattern[at] === pattern[matched]) matched += 1;
    borders.push(matched);
  }
  matched = 0;
  // By UTF-16 unit, like the pattern.
  for (const unit of end.split('')) {
    while (matched > 0 && (matched === pattern.length || unit !== pattern[matched]))
      matched = borders[matched - 1] ?? 0;
    if (unit === pattern[matched]) matched += 1;
  }
  return matched;
}
