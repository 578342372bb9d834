import { cutText } from '../text/cutText';
import { fromLineStart } from '../text/fromLineStart';
import { countLines, type CommandOutput } from './terminalOutput';

/** The share of the room for the beginning of an output. Most of it is for the end, which says what went wrong. */
const startShare = 0.3;
/** The room of the mark between them, in UTF-16 units. */
const markRoom = 60;
/** About as many UTF-16 units is a token of English. A limit that is too high is lowered. */
const unitsPerToken = 4;

/** The lowest limit, in UTF-16 units. */
const shortest = 200;

/** A part of an output. */
interface FittedOutput {
  readonly text: string;
  /** How many lines of the output are in the text. */
  readonly shown: number;
  readonly isCut: boolean;
}

/**
 * The beginning and the end of an output, with a mark between them that says how many lines are left out.
 *
 * @param limit The longest text, in UTF-16 units, at least `shortest`.
 */
export function fitOutput({ start, end, lineCount }: CommandOutput, limit: number): FittedOutput {
  if (end === '' && start.length <= limit) return { text: start, shown: lineCount, isCut: false };
  const first = cutText(start, Math.floor(limit * startShare)).trimEnd();
  const last = endOf(end === '' ? start : end, limit - first.length - markRoom).trimEnd();
  const shown = countLines(first) + countLines(last);
  const missing = lineCount - shown;
  const mark = missing > 0 ? `[… ${missing} lines left out …]` : '[… a part of the line left out …]';
  const text = [first, mark, last].filter((part) => part !== '').join('\n');
  return { text, shown: Math.min(shown, lineCount), isCut: true };
}

/**
 * The same for a limit in tokens.
 *
 * @param tokens At least 50.
 * @param count Counts the tokens of a text.
 */
export function fitOutputTokens(
  output: CommandOutput,
  tokens: number,
  count: (text: string) => number,
): FittedOutput {
  for (let limit = tokens * unitsPerToken; ;) {
    const fitted = fitOutput(output, Math.max(shortest, limit));
    const used = count(fitted.text);
    if (used <= tokens || limit <= shortest) return fitted;
    limit = Math.min(limit, fitted.text.length) * Math.min(0.9, (tokens / used) * 0.95);
  }
}

/** The end of a text, at most `limit` long. */
function endOf(text: string, limit: number): string {
  return text.length <= limit ? text : fromLineStart(text.slice(-limit)).replace(/^[\uDC00-\uDFFF]/, '');
}
