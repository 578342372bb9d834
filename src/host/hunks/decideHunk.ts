import * as vscode from 'vscode';
import { activeEditorOf, diffOf, editorOf } from './editorOf';
import type { FileReview } from './fileReview';
import { hunkAt, showHunk, showNextHunk } from './hunkAt';

/**
 * Decides about a hunk, and moves the cursor to the next one. If no hunk is at the cursor, only moves.
 *
 * @param id The id of the hunk; the hunk at the cursor if it is not a number.
 * @param hasMore True if hunks of the review are left.
 */
export async function decideHunk(
  review: FileReview,
  id: unknown,
  decision: (review: FileReview, id: number) => Promise<void>,
  hasMore: () => boolean,
): Promise<void> {
  const editor = typeof id === 'number' ? activeEditorOf(review) : await editorOf(review);
  const hunk = typeof id === 'number' ? id : editor && hunkAt(review, editor)?.id;
  if (hunk !== undefined && review.hunks.some((each) => each.id === hunk)) await decision(review, hunk);
  // The user may have left the editor since. The cursor of another one must not move then.
  if (editor === undefined || !vscode.window.visibleTextEditors.includes(editor)) return;
  if (hasMore()) showNextHunk(review, editor, 'next');
}

/** Shows a hunk in the diff, or moves the cursor to the next or previous one if `id` is not the id of a hunk. */
export async function moveToHunk(
  review: FileReview,
  direction: 'next' | 'previous',
  id?: unknown,
): Promise<void> {
  const hunk = review.hunks.find((each) => each.id === id);
  const editor = await (hunk === undefined ? editorOf(review) : diffOf(review));
  if (editor === undefined) return;
  if (hunk === undefined) showNextHunk(review, editor, direction);
  else showHunk(review, editor, hunk);
}
