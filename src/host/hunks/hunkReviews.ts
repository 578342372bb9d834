import * as vscode from 'vscode';
import { splitText } from '../../core/edits/lines/lineEdit';
import { proposeEdit, type EditProposal } from '../../core/edits/proposal/editProposal';
import type { Log } from '../../core/ports/log';
import type { Memory } from '../memory/storedValue';
import { proposedChange, proposedFile, type ProposedChange } from './acceptProposal';
import { diffOf, editorOf } from './editorOf';
import { FileReview, type PendingReview } from './fileReview';
import { hunkAt, showHunk, showNextHunk } from './hunkAt';
import { HunkLenses } from './hunkLenses';
import { newProposalUri } from './newProposalUri';
import { ProposalFiles, emptySide, proposalScheme } from './proposalFiles';
import { closeTabs, proposalOf, proposalTabs } from './proposalTabs';
import { proposalTitle, type ReviewPlace } from './proposalTitle';
import { StoredReviews, type StoredReview } from './storedReviews';

/** What the diff of a proposal shows beside the text. */
interface ProposeOptions {
  /** The model that wrote the code, for the tab's title; '' if unknown. */
  readonly modelName: string;
  /** Undefined for a single proposal. */
  readonly place?: ReviewPlace | undefined;
}

/** Proposals that are reviewed together have buttons for all of them. Read by the menus in package.json. */
const severalKey = 'parley.proposalsOfSeveral';

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
  private readonly files = new ProposalFiles();
  private readonly open = new Map<string, FileReview>();
  /** The reviews that are one of several. */
  private readonly several = new WeakSet<FileReview>();
  /** The reviews whose diff has been in a tab. */
  private readonly shown = new WeakSet<FileReview>();
  private readonly lenses = new HunkLenses((uri) => this.reviewOf(uri));
  private readonly stored: StoredReviews;
  /** Resolves when the reviews of an earlier window are open. */
  restored: Promise<void> = Promise.resolve();
  private readonly subscriptions: readonly { dispose(): unknown }[];

  /**
   * @param memory The memory of the workspace.
   * @param folder Where pending reviews are kept for the next window.
   */
  constructor(
    private readonly log: Log,
    memory: Memory,
    folder: string,
  ) {
    this.stored = new StoredReviews(memory, folder, log);
    this.subscriptions = [
      vscode.workspace.registerFileSystemProvider(proposalScheme, this.files, { isCaseSensitive: true }),
      vscode.window.tabGroups.onDidChangeTabs(() => {
        this.followTabs();
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.follow(event);
      }),
      this.files,
      this.lenses,
    ];
  }

  /**
   * Makes the texts of an earlier window's diffs available, which VS Code then shows. The reviews themselves follow: VS Code opens no
   * document before the extension is active.
   */
  async loadTexts(): Promise<void> {
    const reviews = await this.stored.load();
    for (const { uri, text } of reviews) this.files.put(vscode.Uri.parse(uri), text);
    this.restored = this.reopenAll(reviews);
  }

  /**
   * Shows a diff of a document and the proposed text. Nothing is written before the user accepts. Discards an earlier proposal
   * for the same document. Resolves when the diff is open.
   */
  async propose(
    document: vscode.TextDocument,
    proposed: string,
    options: ProposeOptions,
  ): Promise<PendingReview> {
    return await this.display(await proposedChange(document), proposed, options);
  }

  /** Shows the proposed text of a file that does not exist yet. Accepting it creates the file. */
  async proposeFile(target: vscode.Uri, text: string, options: ProposeOptions): Promise<PendingReview> {
    return await this.display(await proposedFile(target), text, options);
  }

  /** Accepts a file: writes the proposed text with the user's edits. */
  async accept(of?: unknown): Promise<void> {
    await this.chosen(of)?.accept('accepted');
  }

  /** Accepts a file and all further ones of its review. */
  async acceptAll(of?: unknown): Promise<void> {
    await this.chosen(of)?.accept('all-accepted');
  }

  /** Discards the remaining hunks of a proposal, and closes it. */
  async discard(of?: unknown): Promise<void> {
    await this.chosen(of)?.end('discarded');
  }

  /** Discards a file and all further ones of its review. */
  async discardAll(of?: unknown): Promise<void> {
    await this.chosen(of)?.end('all-discarded');
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
    await this.move('next', of, id);
  }

  /** Moves the cursor to the previous hunk of the file. Before the first hunk comes the last one. */
  async previousHunk(of?: unknown): Promise<void> {
    await this.move('previous', of);
  }

  /** Writes what has not been written yet. */
  async flush(): Promise<void> {
    await this.stored.flush();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async display(
    change: ProposedChange,
    text: string,
    { modelName, place }: ProposeOptions,
  ): Promise<PendingReview> {
    const key = change.target.toString();
    for (const other of [...this.open.values()])
      if (other.target.toString() === key) await other.end('discarded');
    const uri = newProposalUri(change.target);
    this.files.put(uri, text);
    const proposal = change.document && proposeEdit(splitText(change.base).lines, splitText(text).lines);
    const title = await proposalTitle(change.target, { modelName, isNew: proposal === undefined, place });
    const review = await this.start(uri, change, proposal, title);
    if (place !== undefined) this.several.add(review);
    this.tellMenus();
    await review.reveal();
    return review;
  }

  private async reopenAll(reviews: readonly StoredReview[]): Promise<void> {
    for (const review of reviews)
      await this.reopen(review).catch((error: unknown) => {
        // The file was deleted or moved.
        this.log.warn(`Couldn't restore a proposed change: ${String(error)}`);
        const uri = vscode.Uri.parse(review.uri);
        this.stored.delete(uri.authority);
        this.files.delete(uri);
      });
    this.followTabs();
    await closeTabs(
      proposalTabs().filter((tab) => this.reviewOf(proposalOf(tab)) === undefined),
      this.log,
    );
    // VS Code does not restore every diff: a window may have ended before it wrote what was open.
    for (const review of this.open.values()) if (!this.shown.has(review)) await review.reveal();
  }

  private async reopen({ uri, target, place, proposal }: StoredReview): Promise<void> {
    const file = vscode.Uri.parse(target);
    const document = proposal === null ? undefined : await vscode.workspace.openTextDocument(file);
    const base = proposal?.base.join('\n') ?? '';
    const change = { target: file, document, base, place };
    const title = await proposalTitle(file, { modelName: '', isNew: proposal === null, place: undefined });
    await this.start(vscode.Uri.parse(uri), change, proposal ?? undefined, title);
    this.tellMenus();
  }

  private async start(
    uri: vscode.Uri,
    change: ProposedChange,
    proposal: EditProposal | undefined,
    title: string,
  ): Promise<FileReview> {
    const proposed = await vscode.workspace.openTextDocument(uri);
    const languageId = change.document?.languageId ?? proposed.languageId;
    if (proposed.languageId !== languageId)
      await vscode.languages.setTextDocumentLanguage(proposed, languageId);
    const reveal = async (): Promise<void> => {
      const left = proposal === undefined ? emptySide(uri) : change.target;
      await vscode.commands.executeCommand('vscode.diff', left, uri, title, { preview: false });
    };
    const remove = (): Promise<void> => this.remove(proposed);
    const review = new FileReview(change, proposed, proposal, { log: this.log, reveal, remove });
    this.open.set(uri.toString(), review);
    this.stored.save(uri.authority, () => review.stored);
    return review;
  }

  private async decide(
    of: unknown,
    id: unknown,
    decision: (review: FileReview, id: number) => Promise<void>,
  ): Promise<void> {
    const review = this.chosen(of);
    if (review === undefined) return;
    const editor = await editorOf(review);
    const hunk = typeof id === 'number' ? id : editor && hunkAt(review, editor)?.id;
    if (hunk !== undefined && review.hunks.some((each) => each.id === hunk)) await decision(review, hunk);
    // The user may have left the editor since. The cursor of another one must not move then.
    if (editor === undefined || !vscode.window.visibleTextEditors.includes(editor)) return;
    if (this.open.has(review.uri.toString())) showNextHunk(review, editor, 'next');
  }

  private async move(direction: 'next' | 'previous', of: unknown, id?: unknown): Promise<void> {
    const review = this.chosen(of);
    if (review === undefined) return;
    const hunk = review.hunks.find((each) => each.id === id);
    const editor = await (hunk === undefined ? editorOf(review) : diffOf(review));
    if (editor === undefined) return;
    if (hunk === undefined) showNextHunk(review, editor, direction);
    else showHunk(review, editor, hunk);
  }

  /**
   * @param of What a menu or a lens says: a URI of the review, also as text. If absent or unknown, the review of the active diff or
   *   document. If another editor is active, the only open review.
   */
  private chosen(of: unknown): FileReview | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const reviews = [...this.open.values()];
    const [only, ...others] = reviews;
    const named =
      of instanceof vscode.Uri || typeof of === 'string' ? vscode.Uri.parse(String(of)) : undefined;
    return (
      this.reviewOf(named) ??
      this.reviewOf(tab && proposalOf(tab)) ??
      this.reviewOf(vscode.window.activeTextEditor?.document.uri) ??
      (others.length === 0 ? only : undefined)
    );
  }

  private reviewOf(uri: vscode.Uri | undefined): FileReview | undefined {
    return uri && [...this.open.values()].find((review) => review.isOf(uri));
  }

  private follow(event: vscode.TextDocumentChangeEvent): void {
    const review = event.contentChanges.length > 0 && this.reviewOf(event.document.uri);
    if (!review) return;
    review.follow(event);
    this.stored.save(review.uri.authority, () => review.stored);
    this.lenses.refresh(true);
  }

  /** Closes the diff of a proposal and forgets its text. */
  private async remove(proposed: vscode.TextDocument): Promise<void> {
    this.open.delete(proposed.uri.toString());
    this.tellMenus();
    // VS Code would ask about unsaved edits of the proposal, so they are saved to the file in memory first.
    if (proposed.isDirty) await proposed.save();
    const tabs = proposalTabs().filter((tab) => proposalOf(tab)?.toString() === proposed.uri.toString());
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
    this.files.delete(proposed.uri);
    this.stored.delete(proposed.uri.authority);
  }

  /**
   * Discards the proposals whose diff the user closed, and ends their review: nothing should open when editors are closed. A tab
   * that moves to another group is closed and opened again: it is kept.
   */
  private followTabs(): void {
    const shown = new Set(proposalTabs().map((tab) => this.reviewOf(proposalOf(tab))));
    for (const review of this.open.values()) {
      if (shown.has(review)) this.shown.add(review);
      else if (this.shown.has(review)) void review.end('all-discarded');
    }
  }

  private tellMenus(): void {
    const reviews = [...this.open.values()];
    const several = reviews.filter((review) => this.several.has(review)).map(({ uri }) => uri.toString());
    const reviewed = reviews.flatMap(({ uri, target }) => [uri.toString(), target.toString()]);
    this.lenses.refresh(reviews.length > 0);
    void vscode.commands.executeCommand('setContext', severalKey, several);
    void vscode.commands.executeCommand('setContext', reviewedKey, reviewed);
  }
}
