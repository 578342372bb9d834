import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import { splitText } from '../../core/edits/lines/lineEdit';
import { indentationOnlyLines } from '../../core/edits/lines/indentationOnlyLines';
import { rebaseChange } from '../../core/edits/plan/rebaseChange';
import { findRealPlace } from '../workspace/realPlace';
import { plainText } from '../ui/plainText';
import { autoExecutionOf, mayWriteTo } from './mayWriteTo';
import { unencodableCharacters } from './unencodableCharacters';
import { cellOf, showCell } from './codeCellsOf';
import { ProposalFiles, proposalScheme } from './proposalFiles';
import { writeChange } from './writeChange';

/** What became of a proposal; `again` when the file changed just there and it should be made anew. */
export type Decision = 'accepted' | 'discarded' | 'again';

interface Proposal {
  readonly uri: vscode.Uri;
  readonly document: vscode.TextDocument;
  /** Where the document's file really was when the change was shown. */
  readonly place: string;
  /** The document's text that the change was made for. */
  readonly base: string;
  readonly decide: (decision: Decision) => void;
}

/** Changes that are shown as diffs and wait for the user's decision. */
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
    // Those of an earlier window have lost their texts.
    const stale = proposalTabs();
    if (stale.length > 0)
      vscode.window.tabGroups.close(stale).then(undefined, (error: unknown) => {
        log.warn(`A stale proposal could not be closed: ${String(error)}`);
      });
  }

  /**
   * Shows a document beside what is proposed for it. Nothing is written before the user accepts.
   *
   * @returns Called when the diff stands; what it resolves with is the decision.
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
    void tellOfIndentation(document, text);
    return { decided };
  }

  /** Writes the proposal of the active diff into its file, as it stands there now. */
  async accept(): Promise<void> {
    const proposal = this.active();
    if (proposal === undefined) return;
    const { document, base, uri } = proposal;
    if (!(await this.mayWrite(proposal))) return;
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    if (!(await mayLoseCharacters(document, text))) return;
    const proposed = splitText(text).lines;
    // The editor may have been closed meanwhile, and the file changed on disk.
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
        vscode.l10n.t('The change could not be made: {0} is read-only.', plainName(document.uri)),
      );
      return;
    }
    this.log.info('A proposed change was accepted.');
    await this.close(proposal, 'accepted');
    const cell = cellOf(live.uri);
    if (cell !== undefined) {
      await showCell(cell);
      // In the cell's own editor one undo takes the change back.
      await vscode.commands.executeCommand('notebook.cell.edit');
      return;
    }
    const editor = await vscode.window.showTextDocument(live, { preview: false });
    editor.selection = new vscode.Selection(changed.start, changed.start);
    editor.revealRange(changed, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Closes the active diff and forgets what was proposed. */
  async discard(): Promise<void> {
    const proposal = this.active();
    if (proposal !== undefined) await this.close(proposal, 'discarded');
  }

  dispose(): void {
    for (const { decide } of this.open.values()) decide('discarded');
    this.open.clear();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Like no other, and with the document's own path, which the breadcrumbs show. */
  private newUri(of: vscode.Uri): vscode.Uri {
    const cell = cellOf(of);
    const file = cell?.notebook.uri ?? of;
    const isInside = vscode.workspace.getWorkspaceFolder(file) !== undefined;
    const own = isInside ? vscode.workspace.asRelativePath(file) : fileName(file);
    // A path that ends like a notebook's would be opened as one.
    const path = cell === undefined ? own : `${own} ${cell.index + 1}`;
    return vscode.Uri.from({ scheme: proposalScheme, authority: String(++this.count), path: `/${path}` });
  }

  /** The proposal whose diff is active, or the only one there is. */
  private active(): Proposal | undefined {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const uri = tab === undefined ? undefined : proposalOf(tab);
    const [only, ...others] = this.open.values();
    return uri === undefined ? (others.length === 0 ? only : undefined) : this.open.get(uri.toString());
  }

  /** What was shown is what is written, and where; what runs by itself is asked about. */
  private async mayWrite({ document, place }: Proposal): Promise<boolean> {
    if ((await placeOf(document.uri)) !== place) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} leads to another file now. Nothing was written.', plainName(document.uri)),
      );
      return false;
    }
    return await mayWriteTo(document.uri, vscode.l10n.t('Change It'));
  }

  private async askAgain(proposal: Proposal): Promise<void> {
    const again = vscode.l10n.t('Propose Again');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} was changed where the proposal changes it. Nothing was written.',
        plainName(proposal.document.uri),
      ),
      again,
    );
    if (answer === again) await this.close(proposal, 'again');
  }

  private async close(proposal: Proposal, decision: Decision): Promise<void> {
    this.open.delete(proposal.uri.toString());
    proposal.decide(decision);
    // What the user changed in the proposal would be asked about; it goes to memory, and with it.
    const edited = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === proposal.uri.toString(),
    );
    if (edited?.isDirty === true) await edited.save();
    const tabs = proposalTabs().filter((tab) => proposalOf(tab)?.toString() === proposal.uri.toString());
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
    this.files.delete(proposal.uri);
  }

  /** A diff that the user closed is discarded. A tab that moves to another group closes and opens. */
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

/** Asks before characters are written that the file's encoding cannot represent; true when there are none. */
async function mayLoseCharacters(document: vscode.TextDocument, text: string): Promise<boolean> {
  const lost = await unencodableCharacters(document, text);
  if (lost.length === 0) return true;
  const accept = vscode.l10n.t('Accept Anyway');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      '{0} is saved in the encoding {1}, which does not have “{2}”. VS Code will save other characters instead.',
      plainName(document.uri),
      document.encoding,
      lost.join('”, “'),
    ),
    {
      modal: true,
      detail: vscode.l10n.t('To keep them, save the file with another encoding first, from the Status Bar.'),
    },
    accept,
  );
  return answer === accept;
}

/** The name of a diff's tab. It says what is not seen in the diff: that saving the file may run it. */
async function titleOf(uri: vscode.Uri, modelName: string): Promise<string> {
  const cell = cellOf(uri);
  const name =
    cell === undefined ? fileName(uri) : vscode.l10n.t('{0}, Cell {1}', fileName(uri), cell.index + 1);
  const title =
    modelName === ''
      ? vscode.l10n.t('{0} (Proposed)', name)
      : vscode.l10n.t('{0} (Proposed by {1})', name, modelName);
  return (await autoExecutionOf(uri)) === undefined ? title : vscode.l10n.t('{0} – runs by itself', title);
}

/** Says how many changed lines the diff does not mark, because they differ in white space at their ends only. */
async function tellOfIndentation(document: vscode.TextDocument, proposed: string): Promise<void> {
  // VS Code sets it by language: it is off for Python.
  if (vscode.workspace.getConfiguration('diffEditor', document).get('ignoreTrimWhitespace') !== true) return;
  const count = indentationOnlyLines(splitText(document.getText()).lines, splitText(proposed).lines);
  if (count === 0) return;
  const show = vscode.l10n.t('Show Whitespace Differences');
  const message =
    count === 1
      ? vscode.l10n.t('1 line differs in indentation only. The diff does not mark it.')
      : vscode.l10n.t('{0} lines differ in indentation only. The diff does not mark them.', count);
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
  return plainText(fileName(uri));
}

function fileName(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}
