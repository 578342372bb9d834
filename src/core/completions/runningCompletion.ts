import type { Ending } from '../../shared/answer/ending';
import type { Usage } from '../../shared/answer/usage';
import type { AnswerStream } from '../ports/answerStream';
import { addedClosers } from './addedClosers';
import type { CompletionPlace } from './completionPlace';
import type { CompletionShape } from './completionShape';
import { findBlockEnd } from './findBlockEnd';
import { readText } from './trimCompletion';

/** The longest text that is read of a model, in UTF-16 units. */
const longestText = 20_000;
/** How much of the text before the cursor has to be the same, in UTF-16 units. */
const comparedBefore = 1_000;
/** Brackets and quotes that an editor adds by itself, in the same change as the opening one. */
const closersAtEnd = /[)\]}"'`>]{1,4}$/;

/** How a request ended. */
export interface CompletionOutcome {
  readonly text: string;
  /** True if the model was stopped before its own end and before the end of the block. */
  readonly isCut: boolean;
  readonly ending: Ending;
  /** True if Parley closed the connection because its answer is no longer needed. */
  readonly isAbandoned: boolean;
  readonly usage: Usage | undefined;
}

/** One change of a document. */
export interface TextChange {
  /** UTF-16 units between the beginning of the document and the change, with `\n` as line end. */
  readonly offset: number;
  /** How many UTF-16 units were removed. */
  readonly removed: number;
  readonly inserted: string;
}

/** A request that is under way, and what the user has typed since. */
export class RunningCompletion {
  /** Resolves when the request has ended. Never rejects. */
  readonly outcome: Promise<CompletionOutcome>;
  private received = '';
  private shown = '';
  private typed = '';
  private pending: number;
  private isComplete = false;
  private isAbandoned = false;
  /** Resolves when the answer has turned out to be another one than the user types. */
  readonly disagreed: Promise<void>;
  private disagree: () => void = () => undefined;

  constructor(
    readonly place: CompletionPlace,
    private readonly shape: CompletionShape,
    private readonly isChat: boolean,
    private readonly stream: AnswerStream,
  ) {
    this.pending = place.pending;
    this.disagreed = new Promise((resolve) => {
      this.disagree = resolve;
    });
    this.outcome = this.read();
  }

  /** Closes the connection. */
  abandon(): void {
    this.isAbandoned = true;
    this.stream.cancel();
  }

  /**
   * Follows a change of the document.
   *
   * @returns False if the answer no longer fits the document.
   */
  follow({ offset, removed, inserted }: TextChange): boolean {
    if (this.pending > 0) return this.followPending({ offset, removed, inserted });
    const end = this.place.offset + this.typed.length;
    if (inserted === '' && removed > 0 && offset + removed === end && removed <= this.typed.length) {
      this.typed = this.typed.slice(0, -removed);
      return true;
    }
    if (removed > 0 || offset !== end || inserted === '') return false;
    for (const text of [inserted, inserted.replace(closersAtEnd, '')]) {
      if (text === '' || !this.agreesWith(this.typed + text)) continue;
      this.typed += text;
      return true;
    }
    return false;
  }

  /** Follows what the user types of the selected suggestion, which the answer already takes for typed. */
  private followPending({ offset, removed, inserted }: TextChange): boolean {
    const { before } = this.place;
    const fits =
      removed === 0 &&
      offset === this.place.offset - this.pending &&
      before.slice(before.length - this.pending).startsWith(inserted);
    if (fits) this.pending -= inserted.length;
    return fits;
  }

  /** True if the answer, as far as it is known, is also one for this place. */
  covers(place: CompletionPlace): boolean {
    const distance = place.offset - this.place.offset;
    if (place.documentId !== this.place.documentId || distance < 0 || this.isAbandoned) return false;
    const typed = distance === 0 ? '' : place.before.slice(-distance);
    const start = place.before.slice(0, place.before.length - distance);
    const compared = this.place.before.slice(-Math.min(comparedBefore, start.length));
    if (!start.endsWith(compared) || !this.agreesWith(typed)) return false;
    if (addedClosers(place.after, this.place.after) === undefined) return false;
    this.typed = typed;
    return true;
  }

  private agreesWith(typed: string): boolean {
    return this.shown.startsWith(typed) || (!this.isComplete && typed.startsWith(this.shown));
  }

  private async read(): Promise<CompletionOutcome> {
    let usage: Usage | undefined;
    let ending: Ending = { outcome: 'cancelled' };
    for await (const batch of this.stream) {
      for (const part of batch) {
        if ((part.kind === 'text' || part.kind === 'text-was-reasoning') && (part.choice ?? 0) !== 0)
          continue;
        if (part.kind === 'text' && !this.isComplete) this.received += part.text;
        if (part.kind === 'text-was-reasoning') this.received = this.received.slice(0, -part.length);
        if (part.kind === 'usage') usage = part.usage;
        if (part.kind === 'ended') ending = part.ending;
      }
      this.look();
    }
    const isCut = !this.isComplete && ending.outcome !== 'completed';
    const isLimited = ending.outcome === 'completed' && ending.finishReason === 'length';
    return {
      text: this.received,
      isCut: isCut || (isLimited && !this.isComplete),
      ending: this.isComplete && ending.outcome === 'cancelled' ? completed : ending,
      isAbandoned: this.isAbandoned,
      usage,
    };
  }

  /** Looks at what has arrived: ends the request when the block is complete. */
  private look(): void {
    if (this.isComplete) return;
    this.shown = readText({ text: this.received, isChat: this.isChat }, this.place);
    const end = findBlockEnd(this.shown, this.place, this.shape, false);
    if (end === undefined && this.received.length < longestText) {
      if (!this.agreesWith(this.typed)) this.disagree();
      return;
    }
    this.isComplete = true;
    // The rest would cost tokens and would not be shown.
    this.stream.cancel();
    if (!this.agreesWith(this.typed)) this.disagree();
  }
}

const completed: Ending = { outcome: 'completed', finishReason: 'stop' };
