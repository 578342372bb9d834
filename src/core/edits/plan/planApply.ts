import type { ApplyPlan } from '../lines/applyPlan';
import { splitBlock, splitText } from '../lines/lineEdit';
import { readExactForm } from '../exact/readExactForm';
import { placeBlock } from './placeBlock';
import { placePatch } from '../exact/placePatch';

/** A code block and the file that it changes. */
interface ApplyRequest {
  /** The block's text without its fences. The caller splits a diff of several files beforehand. */
  readonly block: string;
  /** The fence's info string. */
  readonly info: string;
  /** The file's text, without a byte order mark. */
  readonly file: string;
}

/**
 * Finds what a code block changes in a file. Lines that the block does not mention stay as they are, and so do the line ends.
 * Nothing is guessed: the plan is `unclear` if the block has no unambiguous place.
 *
 * The work has three layers, and the first one that gives an answer decides:
 *
 * 1. Exact forms (`exact/`): a unified diff, SEARCH/REPLACE or an `apply_patch` patch says itself what it changes. `placePatch`
 *    finds the lines that each hunk expects, first exactly, then with differences in white space, signs and single lines.
 * 2. Structure (`structure/`): the block and the file are outlined into parts (declarations, keys, elements, statements) by
 *    brackets and indentation, without a parser of the language. Parts with the same name are merged, new parts go next to their
 *    neighbours, and a placeholder such as `// ... existing code ...` keeps the parts of the file that it stands for.
 * 3. Lines (`lines/`): a block that has no structure in common with the file is aligned with the lines that it resembles. The
 *    place counts only if it is unambiguous: its first and its last line cannot be anywhere else.
 *
 * A block may also be the whole file: then it replaces everything. A line may be a placeholder or an ordinary comment, so
 * `placeholders/` lists the possible readings, and `placeBlock` places each reading and chooses one.
 *
 * Each hunk of a plan names its evidence: `exact`, `structure`, `lines` or `whole`. The last check is `findLosses`: if lines of
 * the file would vanish although the block does not show that they should, the plan is `unclear` and the user is asked.
 */
export function planApply({ block, info, file }: ApplyRequest): ApplyPlan {
  const lines = splitBlock(block);
  const fileLines = splitText(file).lines;
  const language =
    info
      .trim()
      .split(/[\s:,{}]/)[0]
      ?.toLowerCase() ?? '';
  const patches = readExactForm(lines, info, fileLines);
  if (patches === undefined) return placeBlock(lines, fileLines, language);
  return placePatch(
    patches.flatMap(({ hunks }) => hunks),
    fileLines,
  );
}
