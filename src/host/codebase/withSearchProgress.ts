import * as vscode from 'vscode';
import { CancelledError } from './timeSlices';

/** Work that can be cancelled and reports how many of the changed files are indexed. */
type SearchWork<Result> = (
  signal: AbortSignal,
  report: (done: number, total: number) => void,
) => Promise<Result>;

/**
 * Shows the progress of a search with a Cancel button. Resolves to undefined as soon as the user cancels; the work then ends in the
 * background, because it stores the vectors that are paid for.
 */
export async function withSearchProgress<Result>(work: SearchWork<Result>): Promise<Result | undefined> {
  const abort = new AbortController();
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('Searching the codebase');
  return await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const cancelled = new Promise<undefined>((resolve) => {
      token.onCancellationRequested(() => {
        abort.abort();
        resolve(undefined);
      });
    });
    const search = async (): Promise<Result | undefined> => {
      let before = 0;
      return await work(abort.signal, (done, total) => {
        const share = (100 * done) / Math.max(1, total);
        progress.report({
          increment: share - before,
          message: vscode.l10n.t('{0} of {1} changed files are indexed', done, total),
        });
        before = share;
      });
    };
    const found = search().catch((error: unknown) => {
      if (error instanceof CancelledError) return undefined;
      throw error;
    });
    return await Promise.race([found, cancelled]);
  });
}
