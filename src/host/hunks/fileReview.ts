import * as vscode from 'vscode';
import type { EditProposal } from '../../core/edits/proposal/editProposal';
import type { Log } from '../../core/ports/log';
import { baseName } from '../../core/text/baseName';
import { showChange } from '../documents/showChange';
import { plainText } from '../ui/plainText';
import {
  acceptProposal,
  mayAccept,
  tellReadOnly,
  type AcceptedChange,
  type ProposedChange,
} from './acceptProposal';
import { ProposedEdit, type ShownHunk } from './proposedEdit';
import type { StoredReview } from './storedReviews';

/**
 * How the user decided about a file. `again`: the file changed at the same place, and the proposal should be made again. The
 * decisions about all are also about the other files of the same review.
 */
type Decision = 'accepted' | 'discarded' | 'again' | 'all-accepted' | 'all-discarded';

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
  /** Shows the diff. */
  readonly reveal: () => Promise<void>;
  /** Closes the diff. */
  readonly remove: () => Promise<void>;
}

/** The review of one file. */
export class FileReview implements PendingReview {
  readonly target: vscode.Uri;
  readonly ended: Promise<ReviewEnd>;
  private resolve: (end: ReviewEnd) => void = () => undefined;
  /** Undefined for a new file, which is one hunk. */
  private readonly edit: ProposedEdit | undefined;
  private accepted = 0;
  private rejected = 0;
  private isEnding = false;

  /**
   * @param proposed The document with the proposed text.
   * @param proposal The hunks; undefined for a new file, which is one hunk.
   */
  constructor(
    private readonly change: ProposedChange,
    readonly proposed: vscode.TextDocument,
    proposal: EditProposal | undefined,
    private readonly ports: ReviewPorts,
  ) {
    this.target = change.target;
    if (proposal !== undefined) this.edit = new ProposedEdit(proposal, proposed);
    if (change.document !== undefined) this.edit?.catchUp(change.document);
    this.ended = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** What is stored, so that the review comes back with the next window. */
  get stored(): StoredReview {
    const { uri, target, change, proposed, edit } = this;
    return {
      uri: uri.toString(),
      target: target.toString(),
      place: change.place,
      text: proposed.getText(),
      proposal: edit === undefined ? null : edit.current,
    };
  }

  /** The URI of the proposed text. */
  get uri(): vscode.Uri {
    return this.proposed.uri;
  }

  /** True for the document and for the proposed text. */
  isOf(uri: vscode.Uri): boolean {
    return [this.uri, this.target].some((own) => own.toString() === uri.toString());
  }

  get hunks(): readonly ShownHunk[] {
    if (this.edit !== undefined) return this.edit.hunks;
    return [{ id: 1, document: { start: 0, end: 0 }, proposed: { start: 0, end: this.proposed.lineCount } }];
  }

  /** Follows a change of the document or of the proposed text; see `isOf`. */
  follow(event: vscode.TextDocumentChangeEvent): void {
    const changed = event.document.uri.toString();
    if (changed === this.uri.toString()) this.edit?.proposedChanged();
    else this.edit?.documentChanged(event);
  }

  async reveal(): Promise<void> {
    await this.ports.reveal();
  }

  async update(proposed: string): Promise<void> {
    await this.edit?.propose(proposed);
  }

  async acceptAll(): Promise<void> {
    await this.accept('accepted');
  }

  async rejectAll(): Promise<void> {
    await this.end('discarded');
  }

  /** Writes all hunks. If the document was changed at the same place meanwhile, nothing is written and the user is asked. */
  async accept(decision: 'accepted' | 'all-accepted'): Promise<void> {
    const count = this.hunks.length;
    const accepted =
      this.edit === undefined
        ? await acceptProposal(this.change, this.proposed.getText())
        : await this.write(this.edit);
    if (accepted === undefined) return;
    if (accepted === 'conflict') {
      await this.askAgain();
      return;
    }
    this.accepted += count;
    this.ports.log.info('Accepted a proposed change.');
    await this.end(decision, accepted);
  }

  /** Writes one hunk. The review ends with the last one. */
  async acceptHunk(id: number): Promise<void> {
    if (this.edit === undefined) {
      await this.accept('accepted');
      return;
    }
    const accepted = await this.write(this.edit, id);
    if (accepted === undefined || accepted === 'conflict') return;
    this.accepted += 1;
    this.ports.log.info('Accepted a hunk.');
    if (this.hunks.length === 0) await this.end('accepted', accepted);
  }

  /** Takes one hunk out of the proposed text. The review ends with the last one. */
  async rejectHunk(id: number): Promise<void> {
    await this.edit?.reject(new Set([id]));
    this.rejected += 1;
    if (this.edit === undefined || this.hunks.length === 0)
      await this.end(this.accepted > 0 ? 'accepted' : 'discarded');
  }

  /**
   * Closes the diff.
   *
   * @param shown What is shown then, before the next file of the review opens over it.
   */
  async end(decision: Decision, shown?: AcceptedChange): Promise<void> {
    if (this.isEnding) return;
    this.isEnding = true;
    const isAccepted = decision === 'accepted' || decision === 'all-accepted';
    const rejected = this.rejected + (isAccepted ? 0 : this.hunks.length);
    await this.ports.remove();
    if (shown !== undefined) await showChange(shown.document, shown.range);
    this.resolve({ decision, accepted: this.accepted, rejected });
  }

  /**
   * @param only The id of the hunk; all if absent.
   * @returns `conflict` if accepting all would lose what the user typed; undefined if nothing was written and the user knows why.
   */
  private async write(edit: ProposedEdit, only?: number): Promise<AcceptedChange | 'conflict' | undefined> {
    const { change, target } = this;
    edit.proposedChanged();
    if (!(await mayAccept(change, edit.linesOf(only).join('\n')))) return undefined;
    // The editor may have been closed and the file changed on disk, so the document is opened again.
    const document = await vscode.workspace.openTextDocument(target);
    if (only === undefined && edit.isInConflict(document)) return 'conflict';
    const range = await edit.accept(document, only);
    if (range !== false) return { document, range };
    tellReadOnly(target);
    return undefined;
  }

  private async askAgain(): Promise<void> {
    const again = vscode.l10n.t('Propose Again');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} was changed in the same place as the proposal. Nothing was written.',
        plainText(baseName(this.target.path)),
      ),
      again,
    );
    if (answer === again) await this.end('again');
  }
}
