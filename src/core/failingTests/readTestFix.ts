import { readExactEdit } from '../edits/exact/readExactEdit';
import { applyLineEdits } from '../edits/lines/lineEdit';
import { fencedBlocks } from '../text/fencedBlocks';
import type { TestedFile } from './failingTestMessages';

/** A change of one file. */
interface TestFix {
  readonly path: string;
  /** The whole file with the change. */
  readonly lines: readonly string[];
}

/**
 * Reads the change in an answer about a failing test.
 *
 * @returns undefined unless the answer changes exactly one of the files, in a form that fits it. The answer is then for the panel.
 */
export function readTestFix(
  answer: string,
  files: readonly Pick<TestedFile, 'path' | 'lines'>[],
): TestFix | undefined {
  // Blocks of another form, such as a command, are no change, unless they name a file.
  const blocks = fencedBlocks(answer.split(/\r\n|\r|\n/), false).filter(
    ({ info, lines }) =>
      lines.some((line) => /^\s{0,3}<{5,9} SEARCH\s*$/.test(line)) || /\S[\s:]\S{0,300}[/\\.]/.test(info),
  );
  const changed = new Set(blocks.map(({ info }) => fileIn(info, files)));
  const [file] = changed;
  if (changed.size !== 1 || file === undefined) return undefined;
  const plan = readExactEdit(blocks.flatMap(({ lines }) => lines).join('\n'), file.lines);
  if (plan.kind !== 'edits') return undefined;
  const lines = applyLineEdits(file.lines, plan.edits);
  const isSame =
    lines.length === file.lines.length && lines.every((line, index) => line === file.lines[index]);
  return isSame ? undefined : { path: file.path, lines };
}

/** The file that the text after a fence names. If no file is named and there is only one, that one. */
function fileIn<File extends Pick<TestedFile, 'path'>>(
  info: string,
  files: readonly File[],
): File | undefined {
  const words = info.split(/[\s"'`=:{}]+/).map((word) => word.replace(/^\.\//, ''));
  const named = files.find(({ path }) => words.includes(path));
  if (named !== undefined) return named;
  const namesOther = words.some((word) => /[/\\.]/.test(word));
  return namesOther || files.length !== 1 ? undefined : files[0];
}
