import type { ChangedFile, DiffHunk } from './readDiff';

/** `diff`: as git writes it. `numbered`: the lines of the new text have their numbers in front. */
export type DiffStyle = 'diff' | 'numbered';

/** A longer line is cut, in UTF-16 units. */
const longestLine = 600;

/** After so many hunks that do not fit, no smaller one is looked for: each try counts the tokens of the text. */
const mostMisses = 20;

/** The hunks of a file as far as they fit. */
interface RenderedHunks {
  readonly text: string;
  /** True if no hunk is missing or cut. */
  readonly isWhole: boolean;
}

/** A file with its kind of change and its counts, such as `src/a.ts (renamed from src/b.ts, +3 −1)`. */
export function summaryOf({ path, oldPath, kind, added, removed }: ChangedFile): string {
  const how = kind === 'modified' ? [] : [oldPath === undefined ? kind : `${kind} from ${oldPath}`];
  const counts = added + removed === 0 ? [] : [`+${added} −${removed}`];
  const facts = [...how, ...counts].join(', ');
  return facts === '' ? path : `${path} (${facts})`;
}

/**
 * Writes the hunks of a file that fit, in their order. Whole hunks come first; if none fits as a whole, the beginning of the
 * first one is written.
 *
 * @param longest Stops after this length, in UTF-16 units.
 * @param fits True if a text fits. A text that is longer than one that does not fit does not fit either.
 */
export function renderHunks(
  { hunks }: ChangedFile,
  style: DiffStyle,
  longest: number,
  fits: (text: string) => boolean,
): RenderedHunks {
  const chosen: string[] = [];
  let length = 0;
  let missing = 0;
  for (const hunk of hunks) {
    if (missing >= mostMisses) {
      missing += 1;
      continue;
    }
    const text = writeHunk(hunk, style);
    if (length + text.length <= longest && fits([...chosen, text, note(missing)].join('\n'))) {
      chosen.push(text);
      length += text.length;
    } else missing += 1;
  }
  if (missing === 0) return { text: chosen.join('\n'), isWhole: true };
  const [first] = hunks;
  if (chosen.length > 0 || first === undefined)
    return { text: [...chosen, note(missing)].join('\n'), isWhole: false };
  return { text: beginningOf(writeHunk(first, style).slice(0, longest), missing, fits), isWhole: false };
}

function note(missing: number): string {
  return missing === 0 ? '' : `(${missing} more ${missing === 1 ? 'part is' : 'parts are'} not shown)`;
}

/** As many lines of a hunk as fit; '' if not even three fit. */
function beginningOf(hunk: string, missing: number, fits: (text: string) => boolean): string {
  const lines = hunk.split('\n');
  const withNote = (count: number): string =>
    [
      ...lines.slice(0, count),
      `(the rest is not shown${missing > 1 ? `, and ${missing - 1} more parts` : ''})`,
    ].join('\n');
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(withNote(middle))) low = middle;
    else high = middle - 1;
  }
  return low < 3 ? '' : withNote(low);
}

function writeHunk({ head, lines, newStart }: DiffHunk, style: DiffStyle): string {
  if (style === 'diff') return [head.slice(0, longestLine), ...lines.map(cut)].join('\n');
  let number = newStart;
  const width = String(newStart + lines.length).length;
  const numbered = lines.map((line) => {
    if (line.startsWith('-') || line.startsWith('\\')) return `${' '.repeat(width)} ${cut(line)}`;
    const text = `${String(number).padStart(width)} ${cut(line)}`;
    number += 1;
    return text;
  });
  return [head.slice(0, longestLine), ...numbered].join('\n');
}

function cut(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
