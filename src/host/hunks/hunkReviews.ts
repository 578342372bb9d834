import * as vscode from 'vscode';
import { splitText } from '../../core/edits/lines/lineEdit';
import { proposeEdit } from '../../core/edits/proposal/editProposal';
import type { Log } from '../../core/ports/log';
import { showChange } from '../documents/showChange';
import type { Memory } from '../memory/storedValue';
import type { FileReview, PendingReview } from './fileReview';
import { HunkLenses } from './hunkLenses';
import { decideHunk, moveToHunk } from './decideHunk';
import { newProposalUri } from './newProposalUri';
import { OpenReviews, type Proposal } from './openReviews';
import { proposalOf, proposalsOf, proposalTabs } from './proposalTabs';
import { proposedChange, type AcceptedChange } from './proposedChange';
import { ReviewGroups } from './reviewGroups';
import type { StoredReview } from './storedReviews';

/** What the diff of a proposal shows beside the text. */
interface ProposeOptions {
  /** The model that wrote the code, for the tab's title; '' if unknown. */
  readonly modelName: string;
}

/** The URIs of the documents under review and of their proposed texts. Read by the key bindings in package.json. */
const reviewedKey = 'parley.reviewed';

/**
 * Shows proposed changes as diffs, and writes of them what the user accepts: single hunks, a file, or all. In a bundle of its own,
 * which is loaded on first use.
 *
 * The left side of a diff is the document, the right side is the proposed text, a document of its own that is never on disk. The
 * decision is in docs/decisions/2026-11-30-hunks-beside-the-document.md.
 */
export class HunkReviews implements vscode.Disposable {
  private readonly open: OpenReviews;
  private readonly groups: ReviewGroups;
  /** The reviews whose diff has been in a tab of its own. */
  private readonly shown = new WeakSet<FileReview>();
  private readonly lenses = new HunkLenses((uri) => this.open.of(uri));
  /** Resolves when the reviews of an earlier window are open. */
  restored: Promise<void> = Promise.resolve();
  private hasReopened = false;
  private readonly subscriptions: readonly { dispose(): unknown }[];

  /**
   * @param memory The memory of the workspace.
   * @param folder Where pending reviews are kept for the next window.
   */
  constructor(log: Log, memory: Memory, folder: string) {
    this.open = new OpenReviews(log, memory, folder, (review, isAccepted, shown) =>
      this.close(review, isAccepted, shown),
    );
    this.groups = new ReviewGroups(this.open, log);
    this.subscriptions = [
      vscode.window.tabGroups.onDidChangeTabs(({ opened }) => {
        this.followTabs();
        this.closeStale(opened);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.follow(event);
      }),
      this.open,
      this.groups,
      this.lenses,
    ];
  }

  /**
   * Makes the texts of an earlier window's diffs available, which VS Code then shows. The reviews themselves follow: VS Code opens no
   * document before the extension is active.
   */
  async loadTexts(): Promise<void> {
    this.restored = this.reopenAll(await this.open.loadTexts());
  }

  /**
   * Shows a diff of a document and the proposed text. Nothing is written before the user accepts. Discards an earlier proposal
   * for the same document. Resolves when the diff is open.
   */
  async propose(
    document: vscode.TextDocument,
    text: string,
    options: ProposeOptions,
  ): Promise<PendingReview> {
    const review = await this.add({ change: await proposedChange(document), text }, options, false);
    await review.reveal();
    return review;
  }

  /**
   * Shows the proposed texts of several files together. A file that does not exist yet is created when the user accepts it. Discards
   * earlier proposals for the same documents. Resolves when the diff is open.
   *
   * @returns The reviews, in the order of the proposals.
   */
  async proposeAll(
    proposals: readonly Proposal[],
    options: ProposeOptions,
  ): Promise<readonly PendingReview[]> {
    const reviews: FileReview[] = [];
    for (const proposal of proposals) reviews.push(await this.add(proposal, options, true));
    await this.groups.add(reviews, options.modelName).show();
    return reviews;
  }

  /** Accepts a file: writes the proposed text with the user's edits. */
  async accept(of?: unknown): Promise<void> {
    await this.open.chosen(of)?.acceptAll();
  }

  /** Accepts all files that are reviewed together, or the only one. */
  async acceptAll(of?: unknown): Promise<void> {
    await (this.groups.chosen(of) ?? this.open.chosen(of))?.acceptAll();
  }

  /** Discards the remaining hunks of a proposal, and closes it. */
  async discard(of?: unknown): Promise<void> {
    await this.open.chosen(of)?.end('discarded');
  }

  /** Discards all files that are reviewed together, or the only one. */
  async discardAll(of?: unknown): Promise<void> {
    const group = this.groups.chosen(of);
    if (group === undefined) await this.open.chosen(of)?.end('all-discarded');
    else await group.rejectAll();
  }

  /** Accepts a hunk, and moves to the next one. If no hunk is at the cursor, only moves. */
  async acceptHunk(of?: unknown, id?: unknown): Promise<void> {
    await this.decide(of, id, (review, hunk) => review.acceptHunk(hunk));
  }

  /** Rejects a hunk, and moves to the next one. If no hunk is at the cursor, only moves. */
  async rejectHunk(of?: unknown, id?: unknown): Promise<void> {
    await this.decide(of, id, (review, hunk) => review.rejectHunk(hunk));
  }

  /** Shows a hunk in the diff, or moves the cursor to the next one. After the last hunk comes the first one. */
  async nextHunk(of?: unknown, id?: unknown): Promise<void> {
    const review = this.open.chosen(of);
    if (review !== undefined) await moveToHunk(review, 'next', id);
  }

  /** Moves the cursor to the previous hunk of the file. Before the first hunk comes the last one. */
  async previousHunk(of?: unknown): Promise<void> {
    const review = this.open.chosen(of);
    if (review !== undefined) await moveToHunk(review, 'previous');
  }

  /** Shows everything that is left in one diff. Closing the diffs of single files then keeps their changes. */
  async reviewAll(): Promise<void> {
    await this.groups.showAll();
    this.tellMenus();
  }

  /** Lists the files that are left, to accept, reject or show them one by one. */
  async listFiles(): Promise<void> {
    await this.groups.list();
  }

  /** Writes what has not been written yet. */
  async flush(): Promise<void> {
    await this.open.flush();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async add(
    { change, text }: Proposal,
    { modelName }: ProposeOptions,
    isTogether: boolean,
  ): Promise<FileReview> {
    const key = change.target.toString();
    for (const other of this.open.all)
      if (other.target.toString() === key) {
        await this.groups.leave(other);
        await other.end('discarded');
      }
    const hunks = change.document && proposeEdit(splitText(change.base).lines, splitText(text).lines);
    const uri = newProposalUri(change.target, isTogether);
    const review = await this.open.add(text, { uri, change, hunks, modelName });
    this.tellMenus();
    return review;
  }

  private async reopenAll(stored: readonly StoredReview[]): Promise<void> {
    const together = new Map<string, FileReview[]>();
    for (const each of stored) {
      const review = await this.open.reopen(each);
      if (review !== undefined && each.group !== undefined)
        together.set(each.group, [...(together.get(each.group) ?? []), review]);
    }
    for (const reviews of together.values()) this.groups.add(reviews, '');
    this.followTabs();
    const isOver = (uri: vscode.Uri): boolean => this.open.of(uri) === undefined;
    await this.open.closeStale(proposalTabs().filter((tab) => proposalsOf(tab).some(isOver)));
    this.hasReopened = true;
    this.tellMenus();
    // VS Code does not restore every diff: a window may have ended before it wrote what was open.
    await this.groups.showHidden();
    for (const review of this.open.all)
      if (review.groupId === undefined && !this.shown.has(review)) await review.reveal();
  }

  private async decide(
    of: unknown,
    id: unknown,
    decision: (review: FileReview, id: number) => Promise<void>,
  ): Promise<void> {
    const review = this.open.chosen(of);
    if (review !== undefined)
      await decideHunk(review, id, decision, () => this.open.has(review) && review.hunks.length > 0);
  }

  private follow(event: vscode.TextDocumentChangeEvent): void {
    const review = event.contentChanges.length > 0 && this.open.of(event.document.uri);
    if (!review) return;
    review.follow(event);
    this.open.save(review);
    this.lenses.refresh(true);
    this.groups.refresh();
  }

  /** Closes the diff of a file that the user has decided about. Files that are reviewed together close with the last one. */
  private async close(
    review: FileReview,
    isAccepted: boolean,
    shown: AcceptedChange | undefined,
  ): Promise<void> {
    const isOver = await this.groups.settle(review, isAccepted);
    if (isOver) await this.open.remove(review);
    this.tellMenus();
    if (isOver && shown !== undefined) await showChange(shown.document, shown.range);
  }

  /**
   * Discards a proposal whose own diff the user closed, and ends its review: nothing should open when editors are closed. A tab that
   * moves to another group is closed and opened again: it is kept. Files that are reviewed together are kept too.
   */
  private followTabs(): void {
    const shown = new Set(proposalTabs().map((tab) => this.open.of(proposalOf(tab))));
    for (const review of this.open.all) {
      if (shown.has(review)) this.shown.add(review);
      else if (review.groupId === undefined && this.shown.has(review)) void review.end('all-discarded');
    }
    this.groups.followTabs();
  }

  /** Closes tabs without a review: VS Code restores unsaved text of an earlier window late, with a tab for it. */
  private closeStale(opened: readonly vscode.Tab[]): void {
    const stale = opened.filter((tab) => {
      const uris = proposalsOf(tab);
      return uris.length > 0 && uris.every((uri) => this.open.of(uri) === undefined);
    });
    if (this.hasReopened && stale.length > 0) void this.open.closeStale(stale);
  }

  private tellMenus(): void {
    const reviewed = this.open.all.flatMap(({ uri, target }) => [uri.toString(), target.toString()]);
    this.lenses.refresh(reviewed.length > 0);
    this.groups.refresh();
    void vscode.commands.executeCommand(
      'setContext',
      reviewedKey,
      reviewed.length > 0 ? reviewed : undefined,
    );
  }
}
