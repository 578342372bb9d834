import * as vscode from 'vscode';
import type { FileReview } from './fileReview';
import type { ShownHunk } from './proposedEdit';

/** The lines of a hunk in an editor. The end is not included. */
interface HunkLines {
  readonly start: number;
  readonly end: number;
}

/** The hunk at the cursor of an editor that shows the document or the proposed text; undefined if the cursor is elsewhere. */
export function hunkAt(review: FileReview, editor: vscode.TextEditor): ShownHunk | undefined {
  const { line } = editor.selection.active;
  return review.hunks.find((hunk) => {
    const { start, end } = linesIn(review, editor.document, hunk);
    return start === end ? line === firstLine(start, editor) : start <= line && line < end;
  });
}

/** Moves the cursor to the hunk after or before it. After the last hunk comes the first one. */
export function showNextHunk(
  review: FileReview,
  editor: vscode.TextEditor,
  direction: 'next' | 'previous',
): void {
  const { line } = editor.selection.active;
  const { hunks } = review;
  const lineOf = (hunk: ShownHunk): number => firstLine(linesIn(review, editor.document, hunk).start, editor);
  const next =
    direction === 'next'
      ? (hunks.find((hunk) => lineOf(hunk) > line) ?? hunks[0])
      : (hunks.findLast((hunk) => lineOf(hunk) < line) ?? hunks.at(-1));
  if (next !== undefined) showHunk(review, editor, next);
}

/** Moves the cursor to a hunk. */
export function showHunk(review: FileReview, editor: vscode.TextEditor, hunk: ShownHunk): void {
  const { start, end } = linesIn(review, editor.document, hunk);
  const position = new vscode.Position(firstLine(start, editor), 0);
  editor.selection = new vscode.Selection(position, position);
  const range = new vscode.Range(position, new vscode.Position(Math.max(end - 1, position.line), 0));
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The lines of a hunk in the document or in the proposed text. */
export function linesIn(review: FileReview, document: vscode.TextDocument, hunk: ShownHunk): HunkLines {
  return document.uri.toString() === review.uri.toString() ? hunk.proposed : hunk.document;
}

/** A hunk without lines at the end of a text belongs to the last line. */
function firstLine(start: number, { document }: vscode.TextEditor): number {
  return Math.min(start, document.lineCount - 1);
}
