import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import type { Log } from '../../core/ports/log';
import { plainText } from '../ui/plainText';
import { acceptProposal, proposedChange, proposedFile, type ProposedChange } from './acceptProposal';
import { cellOf } from './codeCellsOf';
import { ProposalFiles, proposalScheme } from './proposalFiles';
import { proposalOf, proposalTabs } from './proposalTabs';
import { proposalTitle, type ReviewPlace } from './proposalTitle';
import { reportUnmarkedLines } from './reportUnmarkedLines';
import { showChange } from './showChange';

/**
 * How the user decided about a proposal. `again`: the file changed at the same place, and the proposal should be made again. The
 * decisions about all are also about the other proposals of the same review.
 */
export type Decision = 'accepted' | 'discarded' | 'again' | 'all-accepted' | 'all-discarded';

interface Proposal extends ProposedChange {
  /** The URI of the proposed text. */
  readonly uri: vscode.Uri;
  /** The empty left side of a new file's diff. */
  readonly nothing: vscode.Uri | undefined;
  /** True if it is one of several that are reviewed together. */
  readonly isOfSeveral: boolean;
  readonly decide: (decision: Decision) => void;
}

/** What the diff of a proposal shows beside the text. */
interface ShowOptions {
  /** The model that wrote the code, for the tab's title; '' if unknown. */
  readonly modelName: string;
  /** Undefined for a single proposal. */
  readonly place: ReviewPlace | undefined;
}

/** A proposal whose diff is open. */
interface ShownProposal {
  /** Resolves when the user decides, and never rejects. */
  readonly decided: Promise<Decision>;
}

/** Proposals that are reviewed together have buttons for all of them. Read by the menus in package.json. */
const severalKey = 'parley.proposalsOfSeveral';

/** Shows proposed changes as diffs, and applies or discards them when the user decides. */
export class Proposals implements vscode.Disposable {
  private readonly files = new ProposalFiles();
  private readonly open = new Map<string, Proposal>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private count = 0;

  constructor(private readonly log: Log) {
    this.subscriptions = [
      vscode.workspace.registerFileSystemProvider(proposalScheme, this.files, { isCaseSensitive: true }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) this.forgetClosed();
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
  async show(document: vscode.TextDocument, text: string, options: ShowOptions): Promise<ShownProposal> {
    const shown = await this.display(await proposedChange(document), text, options);
    void reportUnmarkedLines(document, text);
    return shown;
  }

  /** Shows the proposed text of a file that does not exist yet. Accepting it creates the file. */
  async showNew(target: vscode.Uri, text: string, options: ShowOptions): Promise<ShownProposal> {
    return await this.display(await proposedFile(target), text, options);
  }

  /** Accepts the active diff: writes its right side, with the user's edits. */
  async accept(): Promise<void> {
    const proposal = this.active();
    if (proposal !== undefined) await this.acceptOne(proposal, 'accepted');
  }

  /** Accepts the active diff and all further proposals of its review. */
  async acceptAll(): Promise<void> {
    const proposal = this.active();
    if (proposal !== undefined) await this.acceptOne(proposal, 'all-accepted');
  }

  /** Discards the active diff: closes it and forgets the proposed text. */
  async discard(): Promise<void> {
    const proposal = this.active();
    if (proposal !== undefined) await this.close(proposal, 'discarded');
  }

  /** Discards the active diff and all further proposals of its review. */
  async discardAll(): Promise<void> {
    const proposal = this.active();
    if (proposal !== undefined) await this.close(proposal, 'all-discarded');
  }

  dispose(): void {
    for (const { decide } of this.open.values()) decide('discarded');
    this.open.clear();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async display(
    change: ProposedChange,
    text: string,
    { modelName, place }: ShowOptions,
  ): Promise<ShownProposal> {
    const key = change.target.toString();
    for (const other of [...this.open.values()])
      if (other.target.toString() === key) await this.close(other, 'discarded');
    const uri = this.newUri(change.target);
    this.files.put(uri, text);
    const isNew = change.document === undefined;
    const nothing = isNew ? this.newUri(change.target) : undefined;
    if (nothing !== undefined) this.files.put(nothing, '');
    const decided = new Promise<Decision>((decide) => {
      const proposal = { ...change, uri, nothing, isOfSeveral: place !== undefined, decide };
      this.open.set(uri.toString(), proposal);
    });
    this.tellMenus();
    const proposed = await vscode.workspace.openTextDocument(uri);
    const languageId = change.document?.languageId ?? proposed.languageId;
    if (proposed.languageId !== languageId)
      await vscode.languages.setTextDocumentLanguage(proposed, languageId);
    const title = await proposalTitle(change.target, { modelName, isNew, place });
    await vscode.commands.executeCommand('vscode.diff', nothing ?? change.target, uri, title, {
      preview: false,
    });
    return { decided };
  }

  /** If the document was changed at the same place meanwhile, nothing is written and the user is asked. */
  private async acceptOne(proposal: Proposal, decision: 'accepted' | 'all-accepted'): Promise<void> {
    const text = (await vscode.workspace.openTextDocument(proposal.uri)).getText();
    const accepted = await acceptProposal(proposal, text);
    if (accepted === undefined) return;
    if (accepted === 'conflict') {
      await this.askAgain(proposal);
      return;
    }
    this.log.info('Accepted a proposed change.');
    // The change is shown first: the next diff of the review opens over it.
    await this.takeAway(proposal);
    await showChange(accepted.document, accepted.range);
    proposal.decide(decision);
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

  /** The proposal of the active diff. If another editor is active, the only open proposal. */
  private active(): Proposal | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const uri = tab === undefined ? undefined : proposalOf(tab);
    const [only, ...others] = this.open.values();
    return uri === undefined ? (others.length === 0 ? only : undefined) : this.open.get(uri.toString());
  }

  private async askAgain(proposal: Proposal): Promise<void> {
    const again = vscode.l10n.t('Propose Again');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} was changed in the same place as the proposal. Nothing was written.',
        plainText(baseName(proposal.target.path)),
      ),
      again,
    );
    if (answer === again) await this.close(proposal, 'again');
  }

  private async close(proposal: Proposal, decision: Decision): Promise<void> {
    this.open.delete(proposal.uri.toString());
    proposal.decide(decision);
    await this.takeAway(proposal);
  }

  /** Closes the diff of a proposal and forgets its text. */
  private async takeAway(proposal: Proposal): Promise<void> {
    this.open.delete(proposal.uri.toString());
    this.tellMenus();
    // VS Code would ask about unsaved edits of the proposal, so they are saved to the file in memory first.
    const edited = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === proposal.uri.toString(),
    );
    if (edited?.isDirty === true) await edited.save();
    const tabs = proposalTabs().filter((tab) => proposalOf(tab)?.toString() === proposal.uri.toString());
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
    this.forget(proposal);
  }

  private forget({ uri, nothing }: Proposal): void {
    this.files.delete(uri);
    if (nothing !== undefined) this.files.delete(nothing);
  }

  /**
   * Discards the proposals whose diff the user closed, and ends their review: nothing should open when editors are closed. A tab
   * that moves to another group is closed and opened again: it is kept.
   */
  private forgetClosed(): void {
    const shown = new Set(proposalTabs().map((tab) => proposalOf(tab)?.toString()));
    for (const [key, proposal] of [...this.open]) {
      if (shown.has(key)) continue;
      this.open.delete(key);
      this.forget(proposal);
      proposal.decide('all-discarded');
    }
    this.tellMenus();
  }

  private tellMenus(): void {
    const uris = [...this.open.values()].flatMap(({ uri, isOfSeveral }) =>
      isOfSeveral ? [uri.toString()] : [],
    );
    void vscode.commands.executeCommand('setContext', severalKey, uris);
  }
}
