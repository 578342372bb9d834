import * as vscode from 'vscode';
import type { EditProposal } from '../../core/edits/proposal/editProposal';
import type { Log } from '../../core/ports/log';
import { explainRefusal, type Refusal } from './explainRefusal';
import { createProposedFile, findRefusal, type AcceptedChange, type ProposedChange } from './proposedChange';
import { ProposedEdit, type ShownHunk } from './proposedEdit';
import type { StoredReview } from './storedReviews';

/**
 * How the user decided about a file. `again`: the file changed at the same place, and the proposal should be made again.
 * `all-discarded` also discards the open changes of the other files of the same answer.
 */
type Decision = 'accepted' | 'discarded' | 'again' | 'all-discarded';

/** How a review ended. */
interface ReviewEnd {
  /** The last decision. Hunks may have been decided about before. */
  readonly decision: Decision;
  /** The number of accepted hunks. A new file counts as one. */
  readonly accepted: number;
  /** The number of hunks that were rejected, or left when the review ended. */
  readonly rejected: number;
}

/** A proposed change that waits for the user's decision. */
export interface PendingReview {
  /** The file or notebook cell. */
  readonly target: vscode.Uri;
  /** Resolves when the user has decided about all hunks, or has closed the diff. Never rejects. */
  readonly ended: Promise<ReviewEnd>;
  /**
   * Replaces the proposed text, while an answer streams. What was typed into the document meanwhile is kept; edits of the
   * proposed text are not.
   *
   * @param proposed The whole text, made for the document's text when the review began.
   */
  update(proposed: string): Promise<void>;
  /** Writes all hunks, unless the user changed the same lines: then a message asks. */
  acceptAll(): Promise<void>;
  rejectAll(): Promise<void>;
}

/** What a review does with its diff. */
interface ReviewPorts {
  readonly log: Log;
  /** Shows the diff of this file. */
  readonly reveal: () => Promise<void>;
  /**
   * Closes the diff.
   *
   * @param shown What was accepted last.
   */
  readonly close: (isAccepted: boolean, shown: AcceptedChange | undefined) => Promise<void>;
}

/** The review of one file. */
export class FileReview implements PendingReview {
  readonly target: vscode.Uri;
  readonly ended: Promise<ReviewEnd>;
  /** The id of the files that are reviewed together with this one; undefined for a single file. */
  groupId: string | undefined;
  private resolve: (end: ReviewEnd) => void = () => undefined;
  /** Undefined for a new file, which is one hunk. */
  private readonly edit: ProposedEdit | undefined;
  private accepted = 0;
  private rejected = 0;
  /** True while the diff closes. */
  private isClosing = false;
  /** True if a new file was decided about. */
  private isDecided = false;
  private isEnded = false;
  private wasShown = false;

  /**
   * @param document The document with the proposed text.
   * @param proposal The hunks; undefined for a new file, which is one hunk.
   */
  constructor(
    private readonly change: ProposedChange,
    private document: vscode.TextDocument,
    proposal: EditProposal | undefined,
    private readonly ports: ReviewPorts,
  ) {
    this.target = change.target;
    if (proposal !== undefined) this.edit = new ProposedEdit(proposal, document);
    if (change.document !== undefined) this.edit?.catchUp(change.document);
    this.ended = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** What is stored, so that the review comes back with the next window. */
  get stored(): StoredReview {
    const { uri, target, change, proposed, edit, groupId } = this;
    return {
      uri: uri.toString(),
      target: target.toString(),
      place: change.place,
      text: edit?.text ?? proposed.getText(),
      proposal: edit === undefined ? null : edit.current,
      ...(groupId !== undefined && { group: groupId }),
    };
  }

  /** The document with the proposed text. */
  get proposed(): vscode.TextDocument {
    return this.document;
  }

  /** Goes on with a document of the proposed text that VS Code opened after it had closed the earlier one. */
  attach(proposed: vscode.TextDocument): void {
    this.document = proposed;
    this.edit?.attach(proposed);
  }

  /** The URI of the proposed text. */
  get uri(): vscode.Uri {
    return this.proposed.uri;
  }

  get isNew(): boolean {
    return this.edit === undefined;
  }

  /** True when `ended` has resolved. An undo can bring hunks back after that. */
  get hasEnded(): boolean {
    return this.isEnded;
  }

  /** True for the document and for the proposed text. */
  isOf(uri: vscode.Uri): boolean {
    return [this.uri, this.target].some((own) => own.toString() === uri.toString());
  }

  /** The hunks that are left to decide about. */
  get hunks(): readonly ShownHunk[] {
    if (this.edit !== undefined) return this.edit.hunks;
    if (this.isDecided) return [];
    return [{ id: 1, document: { start: 0, end: 0 }, proposed: { start: 0, end: this.proposed.lineCount } }];
  }

  /** Follows a change of the document or of the proposed text; see `isOf`. */
  follow(event: vscode.TextDocumentChangeEvent): void {
    const changed = event.document.uri.toString();
    if (changed === this.uri.toString()) this.edit?.proposedChanged();
    else this.edit?.documentChanged(event);
  }

  /** Follows the tabs. @param isShown True if a tab shows the proposed text. */
  async followTabs(isShown: boolean): Promise<void> {
    if (isShown) await this.edit?.show();
    else if (this.wasShown) await this.edit?.hide();
    this.wasShown ||= isShown;
  }

  async reveal(): Promise<void> {
    await this.ports.reveal();
  }

  async update(proposed: string): Promise<void> {
    await this.edit?.propose(proposed);
  }

  async acceptAll(): Promise<void> {
    const refusal = await this.accept();
    if (refusal === 'conflict') await this.askAgain();
    else this.tell(refusal);
  }

  async rejectAll(): Promise<void> {
    await this.end('discarded');
  }

  /**
   * Writes all hunks and ends the review. Writes nothing if the document was changed at the same place meanwhile.
   *
   * @returns Why nothing was written. The user has not been told.
   */
  async accept(): Promise<Refusal | undefined> {
    const count = this.hunks.length;
    const accepted = this.edit === undefined ? await this.createFile() : await this.write(this.edit);
    if (typeof accepted === 'string') return accepted;
    this.accepted += count;
    this.ports.log.info('Accepted a proposed change.');
    await this.end('accepted', accepted);
    return undefined;
  }

  /** Writes one hunk. The review ends with the last one. */
  async acceptHunk(id: number): Promise<void> {
    if (this.edit === undefined) {
      await this.acceptAll();
      return;
    }
    const accepted = await this.write(this.edit, id);
    if (typeof accepted === 'string') {
      this.tell(accepted);
      return;
    }
    this.accepted += 1;
    this.ports.log.info('Accepted a hunk.');
    if (this.hunks.length === 0) await this.end('accepted', accepted);
  }

  /** Takes one hunk out of the proposed text. The review ends with the last one. */
  async rejectHunk(id: number): Promise<void> {
    if (this.edit === undefined) {
      await this.end('discarded');
      return;
    }
    await this.edit.reject(new Set([id]));
    this.rejected += 1;
    if (this.hunks.length === 0) await this.end(this.accepted > 0 ? 'accepted' : 'discarded');
  }

  /** Removes the open changes from the proposed text, so that the diff shows no more changes. */
  async clear(): Promise<void> {
    await this.edit?.reject(new Set(this.hunks.map(({ id }) => id)));
  }

  /**
   * Ends the review. Writes no further change.
   *
   * @param shown What was accepted last.
   */
  async end(decision: Decision, shown?: AcceptedChange): Promise<void> {
    if (this.isClosing) return;
    this.isClosing = true;
    const isAccepted = decision === 'accepted';
    const rejected = this.rejected + (isAccepted ? 0 : this.hunks.length);
    this.isDecided = true;
    try {
      await this.ports.close(isAccepted, shown);
    } finally {
      this.isClosing = false;
    }
    this.isEnded = true;
    this.resolve({ decision, accepted: this.accepted, rejected });
  }

  private async createFile(): Promise<AcceptedChange | Refusal> {
    const text = this.proposed.getText();
    return (await findRefusal(this.change, text)) ?? (await createProposedFile(this.target, text));
  }

  /**
   * @param only The id of the hunk; all if absent.
   * @returns `conflict` if accepting all would lose what the user typed.
   */
  private async write(edit: ProposedEdit, only?: number): Promise<AcceptedChange | Refusal> {
    const { change, target } = this;
    edit.proposedChanged();
    const refusal = await findRefusal(change, edit.linesOf(only).join('\n'));
    if (refusal !== undefined) return refusal;
    const document = await openAgain(target);
    if (document === undefined) return 'missing';
    if (only === undefined && edit.isInConflict(document)) return 'conflict';
    const range = await edit.accept(document, only);
    return range === false ? 'read-only' : { document, range };
  }

  private tell(refusal: Refusal | undefined): void {
    if (refusal !== undefined && refusal !== 'declined')
      void vscode.window.showWarningMessage(explainRefusal(this.target, refusal));
  }

  private async askAgain(): Promise<void> {
    const again = vscode.l10n.t('Propose Again');
    const sentence = explainRefusal(this.target, 'conflict');
    if ((await vscode.window.showWarningMessage(sentence, again)) === again) await this.end('again');
  }
}

/** Opens a document whose editor may have been closed, and whose file may have been changed since; undefined if it is gone. */
async function openAgain(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // The file was deleted or moved.
    return undefined;
  }
}
