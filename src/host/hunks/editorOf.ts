import * as vscode from 'vscode';
import type { FileReview } from './fileReview';

/** The active editor if it shows a document of the review; otherwise the proposed text in the diff. */
export async function editorOf(review: FileReview): Promise<vscode.TextEditor | undefined> {
  return activeEditorOf(review) ?? (await diffOf(review));
}

/** The active editor if it shows a document of the review. */
export function activeEditorOf(review: FileReview): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  return active !== undefined && review.isOf(active.document.uri) ? active : undefined;
}

/** The proposed text in the diff. */
export async function diffOf(review: FileReview): Promise<vscode.TextEditor | undefined> {
  await review.reveal();
  const uri = review.uri.toString();
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
}
