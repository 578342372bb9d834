import * as vscode from 'vscode';
import { splitText } from '../../core/edits/lines/lineEdit';
import { rebaseChange } from '../../core/edits/plan/rebaseChange';
import type { EditPlace } from '../../core/inlineEdit/editPlace';
import type { EarlierTurn, FurtherCode } from '../../core/inlineEdit/inlineEditMessages';
import { readReplacement, type AnswerState, type Replacement } from '../../core/inlineEdit/readReplacement';

/** What a model is asked to do at a place. */
export interface EditTask {
  readonly instruction: string;
  /** The problems at the place; absent for none. */
  readonly problems?: string;
  readonly furtherCode?: readonly FurtherCode[];
}

/** A proposed change that the user reviews; a part of `PendingReview`. */
interface ShownReview {
  readonly ended: Promise<unknown>;
  update(proposed: string): Promise<void>;
  rejectAll(): Promise<void>;
}

/** Opens reviews of proposed texts; a part of `HunkReviews`. */
export interface Reviews {
  propose(
    document: vscode.TextDocument,
    proposed: string,
    options: { readonly modelName: string },
  ): Promise<ShownReview>;
}

/** Milliseconds between two updates of the diff while an answer streams. */
const pause = 120;

/**
 * One inline edit of one document: the place, what was asked so far, and the review that shows the answer. The answer streams into
 * the review; the document stays as it is until the user accepts.
 */
export class RunningEdit {
  /** Instructions and answers so far, oldest first. */
  readonly turns: EarlierTurn[];
  /** Aborted to stop the request. */
  stopping = new AbortController();
  isStreaming = false;
  /** Settles when the last request has ended. */
  streamed: Promise<void> = Promise.resolve();
  private review: ShownReview | undefined;
  private hasEnded = false;
  /** The document's lines when the review was opened. They differ from `place.file` if the user typed before that. */
  private reviewed: readonly string[] = [];
  private showing: Promise<void> = Promise.resolve();
  private waiting: NodeJS.Timeout | undefined;
  private latest: { readonly text: string } | undefined;

  constructor(
    readonly document: vscode.TextDocument,
    readonly place: EditPlace,
    turns: readonly EarlierTurn[],
    private readonly reviews: () => Promise<Reviews>,
    private readonly onEnd: () => void,
  ) {
    this.turns = [...turns];
  }

  /** True while the user can refine the edit: its review is open, or its answer streams. */
  get isPending(): boolean {
    return this.isStreaming || (this.review !== undefined && !this.hasEnded);
  }

  /** Shows an answer that streams, at most every 120 ms. */
  stream(text: string, modelName: string): void {
    this.latest = { text };
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      const latest = this.latest;
      if (latest !== undefined && this.isStreaming)
        this.showing = this.showing.then(async () => {
          await this.show(latest.text, 'streaming', modelName);
        });
    }, pause);
  }

  /** Shows the end of an answer. Rejects if the review cannot be opened. */
  async finish(text: string, state: AnswerState, modelName: string): Promise<Replacement | 'conflict'> {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    await this.showing;
    return await this.show(text, state, modelName);
  }

  /** Closes the review without a change. */
  async discard(): Promise<void> {
    if (!this.hasEnded) await this.review?.rejectAll();
  }

  private async show(text: string, state: AnswerState, modelName: string): Promise<Replacement | 'conflict'> {
    const replacement = readReplacement(text, this.place, state);
    if (replacement.kind !== 'change' || this.hasEnded) return replacement;
    const eol = this.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    if (this.review === undefined) this.reviewed = splitText(this.document.getText()).lines;
    const lines = rebaseChange(this.place.file, replacement.lines, this.reviewed);
    if (lines === undefined) return 'conflict';
    const proposed = lines.join(eol);
    if (this.review === undefined) {
      const review = await (await this.reviews()).propose(this.document, proposed, { modelName });
      this.review = review;
      void review.ended.then(() => {
        this.hasEnded = true;
        // Nothing more is shown, so nothing more is paid for.
        this.stopping.abort();
        this.onEnd();
      });
    } else await this.review.update(proposed);
    return replacement;
  }
}
