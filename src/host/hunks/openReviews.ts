import * as vscode from 'vscode';
import type { EditProposal } from '../../core/edits/proposal/editProposal';
import type { Log } from '../../core/ports/log';
import type { Memory } from '../memory/storedValue';
import { FileReview } from './fileReview';
import { emptySide, ProposalFiles, proposalScheme } from './proposalFiles';
import { closeTabs, proposalOf, proposalsOf, proposalTabs } from './proposalTabs';
import { proposalTitle } from './proposalTitle';
import type { AcceptedChange, ProposedChange } from './proposedChange';
import { StoredReviews, type StoredReview } from './storedReviews';

/** A proposed text of a file. */
export interface Proposal {
  readonly change: ProposedChange;
  readonly text: string;
}

/** A proposal with its hunks, and where its text is. */
interface OpenProposal {
  readonly uri: vscode.Uri;
  readonly change: ProposedChange;
  /** Undefined for a new file. */
  readonly hunks: EditProposal | undefined;
  /** The model that wrote the code; '' if unknown. */
  readonly modelName: string;
}

/** Closes the diff of a review after the user has decided. */
type CloseReview = (
  review: FileReview,
  isAccepted: boolean,
  shown: AcceptedChange | undefined,
) => Promise<void>;

/** The reviews that wait for the user's decision, with their proposed texts in memory and on disk. */
export class OpenReviews implements vscode.Disposable {
  private readonly files = new ProposalFiles();
  private readonly reviews = new Map<string, FileReview>();
  private readonly stored: StoredReviews;
  private readonly registered: vscode.Disposable;

  /**
   * @param memory The memory of the workspace.
   * @param folder Where pending reviews are kept for the next window.
   */
  constructor(
    private readonly log: Log,
    memory: Memory,
    folder: string,
    private readonly close: CloseReview,
  ) {
    this.stored = new StoredReviews(memory, folder, log);
    this.registered = vscode.Disposable.from(
      vscode.workspace.registerFileSystemProvider(proposalScheme, this.files, { isCaseSensitive: true }),
      // VS Code closes a document after some minutes if no tab shows it.
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.reviews.has(document.uri.toString())) this.files.put(document.uri, document.getText());
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        const review = this.reviews.get(document.uri.toString());
        if (review !== undefined && review.proposed !== document) review.attach(document);
      }),
      this.files,
    );
  }

  get all(): readonly FileReview[] {
    return [...this.reviews.values()];
  }

  has(review: FileReview): boolean {
    return this.reviews.has(review.uri.toString());
  }

  /** The review of a document or of a proposed text. */
  of(uri: vscode.Uri | undefined): FileReview | undefined {
    return uri && this.all.find((review) => review.isOf(uri));
  }

  /**
   * @param of What a menu or a lens says: a URI of the review, also as text. If absent or unknown, the review of the active diff or
   *   document. If another editor is active, the only open review.
   */
  chosen(of: unknown): FileReview | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const [only, ...others] = this.all;
    const named =
      of instanceof vscode.Uri || typeof of === 'string' ? vscode.Uri.parse(String(of)) : undefined;
    return (
      this.of(named) ??
      this.of(tab && proposalOf(tab)) ??
      this.of(vscode.window.activeTextEditor?.document.uri) ??
      (others.length === 0 ? only : undefined)
    );
  }

  /** Reads the proposed texts of an earlier window, which VS Code then shows. */
  async loadTexts(): Promise<readonly StoredReview[]> {
    const reviews = await this.stored.load();
    for (const { uri, text } of reviews) this.files.put(vscode.Uri.parse(uri), text);
    return reviews;
  }

  /** Begins the review of a text that is a file in memory from now on. */
  async add(text: string, proposal: OpenProposal): Promise<FileReview> {
    this.files.put(proposal.uri, text);
    return await this.start(proposal);
  }

  /** Opens a review of an earlier window again. */
  async reopen({ uri, target, place, proposal }: StoredReview): Promise<FileReview | undefined> {
    const file = vscode.Uri.parse(target);
    try {
      const document = proposal === null ? undefined : await vscode.workspace.openTextDocument(file);
      const base = proposal?.base.join('\n') ?? '';
      const change = { target: file, document, base, place };
      return await this.start({
        uri: vscode.Uri.parse(uri),
        change,
        hunks: proposal ?? undefined,
        modelName: '',
      });
    } catch (error) {
      // The file was deleted or moved.
      this.log.warn(`Couldn't restore a proposed change: ${String(error)}`);
      this.forget(vscode.Uri.parse(uri));
      return undefined;
    }
  }

  /** Stores the open changes of a review for the next window. */
  save(review: FileReview): void {
    const { authority } = review.uri;
    if (review.hunks.length > 0) this.stored.save(authority, () => review.stored);
    else this.stored.delete(authority);
  }

  /** Makes the diff of a file that was decided about show no change, while the files that are reviewed with it stay open. */
  async settle(review: FileReview, isAccepted: boolean): Promise<void> {
    const { proposed, uri, isNew } = review;
    if (!isAccepted) await review.clear();
    if (isNew) {
      if (proposed.isDirty) await proposed.save();
      if (isAccepted) this.files.put(emptySide(uri), proposed.getText());
      else this.files.put(uri, '');
    }
    this.save(review);
  }

  /** Closes the diff of a review and forgets its text. */
  async remove({ proposed, uri }: FileReview): Promise<void> {
    this.reviews.delete(uri.toString());
    // VS Code would ask about unsaved edits of the proposal, so they are saved to the file in memory first.
    if (proposed.isDirty) await proposed.save();
    const tabs = proposalTabs().filter((tab) => proposalOf(tab)?.toString() === uri.toString());
    await closeTabs(tabs, this.log);
    this.forget(uri);
  }

  /** Closes tabs whose reviews have ended, such as those that VS Code restored from an earlier window. */
  async closeStale(tabs: readonly vscode.Tab[]): Promise<void> {
    const uris = tabs.flatMap((tab) => proposalsOf(tab)).filter((uri) => this.of(uri) === undefined);
    const stale = new Set(uris.map(String));
    // VS Code would ask about unsaved text, so it is saved to the file in memory first.
    for (const document of vscode.workspace.textDocuments)
      if (document.isDirty && stale.has(document.uri.toString())) {
        this.files.putEmpty(document.uri);
        await document.save();
      }
    await closeTabs(tabs, this.log);
    for (const uri of uris) this.files.delete(uri);
  }

  /** Writes what has not been written yet. */
  async flush(): Promise<void> {
    await this.stored.flush();
  }

  dispose(): void {
    this.registered.dispose();
  }

  private async start({ uri, change, hunks, modelName }: OpenProposal): Promise<FileReview> {
    const title = await proposalTitle(change.target, { modelName, isNew: hunks === undefined });
    const proposed = await vscode.workspace.openTextDocument(uri);
    const languageId = change.document?.languageId ?? proposed.languageId;
    if (proposed.languageId !== languageId)
      await vscode.languages.setTextDocumentLanguage(proposed, languageId);
    const review: FileReview = new FileReview(change, proposed, hunks, {
      log: this.log,
      reveal: async () => {
        const left = hunks === undefined ? emptySide(uri) : change.target;
        await vscode.commands.executeCommand('vscode.diff', left, uri, title, { preview: false });
      },
      close: (isAccepted, shown) => this.close(review, isAccepted, shown),
    });
    this.reviews.set(uri.toString(), review);
    this.stored.save(uri.authority, () => review.stored);
    return review;
  }

  private forget(uri: vscode.Uri): void {
    this.files.delete(uri);
    this.stored.delete(uri.authority);
  }
}
