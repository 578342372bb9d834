import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import { plainText } from '../ui/plainText';
import { explainRefusals, type Refusal } from './explainRefusal';
import type { FileReview } from './fileReview';
import { emptySide } from './proposalFiles';
import { closeTabs, isDiffOfSeveral, proposalsOf, proposalTabs } from './proposalTabs';

/** The number of hunks and files that are left to decide about. */
export interface LeftCount {
  readonly changes: number;
  readonly files: number;
}

/** The files of one answer, which are reviewed together in a diff of several files. */
export class ReviewGroup {
  /** True while the diff of several files is in a tab. */
  isShown = false;

  /**
   * @param modelName The model that wrote the code; '' if unknown.
   * @param reviews All files, also those that were decided about. Their hunks are followed, because an undo can bring them back.
   */
  constructor(
    readonly id: string,
    private readonly modelName: string,
    private readonly reviews: Set<FileReview>,
    private readonly log: Log,
  ) {
    for (const review of reviews) review.groupId = id;
  }

  get all(): readonly FileReview[] {
    return [...this.reviews];
  }

  /** The files with hunks that are left. */
  get pending(): readonly FileReview[] {
    return this.all.filter(({ hunks }) => hunks.length > 0);
  }

  get left(): LeftCount {
    return countLeft(this.pending);
  }

  /** The tabs that show the files together. */
  get tabs(): readonly vscode.Tab[] {
    return proposalTabs().filter(
      (tab) =>
        isDiffOfSeveral(tab) && proposalsOf(tab).some((uri) => this.all.some((review) => review.isOf(uri))),
    );
  }

  /** Takes a file out: another proposal replaces it. */
  remove(review: FileReview): void {
    this.reviews.delete(review);
  }

  /** Shows the open changes in a new diff of several files. Closes an earlier one, because VS Code cannot bring it to the front. */
  async show(): Promise<void> {
    const earlier = this.tabs;
    const title =
      this.modelName === ''
        ? vscode.l10n.t('Proposed Changes')
        : vscode.l10n.t('Changes Proposed by {0}', plainText(this.modelName));
    const files = this.pending.map(({ target, uri, isNew }) => [
      target,
      isNew ? emptySide(uri) : target,
      uri,
    ]);
    await vscode.commands.executeCommand('vscode.changes', title, files);
    await closeTabs(earlier, this.log);
  }

  /** Writes every file that can be written. Tells the user which cannot, and shows those again. */
  async acceptAll(): Promise<void> {
    const { pending } = this;
    const [only, ...others] = pending;
    if (only !== undefined && others.length === 0) {
      await only.acceptAll();
      return;
    }
    const refused: { readonly target: vscode.Uri; readonly refusal: Refusal }[] = [];
    for (const review of pending) {
      const refusal = await review.accept();
      if (refusal !== undefined) refused.push({ target: review.target, refusal });
    }
    if (refused.length === 0) return;
    void vscode.window.showWarningMessage(explainRefusals(refused, pending.length - refused.length));
    if (refused.length < pending.length) await this.show();
  }

  /** Discards the open changes. */
  async rejectAll(): Promise<void> {
    for (const review of this.pending) await review.end('all-discarded');
  }
}

/** Counts the hunks of files. */
export function countLeft(reviews: readonly FileReview[]): LeftCount {
  return { changes: reviews.reduce((sum, { hunks }) => sum + hunks.length, 0), files: reviews.length };
}
