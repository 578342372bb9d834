import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import type { Log } from '../../core/ports/log';
import { splitText } from '../../core/edits/lines/lineEdit';
import { indentationOnlyLines } from '../../core/edits/lines/indentationOnlyLines';
import { rebaseChange } from '../../core/edits/plan/rebaseChange';
import { findRealPlace } from '../workspace/findRealPlace';
import { plainText } from '../ui/plainText';
import { autoExecutionOf, mayWriteTo } from './mayWriteTo';
import { unencodableCharacters } from './unencodableCharacters';
import { cellOf, showCell } from './codeCellsOf';
import { ProposalFiles, proposalScheme } from './proposalFiles';
import { writeChange } from './writeChange';

/** How the user decided about a proposal. `again`: the file changed at the same place, and the proposal should be made again. */
type Decision = 'accepted' | 'discarded' | 'again';

interface Proposal {
  readonly uri: vscode.Uri;
  readonly document: vscode.TextDocument;
  /** The real path of the document's file when the diff was shown. */
  readonly place: string;
  /** The document's text when the diff was shown. */
  readonly base: string;
  readonly decide: (decision: Decision) => void;
}

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
   *
   * @param modelName The model that wrote the code, for the tab's title; '' if unknown.
   * @returns `decided` resolves when the user decides, and never rejects.
   */
  async show(
    document: vscode.TextDocument,
    text: string,
    modelName: string,
  ): Promise<{ readonly decided: Promise<Decision> }> {
    for (const other of [...this.open.values()])
      if (other.document.uri.toString() === document.uri.toString()) await this.close(other, 'discarded');
    const uri = this.newUri(document.uri);
    this.files.put(uri, text);
    const place = await placeOf(document.uri);
    const decided = new Promise<Decision>((decide) => {
      this.open.set(uri.toString(), { uri, document, place, base: document.getText(), decide });
    });
    const proposed = await vscode.workspace.openTextDocument(uri);
    if (proposed.languageId !== document.languageId)
      await vscode.languages.setTextDocumentLanguage(proposed, document.languageId);
    const title = await titleOf(document.uri, modelName);
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, {
      preview: false,
    });
    void reportUnmarkedLines(document, text);
    return { decided };
  }

  /**
   * Accepts the active diff: writes its right side, with the user's edits, into the document. Changes that were made to the
   * document meanwhile are kept. If both changed the same lines, nothing is written and the user is asked.
   */
  async accept(): Promise<void> {
    const proposal = this.active();
    if (proposal === undefined) return;
    const { document, base, uri } = proposal;
    if (!(await this.mayWrite(proposal))) return;
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    if (!(await mayLoseCharacters(document, text))) return;
    const proposed = splitText(text).lines;
    // The editor may have been closed and the file changed on disk, so the document is opened again.
    const live = await vscode.workspace.openTextDocument(document.uri);
    const current = splitText(live.getText()).lines;
    const lines = rebaseChange(splitText(base).lines, proposed, current);
    if (lines === undefined) {
      await this.askAgain(proposal);
      return;
    }
    const changed = await writeChange(live, lines);
    if (changed === false) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t("Couldn't make the change. {0} is read-only.", plainName(document.uri)),
      );
      return;
    }
    this.log.info('Accepted a proposed change.');
    await this.close(proposal, 'accepted');
    await showChange(live, changed);
  }

  /** Discards the active diff: closes it and forgets the proposed text. */
  async discard(): Promise<void> {
    const proposal = this.active();
    if (proposal !== undefined) await this.close(proposal, 'discarded');
  }

  dispose(): void {
    for (const { decide } of this.open.values()) decide('discarded');
    this.open.clear();
    for (const subscription of this.subscriptions) subscription.dispose();
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

  /** Checks that the path still leads to the same file, and asks about a file that runs without being asked. */
  private async mayWrite({ document, place }: Proposal): Promise<boolean> {
    if ((await placeOf(document.uri)) !== place) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} now leads to another file. Nothing was written.', plainName(document.uri)),
      );
      return false;
    }
    return await mayWriteTo(document.uri, vscode.l10n.t('Change Anyway'));
  }

  private async askAgain(proposal: Proposal): Promise<void> {
    const again = vscode.l10n.t('Propose Again');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} was changed in the same place as the proposal. Nothing was written.',
        plainName(proposal.document.uri),
      ),
      again,
    );
    if (answer === again) await this.close(proposal, 'again');
  }

  private async close(proposal: Proposal, decision: Decision): Promise<void> {
    this.open.delete(proposal.uri.toString());
    proposal.decide(decision);
    // VS Code would ask about unsaved edits of the proposal, so they are saved to the file in memory first.
    const edited = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === proposal.uri.toString(),
    );
    if (edited?.isDirty === true) await edited.save();
    const tabs = proposalTabs().filter((tab) => proposalOf(tab)?.toString() === proposal.uri.toString());
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
    this.files.delete(proposal.uri);
  }

  /**
   * Discards the proposals whose diff the user closed. A tab that moves to another group is closed and opened again: it is kept.
   */
  private forgetClosed(): void {
    const shown = new Set(proposalTabs().map((tab) => proposalOf(tab)?.toString()));
    for (const [key, { uri, decide }] of [...this.open]) {
      if (shown.has(key)) continue;
      this.open.delete(key);
      this.files.delete(uri);
      decide('discarded');
    }
  }
}

/** Shows a changed document at the change, with the focus where one undo reverts it. */
async function showChange(document: vscode.TextDocument, changed: vscode.Range): Promise<void> {
  const cell = cellOf(document.uri);
  if (cell !== undefined) {
    await showCell(cell);
    await vscode.commands.executeCommand('notebook.cell.edit');
    return;
  }
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.selection = new vscode.Selection(changed.start, changed.start);
  editor.revealRange(changed, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Asks before writing characters that the file's encoding does not have. Returns true if there are none. */
async function mayLoseCharacters(document: vscode.TextDocument, text: string): Promise<boolean> {
  const lost = await unencodableCharacters(document, text);
  if (lost.length === 0) return true;
  const accept = vscode.l10n.t('Accept Anyway');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      '{0} is saved with the encoding {1}, which does not have “{2}”. VS Code would save other characters instead.',
      plainName(document.uri),
      document.encoding,
      lost.join('”, “'),
    ),
    {
      modal: true,
      detail: vscode.l10n.t('To keep them, first save the file with another encoding from the Status Bar.'),
    },
    accept,
  );
  return answer === accept;
}

/** The title of a diff's tab. It warns if a program runs the file without being asked. */
async function titleOf(uri: vscode.Uri, modelName: string): Promise<string> {
  const cell = cellOf(uri);
  const name =
    cell === undefined
      ? baseName(uri.path)
      : vscode.l10n.t('{0}, Cell {1}', baseName(uri.path), cell.index + 1);
  const title =
    modelName === ''
      ? vscode.l10n.t('{0} (Proposed)', name)
      : vscode.l10n.t('{0} (Proposed by {1})', name, modelName);
  return (await autoExecutionOf(uri)) === undefined
    ? title
    : vscode.l10n.t('{0} – runs automatically', title);
}

/** Tells the user how many changed lines the diff does not mark, because they differ only in indentation. */
async function reportUnmarkedLines(document: vscode.TextDocument, proposed: string): Promise<void> {
  // The setting depends on the language: it is off for Python.
  if (vscode.workspace.getConfiguration('diffEditor', document).get('ignoreTrimWhitespace') !== true) return;
  const count = indentationOnlyLines(splitText(document.getText()).lines, splitText(proposed).lines);
  if (count === 0) return;
  const show = vscode.l10n.t('Show Whitespace Differences');
  const message =
    count === 1
      ? vscode.l10n.t('1 line differs only in indentation. The diff does not mark it.')
      : vscode.l10n.t('{0} lines differ only in indentation. The diff does not mark them.', count);
  if ((await vscode.window.showInformationMessage(message, show)) === show)
    await vscode.commands.executeCommand('toggle.diff.ignoreTrimWhitespace');
}

function proposalTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter((tab) => proposalOf(tab) !== undefined),
  );
}

function proposalOf({ input }: vscode.Tab): vscode.Uri | undefined {
  const uri =
    input instanceof vscode.TabInputTextDiff
      ? input.modified
      : input instanceof vscode.TabInputText
        ? input.uri
        : undefined;
  return uri?.scheme === proposalScheme ? uri : undefined;
}

async function placeOf(uri: vscode.Uri): Promise<string> {
  return (await findRealPlace(uri)).uri.toString();
}

function plainName(uri: vscode.Uri): string {
  return plainText(baseName(uri.path));
}
