import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import { baseName } from '../../core/text/baseName';
import { cellOf } from '../documents/codeCellsOf';
import { proposedChange, proposedFile, type ProposedChange } from './acceptProposal';
import { FileReview, type PendingReview } from './fileReview';
import { hunkAt, nextHunk, showHunk } from './hunkAt';
import { ProposalFiles, proposalScheme } from './proposalFiles';
import { proposalOf, proposalTabs } from './proposalTabs';
import { proposalTitle, type ReviewPlace } from './proposalTitle';

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
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private count = 0;

  constructor(private readonly log: Log) {
    this.subscriptions = [
      vscode.workspace.registerFileSystemProvider(proposalScheme, this.files, { isCaseSensitive: true }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) this.forgetClosed();
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.follow(event);
      }),
      this.files,
    ];
    // Diffs that VS Code restored from an earlier window have lost their texts.
    const stale = proposalTabs();
    if (stale.length > 0)
      vscode.window.tabGroups.close(stale).then(undefined, (error: unknown) => {
        log.warn(`Couldn't close the diffs of an earlier window: ${String(error)}`);
      });
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

  /** Accepts the active file: writes the proposed text with the user's edits. */
  async accept(): Promise<void> {
    await this.active()?.accept('accepted');
  }

  /** Accepts the active file and all further ones of its review. */
  async acceptAll(): Promise<void> {
    await this.active()?.accept('all-accepted');
  }

  /** Discards what is left of the active proposal, and closes it. */
  async discard(): Promise<void> {
    await this.active()?.end('discarded');
  }

  /** Discards the active file and all further ones of its review. */
  async discardAll(): Promise<void> {
    await this.active()?.end('all-discarded');
  }

  /** Accepts the hunk at the cursor, and moves to the next one. Without one, only moves. */
  async acceptHunk(): Promise<void> {
    await this.decide((review, id) => review.acceptHunk(id));
  }

  /** Rejects the hunk at the cursor, and moves to the next one. Without one, only moves. */
  async rejectHunk(): Promise<void> {
    await this.decide((review, id) => review.rejectHunk(id));
  }

  /** Moves the cursor to the next hunk of the file. After the last hunk comes the first one. */
  async nextHunk(): Promise<void> {
    await this.move('next');
  }

  /** Moves the cursor to the previous hunk of the file. Before the first hunk comes the last one. */
  async previousHunk(): Promise<void> {
    await this.move('previous');
  }

  dispose(): void {
    for (const review of this.open.values()) void review.end('discarded');
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
    const uri = this.newUri(change.target);
    this.files.put(uri, text);
    const isNew = change.document === undefined;
    const nothing = isNew ? this.newUri(change.target) : undefined;
    if (nothing !== undefined) this.files.put(nothing, '');
    const proposed = await vscode.workspace.openTextDocument(uri);
    const languageId = change.document?.languageId ?? proposed.languageId;
    if (proposed.languageId !== languageId)
      await vscode.languages.setTextDocumentLanguage(proposed, languageId);
    const title = await proposalTitle(change.target, { modelName, isNew, place });
    const reveal = async (): Promise<void> => {
      const left = nothing ?? change.target;
      await vscode.commands.executeCommand('vscode.diff', left, uri, title, { preview: false });
    };
    const remove = async (): Promise<void> => {
      await this.remove(proposed);
      if (nothing !== undefined) this.files.delete(nothing);
    };
    const review = new FileReview(change, proposed, { log: this.log, reveal, remove });
    this.open.set(uri.toString(), review);
    if (place !== undefined) this.several.add(review);
    this.tellMenus();
    await reveal();
    return review;
  }

  /** Decides about the hunk at the cursor. */
  private async decide(decision: (review: FileReview, id: number) => Promise<void>): Promise<void> {
    const review = this.active();
    const editor = review && (await editorOf(review));
    if (editor === undefined || review === undefined) return;
    const hunk = hunkAt(review, editor);
    if (hunk !== undefined) await decision(review, hunk.id);
    if (this.open.has(review.uri.toString())) await this.move('next');
  }

  private async move(direction: 'next' | 'previous'): Promise<void> {
    const review = this.active();
    const editor = review && (await editorOf(review));
    if (editor === undefined || review === undefined) return;
    const hunk = nextHunk(review, editor, direction);
    if (hunk !== undefined) showHunk(review, editor, hunk);
  }

  /** A unique URI that ends with the document's path, which the breadcrumbs show. */
  private newUri(of: vscode.Uri): vscode.Uri {
    const cell = cellOf(of);
    const file = cell?.notebook.uri ?? of;
    const isInside = vscode.workspace.getWorkspaceFolder(file) !== undefined;
    const own = isInside ? vscode.workspace.asRelativePath(file) : baseName(file.path);
    // VS Code would open a path that ends in .ipynb as a notebook.
    const path = cell === undefined ? own : `${own} ${cell.index + 1}`;
    return vscode.Uri.from({ scheme: proposalScheme, authority: String(++this.count), path: `/${path}` });
  }

  /** The review of the active diff or document. If another editor is active, the only open one. */
  private active(): FileReview | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const shown = tab === undefined ? undefined : proposalOf(tab);
    if (shown !== undefined) return this.open.get(shown.toString());
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    const reviews = [...this.open.values()];
    const [only, ...others] = reviews;
    return (
      reviews.find(({ target }) => target.toString() === active) ?? (others.length === 0 ? only : undefined)
    );
  }

  private follow(event: vscode.TextDocumentChangeEvent): void {
    if (event.contentChanges.length > 0) for (const review of this.open.values()) review.follow(event);
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
  }

  /**
   * Discards the proposals whose diff the user closed, and ends their review: nothing should open when editors are closed. A tab
   * that moves to another group is closed and opened again: it is kept.
   */
  private forgetClosed(): void {
    const shown = new Set(proposalTabs().map((tab) => proposalOf(tab)?.toString()));
    for (const [key, review] of [...this.open]) if (!shown.has(key)) void review.end('all-discarded');
  }

  private tellMenus(): void {
    const reviews = [...this.open.values()];
    const several = reviews.filter((review) => this.several.has(review)).map(({ uri }) => uri.toString());
    const reviewed = reviews.flatMap(({ uri, target }) => [uri.toString(), target.toString()]);
    void vscode.commands.executeCommand('setContext', severalKey, several);
    void vscode.commands.executeCommand('setContext', reviewedKey, reviewed);
  }
}

/** The active editor if it shows a document of the review; otherwise the proposed text in the diff. */
async function editorOf(review: FileReview): Promise<vscode.TextEditor | undefined> {
  const active = vscode.window.activeTextEditor;
  const uris = [review.uri, review.target].map((uri) => uri.toString());
  if (active !== undefined && uris.includes(active.document.uri.toString())) return active;
  await review.reveal();
  return vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === review.uri.toString(),
  );
}
