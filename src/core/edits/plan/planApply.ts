import type { ApplyPlan } from '../lines/applyPlan';
import { splitBlock, splitText } from '../lines/lineEdit';
import { readExactForm } from '../exact/readExactForm';
import { placeBlock } from './placeBlock';
import { placePatch } from '../exact/placePatch';

/** A code block and the file that it is about. */
export interface ApplyRequest {
  /** The block's text, without its fences. A diff of several files is taken apart before. */
  readonly block: string;
  /** The fence's info string. */
  readonly info: string;
  /** The file's text, without a byte order mark. */
  readonly file: string;
}

/**
 * Finds what a code block changes in a file: the whole of it, the functions or the lines that the block resembles, what
 * stands between its elisions, or a diff's hunks. Lines that the block does not speak of stay as they are, and so do the
 * file's line ends and its last one. Nothing is guessed: what has no clear place comes back as `unclear`.
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
