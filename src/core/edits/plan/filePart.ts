import type { CodeAttachment } from '../../../shared/conversation/attachment';
import { oldSide, type FilePatch } from '../exact/filePatch';
import { readExactForm } from '../exact/readExactForm';
import { readFileChange } from '../exact/readFileChange';
import { splitBlock } from '../lines/lineEdit';
import { namedPaths, type NamedBlock, type NamedPath } from './namedPaths';

/** A code block of an answer that is to be applied. */
export interface AnswerCode extends NamedBlock {
  /** The id of the answer. */
  readonly answer: string;
  /** File paths that the block or the text before it names. */
  readonly named: readonly NamedPath[];
  /** Code that was attached to the prompts before the answer. */
  readonly attached: readonly CodeAttachment[];
  /** The model that wrote the answer; '' if unknown. */
  readonly modelName: string;
}

/** The part of a block that changes one file. */
export interface FilePart extends AnswerCode {
  /** The whole block. */
  readonly block: AnswerCode;
  /** The patch if the block is a diff. */
  readonly patch: FilePatch | undefined;
}

/** Splits a diff into one part per file. Any other block is one part. */
export function splitByFile(block: AnswerCode): readonly FilePart[] {
  const lines = splitBlock(block.text);
  const patches = readExactForm(lines, block.info)?.filter(
    (patch) => patch.hunks.length > 0 || readFileChange(patch) !== undefined,
  );
  if (patches === undefined) return [{ ...block, block, patch: undefined }];
  return patches.map((patch) => {
    const paths = [patch.newPath, patch.oldPath].filter((path) => typeof path === 'string');
    const own = paths.map((path) => ({ path, weight: 1 }));
    // Other paths that the block names belong to its other files.
    const others = own.length > 0 ? [] : namedPaths({ ...block, text: '' });
    return { ...block, block, patch, named: [...own, ...others] };
  });
}

/** Returns the part for the file's old path, for a patch whose move was not done. */
export function unmovedPart(part: FilePart): FilePart {
  const { patch } = part;
  if (typeof patch?.oldPath !== 'string') return part;
  return {
    ...part,
    patch: { ...patch, newPath: patch.oldPath },
    named: [{ path: patch.oldPath, weight: 1 }],
  };
}

/** The text that the part expects in its file: the block itself, or the old side of a diff. */
export function expectedText({ patch, text }: FilePart): string {
  return patch === undefined ? text : patch.hunks.flatMap(oldSide).join('\n');
}

/** The content of a part as a new file. For a diff, the lines that remain after it. */
export function asNewFile({ patch, text, info, before }: FilePart): NamedBlock {
  if (patch === undefined) return { text, info, before };
  const lines = patch.hunks.flatMap((hunk) =>
    hunk.lines.flatMap(({ kind, text: line }) => (kind === 'removed' ? [] : [line])),
  );
  return { text: lines.join('\n'), info: patch.newPath ?? '', before: '' };
}
