import { structuredPatch } from 'diff';
import { editedLines, type CorpusEdit, type CorpusFile } from './readCorpus';

/** A code block as a model writes it. */
export interface HabitualBlock {
  readonly habit: string;
  readonly info: string;
  readonly text: string;
}

type Habit = (file: CorpusFile, edit: CorpusEdit, placeholder: string) => HabitualBlock | undefined;

const changeHabits: Readonly<Record<string, Habit>> = {
  /** The part alone, moved to the margin. */
  part: (file, edit) => block('part', file.info, atMargin(edit.lines)),
  /** The part alone, as deep as in the file. */
  'part in its place': (file, edit) => block('part in its place', file.info, edit.lines),
  /** The part between placeholders, within what holds it. */
  skeleton: (file, edit, placeholder) => {
    const depth = indentOf(edit.lines[0] ?? '');
    const rest = [depth + placeholder];
    const inner = [...rest, '', ...edit.lines, '', ...rest];
    return block('skeleton', file.info, held(file, inner));
  },
  /** The part, with lines of its body that do not change left out. */
  'part with a gap': (file, edit, placeholder) => {
    const own = file.base.slice(edit.part.start, edit.part.end);
    const kept = commonTail(own, edit.lines);
    // One line before the end and the end itself are shown.
    const gap = kept - 2;
    if (gap < 3) return undefined;
    const from = edit.lines.length - kept;
    const lines = [
      ...edit.lines.slice(0, from + 1),
      indentOf(edit.lines[from] ?? '') + placeholder,
      ...edit.lines.slice(from + 1 + gap - 1),
    ];
    return block('part with a gap', file.info, atMargin(lines));
  },
  'whole file': (file, edit) => block('whole file', file.info, editedLines(file, edit)),
  diff: (file, edit) =>
    block(
      'diff',
      `diff ${file.path}`,
      unifiedDiff(file, edit, (header) => header),
    ),
  'diff without numbers': (file, edit) =>
    block(
      'diff without numbers',
      'diff',
      unifiedDiff(file, edit, () => '@@'),
    ),
  'diff with wrong numbers': (file, edit) =>
    block(
      'diff with wrong numbers',
      'diff',
      unifiedDiff(file, edit, () => '@@ -1,3 +1,4 @@'),
    ),
  'search and replace': (file, edit) =>
    block('search and replace', file.info, [
      '<<<<<<< SEARCH',
      ...file.base.slice(edit.part.start, edit.part.end),
      '=======',
      ...edit.lines,
      '>>>>>>> REPLACE',
    ]),
  apply_patch: (file, edit) =>
    block('apply_patch', 'patch', [
      '*** Begin Patch',
      `*** Update File: ${file.path}`,
      ...unifiedDiff(file, edit, () => '@@').slice(2),
      '*** End Patch',
    ]),
};

const addHabits: Readonly<Record<string, Habit>> = {
  /** The new part after a placeholder, within what holds the parts. */
  'added in a skeleton': (file, edit, placeholder) => {
    const depth = indentOf(edit.lines[0] ?? '');
    return block('added in a skeleton', file.info, held(file, [depth + placeholder, '', ...edit.lines]));
  },
  /** The new part after the one before it, which is shown. */
  'added after a part': (file, edit, placeholder) => {
    const shown = file.base.slice(edit.part.start, edit.part.end);
    const depth = indentOf(edit.lines[0] ?? '');
    const inner = [depth + placeholder, '', ...shown, '', ...edit.lines];
    return block('added after a part', file.info, held(file, inner));
  },
  'whole file': changeHabits['whole file'] ?? (() => undefined),
  diff: changeHabits['diff'] ?? (() => undefined),
  apply_patch: changeHabits['apply_patch'] ?? (() => undefined),
};

/** An edit in a habit's words. */
export interface Sample {
  readonly name: string;
  readonly file: CorpusFile;
  readonly edit: CorpusEdit;
  readonly block: HabitualBlock;
  /** True for the half that was held back while placing was built. */
  readonly isHeldOut: boolean;
}

/** Every edit of a file in five habits each, which take turns. */
export function samplesOf(file: CorpusFile): readonly Sample[] {
  return file.edits.flatMap((edit, editIndex) => {
    const habits = Object.values(edit.kind === 'change' ? changeHabits : addHabits);
    const placeholder = file.placeholders[editIndex % file.placeholders.length] ?? '';
    const blocks = habits.flatMap((habit) => habit(file, edit, placeholder) ?? []);
    return blocks.map((each): Sample => {
      const name = `${file.language}, ${edit.title}, ${each.habit}`;
      return { name, file, edit, block: each, isHeldOut: isOdd(name) };
    });
  });
}

/** Splits by the name alone: nothing that is learned about one half says what is in the other. */
function isOdd(name: string): boolean {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % 2 === 1;
}

function block(habit: string, info: string, lines: readonly string[]): HabitualBlock {
  return { habit, info, text: `${lines.join('\n')}\n` };
}

/** What stands between the first and the last line of the container, or alone. */
function held({ base, container }: CorpusFile, inner: readonly string[]): readonly string[] {
  if (container === undefined) return inner;
  const lines = base.slice(container.start, container.end);
  const depth = indentOf(inner.find((line) => line !== '') ?? '');
  const opening = lines.findIndex((line) => line.trim() !== '' && indentOf(line).length >= depth.length);
  const last = lines.at(-1) ?? '';
  const closes = last.trim() !== '' && indentOf(last).length < depth.length;
  return [...lines.slice(0, Math.max(1, opening)), ...inner, ...(closes ? [last] : [])];
}

function unifiedDiff(file: CorpusFile, edit: CorpusEdit, header: (own: string) => string): readonly string[] {
  const after = editedLines(file, edit);
  const { hunks } = structuredPatch('a', 'b', `${file.base.join('\n')}\n`, `${after.join('\n')}\n`, '', '', {
    context: 3,
  });
  return [
    `--- a/${file.path}`,
    `+++ b/${file.path}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      header(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
      ...lines,
    ]),
  ];
}

function atMargin(lines: readonly string[]): readonly string[] {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => indentOf(line).length);
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(Math.min(depth, indentOf(line).length)));
}

function commonTail(left: readonly string[], right: readonly string[]): number {
  let count = 0;
  while (count < Math.min(left.length, right.length) && left.at(-1 - count) === right.at(-1 - count))
    count += 1;
  return count;
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}
