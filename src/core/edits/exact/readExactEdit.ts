import type { PromptMessage } from '../../ports/promptMessage';
import type { ApplyPlan, Place } from '../lines/applyPlan';
import { fenced } from '../../text/escapeMarkdown';
import { readExactForm } from './readExactForm';
import { placePatch } from './placePatch';

/** A block without an unambiguous place in a file. */
interface ExactEditQuestion {
  readonly block: string;
  /** The file's name. */
  readonly name: string;
  /** The file's lines. */
  readonly file: readonly string[];
  /** Possible places of the block, the likeliest first. */
  readonly places: readonly Place[];
}

/** Of a longer file, in UTF-16 units, only the lines around the likeliest place are sent. */
const longestFile = 40_000;
/** How many lines before and after that place are sent. */
const around = 200;

const form = `Reply with SEARCH/REPLACE blocks alone, in this form:

<<<<<<< SEARCH
lines of the file, exactly as they are
=======
the lines that take their place
>>>>>>> REPLACE

Each SEARCH part must be in the file once: give a few lines around the change. Leave out nothing in either part.`;

const instruction = `Say exactly how the code below changes the file. ${form} What the code does not speak of stays as it is.`;

const fixInstruction = `Fix the problem below in the file, and change nothing else. ${form} If nothing has to change, reply with one sentence that says why.`;

/** The messages that ask a model for the exact changes that a block makes. */
export function exactEditMessages({
  block,
  name,
  file,
  places,
}: ExactEditQuestion): readonly PromptMessage[] {
  const { lines, isPart } = shownPart(file, places);
  const about = isPart ? `A part of the file ${name}:` : `The file ${name}:`;
  const content = [instruction, about, fenced(lines.join('\n'), ''), 'The code:', fenced(block, '')].join(
    '\n\n',
  );
  return [{ role: 'user', content }];
}

/** The messages that ask a model for the exact changes that fix a problem. `line` is its line, counted from 0. */
export function exactFixMessages({
  problem,
  name,
  file,
  line,
}: Omit<ExactEditQuestion, 'block' | 'places'> & {
  readonly problem: string;
  readonly line: number;
}): readonly PromptMessage[] {
  const at: Place = { kind: 'lines', edits: [], start: line, end: line + 1 };
  const { lines, isPart } = shownPart(file, [at]);
  const about = isPart ? `A part of the file ${name}:` : `The file ${name}:`;
  const where = `The problem, at the line \`${(file[line] ?? '').trim().slice(0, 300)}\` (line ${line + 1} of the file):`;
  const content = [fixInstruction, about, fenced(lines.join('\n'), ''), where, fenced(problem, '')];
  return [{ role: 'user', content: content.join('\n\n') }];
}

/** Plans the changes in a model's reply. The plan is `unclear` when the reply is in no exact form or does not fit the file. */
export function readExactEdit(reply: string, file: readonly string[]): ApplyPlan {
  const lines = reply
    .split(/\r\n|\n|\r/)
    .filter((line) => !/^\s{0,3}(?:`{3,}|~{3,})[\w+.#-]{0,40}\s*$/.test(line));
  const patches = readExactForm(lines, '', file) ?? [];
  return placePatch(
    patches.flatMap(({ hunks }) => hunks),
    file,
  );
}

function shownPart(
  file: readonly string[],
  places: readonly Place[],
): { readonly lines: readonly string[]; readonly isPart: boolean } {
  const length = file.reduce((sum, line) => sum + line.length + 1, 0);
  if (length <= longestFile) return { lines: file, isPart: false };
  const place = places.find(({ kind }) => kind !== 'whole' && kind !== 'end');
  const middle = place?.start ?? file.length;
  const lines = file.slice(Math.max(0, middle - around), (place?.end ?? middle) + around);
  let kept = 0;
  const end = lines.findIndex((line) => (kept += line.length + 1) > longestFile);
  return { lines: end === -1 ? lines : lines.slice(0, end), isPart: true };
}
