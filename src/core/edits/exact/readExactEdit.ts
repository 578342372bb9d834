import type { PromptMessage } from '../../ports/promptMessage';
import type { ApplyPlan, Place } from '../lines/applyPlan';
import { readExactForm } from './readExactForm';
import { placePatch } from './placePatch';

/** A block whose place in a file is unclear. */
export interface ExactEditQuestion {
  readonly block: string;
  /** The file's name, for the model. */
  readonly name: string;
  readonly file: readonly string[];
  /** Where the block may belong, the likeliest place first. */
  readonly places: readonly Place[];
}

/** Of a longer file only the part around the likeliest place is sent, in UTF-16 units. */
const longestFile = 40_000;
/** Lines before and after that place. */
const around = 200;

const wish = `Say exactly how the code below changes the file. Reply with SEARCH/REPLACE blocks alone, in this form:

<<<<<<< SEARCH
lines of the file, exactly as they are
=======
the lines that take their place
>>>>>>> REPLACE

Each SEARCH part must be in the file once: give a few lines around the change. Leave out nothing in either part. What the code does not speak of stays as it is.`;

/** What to send to a model so that it says exactly what a block changes. */
export function exactEditMessages({
  block,
  name,
  file,
  places,
}: ExactEditQuestion): readonly PromptMessage[] {
  const { lines, isPart } = shownPart(file, places);
  const about = isPart ? `A part of the file ${name}:` : `The file ${name}:`;
  const content = [wish, about, fenced(lines.join('\n')), 'The code:', fenced(block)].join('\n\n');
  return [{ role: 'user', content }];
}

/** What a model's reply changes in the file; unclear when it is in no exact form or does not fit. */
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

/** A fence that the text does not close. */
function fenced(text: string): string {
  const longest = (text.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
