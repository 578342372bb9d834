import { countTokens, cutAfter } from './cutBefore';
import { traitsOf } from './traitsOf';

/** A text from elsewhere that may help with a completion, such as a part of another open file. */
export interface RelatedText {
  /** Names the text for the model: a path, or a few words. */
  readonly label: string;
  readonly text: string;
}

/** A file that a related text can be taken from. */
export interface RelatedFile {
  readonly label: string;
  readonly text: string;
  /** The line of the last edit, counted from 0; undefined if the file was not edited. */
  readonly editedLine?: number | undefined;
}

/** Lines of one related text. */
const windowLines = 24;
/** Windows begin at every so many lines. */
const windowStep = 8;
/** The most lines of a file that are compared, around the last edit or from the beginning. */
const mostLines = 800;
/** A window has to share this part of the words around the cursor. */
const leastSimilar = 0.08;
/** What a recent edit in a window is worth. */
const editBonus = 0.1;
/** How much of the text before the cursor is compared, in UTF-16 units. */
const comparedBefore = 1_500;
/** The most files whose words are kept. */
const mostKnown = 20;

/** A few lines of a file, and the words in them. */
interface Window {
  readonly start: number;
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

/** The windows of a version of a file. */
interface KnownFile {
  readonly text: string;
  readonly from: number;
  readonly windows: readonly Window[];
}

/** Chooses parts of other files for a completion. The words of a file are kept until it changes. */
export class RelatedTexts {
  /** By the label of the file. The one that was used last is the last. */
  private readonly known = new Map<string, KnownFile>();

  /**
   * Chooses the parts that are most like the text before the cursor, and the parts that the user has edited last.
   *
   * @param files The most important file first.
   * @param tokens The most tokens of all parts together.
   */
  choose(files: readonly RelatedFile[], before: string, tokens: number): readonly RelatedText[] {
    const wanted = wordsOf(before.slice(-comparedBefore));
    const chosen: RelatedText[] = [];
    let left = tokens;
    for (const file of files) {
      const part = this.bestPart(file, wanted);
      if (part === undefined) continue;
      // Each line becomes a comment.
      const cost = countTokens(part) + countTokens(file.label) + 2 * part.split('\n').length;
      if (cost > left) continue;
      left -= cost;
      chosen.push({ label: file.label, text: part });
    }
    return chosen;
  }

  /** The window with the most common words, where a recent edit counts, too. Undefined if no window is close. */
  private bestPart(file: RelatedFile, wanted: ReadonlySet<string>): string | undefined {
    const { editedLine } = file;
    let best = { score: leastSimilar, text: '' };
    for (const { start, text, words } of this.windowsOf(file)) {
      const isEdited = editedLine !== undefined && editedLine >= start && editedLine < start + windowLines;
      const score = similarity(words, wanted) + (isEdited ? editBonus : 0);
      if (score > best.score) best = { score, text };
    }
    const part = best.text.trim();
    return part === '' ? undefined : part;
  }

  private windowsOf({ label, text, editedLine }: RelatedFile): readonly Window[] {
    const from = Math.max(0, (editedLine ?? 0) - mostLines / 2);
    let file = this.known.get(label);
    const isKnown =
      file?.text === text && file.from <= from + mostLines / 4 && from <= file.from + mostLines / 4;
    if (file === undefined || !isKnown) file = { text, from, windows: cutWindows(text, from) };
    this.known.delete(label);
    this.known.set(label, file);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostKnown) break;
      this.known.delete(oldest);
    }
    return file.windows;
  }
}

function cutWindows(text: string, from: number): readonly Window[] {
  const lines = text.split('\n').slice(from, from + mostLines);
  const windows: Window[] = [];
  for (let start = 0; start === 0 || start + windowStep < lines.length; start += windowStep) {
    const part = lines.slice(start, start + windowLines).join('\n');
    windows.push({ start: from + start, text: part, words: wordsOf(part) });
  }
  return windows;
}

/** Words of a text that name something. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]{2,40}/gu));
}

/** The share of common words (Jaccard index), from 0 to 1. */
function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const word of one) if (other.has(word)) common += 1;
  const total = one.size + other.size - common;
  return total === 0 ? 0 : common / total;
}

/**
 * Writes related texts as comments, to be put before the prefix: every model understands that, whatever the form of its requests.
 *
 * @param tokens The most tokens of the result, about.
 */
export function writeRelated(related: readonly RelatedText[], languageId: string, tokens: number): string {
  const { comment, commentEnd } = traitsOf(languageId);
  const line = (text: string): string => `${comment} ${text}`.trimEnd() + commentEnd;
  const parts = related.map(({ label, text }) => [label, ...text.split('\n')].map(line).join('\n'));
  const whole = parts.join('\n');
  return whole === '' ? '' : `${cutAfter(whole, tokens)}\n`;
}
