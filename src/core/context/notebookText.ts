import { fenced } from '../prompt/buildPrompt';

/** A cell of a notebook, without what only a notebook can show. */
export interface NotebookCellText {
  readonly kind: 'code' | 'markdown';
  readonly text: string;
  /** VS Code's id of the language; code only. */
  readonly languageId: string;
  /** What the cell printed, returned or failed with, as text; code only. */
  readonly outputs: readonly string[];
  /** How many pictures and other outputs without text it has. */
  readonly others: number;
}

/** What a cell printed is context, not the subject. In UTF-16 units. */
const longestOutput = 2_000;

/** A notebook as Markdown: prose as it is, code and its outputs in fences. Pictures are counted, not written. */
export function notebookText(cells: readonly NotebookCellText[]): string {
  return cells
    .map((cell, index) => {
      if (cell.kind === 'markdown') return cell.text.trimEnd();
      const outputs = cell.outputs.map((output) => `Output:\n${fenced(shortened(output.trimEnd()), '')}`);
      const others = cell.others === 0 ? [] : [`(${cell.others} outputs without text)`];
      return [`Cell ${index + 1}:\n${fenced(cell.text, cell.languageId)}`, ...outputs, ...others].join(
        '\n\n',
      );
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

/** The beginning and the end: an error says at its end what went wrong. */
function shortened(output: string): string {
  if (output.length <= longestOutput) return output;
  const half = longestOutput / 2;
  return `${output.slice(0, half)}\n…\n${output.slice(-half)}`;
}
