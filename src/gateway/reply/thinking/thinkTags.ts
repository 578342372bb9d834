import { openingAt } from '../../../core/text/openingAt';
import { TextEnd } from '../../../core/text/textEnd';
import { CodeTracker } from './codeTracker';
import { Harmony, isHarmony } from './harmony';
import { isMention, isOpeningMention } from './isMention';
import {
  answerClosing,
  answerOpening,
  hasFirstCharacter,
  lengthOfPartialEnd,
  indexOfMark,
  markInText,
  mayBecomeOpening,
  mayHoldMark,
  ordinaryBeginning,
  partialAnswerMark,
  startOfPartialMark,
} from './markInText';

/** Receives the text and the reasoning of an answer. */
type ThinkTagsSink = (kind: 'text' | 'reasoning', text: string) => void;

/** Callbacks for rare cases. */
interface ThinkTagsEvents {
  /** All text so far was reasoning. */
  readonly textWasReasoning: () => void;
  /** The text contains a tool call in the format harmony. */
  readonly call: (name: string, args: string) => void;
}

const nothingRare: ThinkTagsEvents = { textWasReasoning: () => undefined, call: () => undefined };

/** How much text around a mark is read to decide whether it is only mentioned, in UTF-16 code units. */
const contextBefore = 40;
const contextAfter = 24;
const contextAfterOpening = 12;

/**
 * Separates reasoning from text if a model writes both into its answer. The result does not depend on how the answer is
 * split into deltas. It recognises:
 *
 * - `<think>…</think>` and similar tags at the beginning of an answer;
 * - only `…</think>`, if the opening tag was in the prompt: all text before the first such tag was reasoning. By then the text
 *   is on the screen, so `textWasReasoning` reports it;
 * - harmony, the format of gpt-oss.
 *
 * A tag in code, in quotes, or in a sentence about tags is text, and so is a pair of tags in the middle of an answer.
 */
export class ThinkTags {
  private state: 'beginning' | 'thinking' | 'after' | 'watching' | 'answer' | 'text' | 'harmony' =
    'beginning';
  /** Text that needs more text to be classified. */
  private held = '';
  private closing = '';
  private lastReasoning = '';
  private readonly code = new CodeTracker();
  private readonly shown = new TextEnd(contextBefore);
  private hasText = false;
  private beginsWithAnalysis = false;
  private openMentions = 0;
  /** True after the first text behind an answer mark. */
  private hasAnswer = false;
  private harmony: Harmony | undefined;

  constructor(
    private readonly emit: ThinkTagsSink,
    private readonly rare: ThinkTagsEvents = nothingRare,
  ) {}

  /** True while the next text is reasoning or cannot be classified yet. */
  get isOpen(): boolean {
    return (
      this.state === 'beginning' || this.state === 'thinking' || this.state === 'after' || this.held !== ''
    );
  }

  /** Adds the next text of the answer. `isOrdinary`: it is known to be ordinary (see `kindOfCharacters`). */
  feed(text: string, isOrdinary = false): void {
    if (this.state === 'text') this.emit('text', text);
    else if (this.state !== 'watching' || this.held !== '' || this.beginsWithAnalysis) this.read(text, false);
    else if (isOrdinary && this.code.isWithinLine) this.showNoted(text);
    else if (mayHoldMark(text)) this.read(text, false);
    else this.show(text);
  }

  /** Ends the answer: passes on the text that was kept back, as what it looks like. */
  end(): void {
    this.read('', true);
    const held = this.held;
    this.held = '';
    this.harmony?.end();
    if (held === '' || this.state === 'after') return;
    this.emit(this.state === 'thinking' ? 'reasoning' : 'text', held);
  }

  private read(text: string, isEnd: boolean): void {
    this.held += text;
    if (this.state === 'beginning') this.begin(isEnd);
    if (this.state === 'thinking') this.think(isEnd);
    if (this.state === 'after') this.beginText(isEnd);
    if (this.state === 'watching' && this.held !== '') this.watch(isEnd);
    if (this.state === 'answer') this.readAnswer(isEnd);
    if (this.state === 'harmony') this.harmony?.feed(this.takeHeld(this.held.length));
  }

  private begin(isEnd: boolean): void {
    if (ordinaryBeginning.test(this.held)) {
      this.state = 'watching';
      if (!mayHoldMark(this.held)) this.show(this.takeHeld(this.held.length));
      return;
    }
    if (!isEnd && mayBecomeOpening(this.held)) return;
    const mark = openingAt(this.held);
    if (mark !== undefined) {
      const after = this.held.slice(mark.length, mark.length + contextAfterOpening);
      if (!isEnd && after.length < contextAfterOpening && !/^[A-Za-z\n]/.test(after)) return;
      if (isOpeningMention(after)) {
        this.state = 'watching';
        return;
      }
      this.state = 'thinking';
      this.closing = mark.closing.toLowerCase();
      this.held = this.held.slice(mark.length);
    } else if (isHarmony(this.held)) {
      this.beginHarmony('header');
    } else {
      this.state = 'watching';
      this.beginsWithAnalysis = /^\s*analysis(?=[^\s\w]|[A-Z])/.test(this.held);
    }
  }

  private think(isEnd: boolean): void {
    for (;;) {
      const end = indexOfMark(this.held, this.closing);
      if (end === -1) {
        const partial = isEnd ? 0 : lengthOfPartialEnd(this.held, this.closing);
        this.reason(this.held.length - partial);
        return;
      }
      const after = end + this.closing.length;
      const before = end === 0 ? this.lastReasoning : this.held[end - 1];
      if (after === this.held.length && !isEnd && before === '`') {
        this.reason(end);
        return;
      }
      this.reason(end);
      // A tag in inline code is only mentioned.
      const isCode = this.lastReasoning === '`' && this.held[this.closing.length] === '`';
      if (!isCode) break;
      this.reason(this.closing.length);
    }
    this.held = this.held.slice(this.closing.length);
    this.state = 'after';
  }

  private reason(length: number): void {
    const text = this.takeHeld(length);
    if (text === '') return;
    this.lastReasoning = text.at(-1) ?? '';
    this.emit('reasoning', text);
  }

  /** Starts the answer after the reasoning. Blank lines between them belong to neither. */
  private beginText(isEnd: boolean): void {
    this.held = this.held.trimStart();
    if (this.held === '') return;
    const opening = answerOpening.exec(this.held);
    if (opening !== null) {
      this.held = this.held.slice(opening[0].length);
      this.state = 'answer';
    } else if (isEnd || !partialAnswerMark.test(this.held)) {
      this.state = 'text';
      this.emit('text', this.takeHeld(this.held.length));
    }
  }

  /** Reads an answer that has its own opening and closing mark. */
  private readAnswer(isEnd: boolean): void {
    if (!this.hasAnswer) this.held = this.held.trimStart();
    this.hasAnswer ||= this.held !== '';
    const closing = answerClosing.exec(this.held);
    if (closing !== null) {
      this.state = 'text';
      this.held = this.held.slice(0, closing.index) + this.held.slice(closing.index + closing[0].length);
    }
    const end =
      isEnd || closing !== null
        ? this.held.length
        : (partialAnswerMark.exec(this.held)?.index ?? this.held.length);
    const text = this.takeHeld(end);
    if (text !== '') this.emit('text', text);
  }

  private watch(isEnd: boolean): void {
    // Text that was kept back because it could become a mark, and the text after it.
    if (this.hasText && !this.beginsWithAnalysis && !hasFirstCharacter(this.held)) {
      this.show(this.takeHeld(this.held.length));
      return;
    }
    markInText.lastIndex = 0;
    let from = 0;
    for (let match = markInText.exec(this.held); match !== null; match = markInText.exec(this.held)) {
      const after = match.index + match[0].length;
      if (!isEnd && this.held.length < after + contextAfter) {
        this.showBeforeMark(from, match.index);
        return;
      }
      this.note(this.held.slice(from, match.index));
      if (this.isEnd(match, after)) {
        this.endThinking(match.index, after, match.groups?.['harmony'] !== undefined, isEnd);
        return;
      }
      this.note(match[0]);
      from = after;
    }
    const end = isEnd ? this.held.length : from + startOfPartialMark(this.held.slice(from));
    this.note(this.held.slice(from, end));
    if (this.hasText || this.held.slice(0, end).trim() !== '' || isEnd) this.showNoted(this.takeHeld(end));
  }

  /** True if the mark ends reasoning whose opening mark was in the prompt. */
  private isEnd({ groups = {}, index, 0: mark }: RegExpExecArray, after: number): boolean {
    if (this.code.inCode) return false;
    if (groups['open'] !== undefined) {
      this.openMentions += 1;
      return false;
    }
    if (groups['harmony'] !== undefined) return true;
    if (groups['stripped'] !== undefined) return this.beginsWithAnalysis && mark === 'assistantfinal';
    if (mark.startsWith('[') && mark !== mark.toUpperCase()) return false;
    if (this.openMentions > 0) {
      this.openMentions -= 1;
      return false;
    }
    // Only a little text before the mark is copied, because there may be a million marks.
    const near = this.held.slice(Math.max(0, index - contextBefore), index);
    const before = near.length < contextBefore ? (this.shown.last() + near).slice(-contextBefore) : near;
    return !isMention(before, this.held.slice(after, after + contextAfter));
  }

  /** Passes on the text before a mark that needs more text to be classified. White space alone is kept back. */
  private showBeforeMark(from: number, index: number): void {
    if (!this.hasText && this.held.slice(0, index).trim() === '') return;
    this.note(this.held.slice(from, index));
    this.showNoted(this.takeHeld(index));
  }

  private endThinking(start: number, after: number, isHarmonyMark: boolean, isEnd: boolean): void {
    const reasoning = this.takeHeld(start);
    if (this.hasText) {
      if (reasoning !== '') this.emit('text', reasoning);
      this.rare.textWasReasoning();
    } else if (reasoning.trim() !== '') {
      this.emit('reasoning', reasoning);
    }
    this.held = this.held.slice(after - start);
    this.shown.clear();
    if (isHarmonyMark) {
      this.beginHarmony('body');
    } else {
      this.state = 'after';
      this.read('', isEnd);
    }
  }

  private beginHarmony(mode: 'header' | 'body'): void {
    this.state = 'harmony';
    this.harmony = new Harmony({ emit: this.emit, call: this.rare.call }, mode);
    this.harmony.feed(this.takeHeld(this.held.length));
  }

  /** Passes on text without marks. */
  private show(text: string): void {
    this.code.feed(text);
    this.showNoted(text);
  }

  private showNoted(text: string): void {
    if (text === '') return;
    this.hasText = true;
    this.shown.add(text);
    this.emit('text', text);
  }

  private note(text: string): void {
    this.code.feed(text);
  }

  private takeHeld(length: number): string {
    const text = this.held.slice(0, length);
    this.held = this.held.slice(length);
    return text;
  }
}
