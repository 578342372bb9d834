import { fenced } from '../text/escapeMarkdown';

/** A notebook cell, reduced to text. */
export interface NotebookCellText {
  readonly kind: 'code' | 'markdown';
  readonly text: string;
  /** VS Code's language id; '' for Markdown cells. */
  readonly languageId: string;
  /** Printed text, results and errors of a code cell. */
  readonly outputs: readonly string[];
  /** Number of outputs without text, such as pictures. */
  readonly others: number;
}

/** Longest output of one cell, in UTF-16 units. */
const longestOutput = 2_000;

/** A notebook as Markdown: Markdown cells as they are, code and its outputs in fences. Outputs without text are only counted. */
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

/** Keeps the beginning and the end: the message of an error is at its end. */
function shortened(output: string): string {
  if (output.length <= longestOutput) return output;
  const half = longestOutput / 2;
  return `${output.slice(0, half)}\n…\n${output.slice(-half)}`;
}
