import { mayHoldUnseen, visibleParts } from '../../../shared/text/visibleParts';
import { segmentsToDom } from './codeSegment';
import type { CodeSegment } from './codeSegment';
import { loadedHighlighter, whenHighlighterLoaded } from './whenHighlighterLoaded';
import { runWhenIdle } from '../../kit/whenIdle';
import { withStandIns } from '../nodes/markAttributes';

/** The number of lines in one group element. A new line makes the browser lay out only its group. */
const linesPerGroup = 64;
/** Lines that begin after this many characters are not highlighted. */
const highlightLimit = 200_000;
/** Up to this many characters, a complete block is highlighted as a whole; longer ones line by line. */
const wholeLimit = 20_000;
/** Longer pieces, in characters, are highlighted in idle time. */
const immediateLimit = 2_000;

/** The most marks of invisible characters in one block. */
const mostMarks = 2_000;

type HighlightLine = (line: string) => CodeSegment[];

/** The lines of a code block. They are displayed when they come and coloured when they are complete. */
export class CodeLines {
  readonly element = document.createElement('code');
  private readonly lines: string[] = [];
  private readonly groups: HTMLElement[] = [];
  /** The incomplete last line: its certain part, and its displayed text. */
  private unfinished = '';
  private readonly unfinishedText = document.createTextNode('');
  /** The number of characters in `lines`. */
  private length = 0;
  /** Colours the next line, as long as every line before it is coloured. */
  private highlightLine: HighlightLine | undefined;
  private catchingUp = false;
  private finished = false;

  /** The number of marked invisible characters so far. */
  private marks = 0;
  /**
   * From this line on, invisible characters are displayed as boxes, because thousands of marks would delay the page.
   */
  private firstUnmarked = Infinity;

  /**
   * @param grammar The highlight.js name of the language; undefined for code that is not highlighted.
   * @param onUnseen Called once when a line contains invisible characters.
   */
  constructor(
    private readonly grammar: string | undefined,
    private readonly onUnseen?: () => void,
  ) {
    this.addGroup();
  }

  /** The code so far. */
  get text(): string {
    return this.lines.join('') + this.unfinished;
  }

  /** Adds code. */
  append(code: string): void {
    if (code === '') return;
    const parts = (this.unfinished + code).split(/(?<=\n)/);
    const last = parts.at(-1)?.endsWith('\n') === false ? parts.pop() : undefined;
    this.unfinished = last ?? '';
    this.unfinishedText.data = withStandIns(this.unfinished);
    this.prepareHighlighting(code.length);
    for (const line of parts) this.addLine(line);
  }

  /** Displays text after the code that can still change. */
  showProvisional(text: string): void {
    const data = withStandIns(this.unfinished + text);
    if (this.unfinishedText.data !== data) this.unfinishedText.data = data;
  }

  /** Completes the code and its colours, in idle time. To be called after the last piece. */
  finish(): void {
    if (this.finished) return;
    this.finished = true;
    const rest = this.unfinished;
    this.unfinished = '';
    this.unfinishedText.data = '';
    if (rest !== '') this.addLine(rest);
    this.unfinishedText.remove();
    if (this.grammar === undefined) return;
    whenHighlighterLoaded(() => {
      runWhenIdle(this.length <= wholeLimit ? this.highlightWhole() : this.highlightGroups());
    });
  }

  private prepareHighlighting(added: number): void {
    if (this.grammar === undefined || this.catchingUp) return;
    const highlighter = loadedHighlighter();
    const isSmall = added <= immediateLimit;
    if (
      highlighter !== undefined &&
      isSmall &&
      (this.lines.length === 0 || this.highlightLine !== undefined)
    ) {
      this.highlightLine ??= highlighter.byLine(this.grammar);
      return;
    }
    this.highlightLine = undefined;
    this.catchingUp = true;
    whenHighlighterLoaded(() => {
      runWhenIdle(
        this.highlightGroups((highlightLine) => {
          this.highlightLine = highlightLine;
          this.catchingUp = false;
        }),
      );
    });
  }

  private addGroup(): HTMLElement {
    const group = document.createElement('span');
    group.className = 'code-lines';
    group.append(this.unfinishedText);
    this.element.append(group);
    this.groups.push(group);
    return group;
  }

  private addLine(line: string): void {
    const isFull = this.lines.length > 0 && this.lines.length % linesPerGroup === 0;
    const group = isFull ? this.addGroup() : this.groups.at(-1);
    this.lines.push(line);
    this.length += line.length;
    const before = this.unfinishedText.previousSibling;
    const isFirst = this.lines.length === 1;
    const holdsUnseen = this.noteUnseen(line, isFirst);
    if (this.highlightLine !== undefined && this.length <= highlightLimit) {
      group?.insertBefore(
        this.lineToDom(this.highlightLine(line), this.lines.length - 1),
        this.unfinishedText,
      );
    } else if (holdsUnseen) {
      const segments = [{ scopes: [], text: line }];
      group?.insertBefore(this.lineToDom(segments, this.lines.length - 1), this.unfinishedText);
    } else if (before instanceof Text) before.appendData(line);
    else group?.insertBefore(document.createTextNode(line), this.unfinishedText);
  }

  private lineToDom(segments: readonly CodeSegment[], index: number): DocumentFragment {
    return index < this.firstUnmarked
      ? segmentsToDom(segments, index === 0)
      : segmentsToDom(segments.map(({ scopes, text }) => ({ scopes, text: withStandIns(text) })));
  }

  private noteUnseen(line: string, isFirst: boolean): boolean {
    if (!mayHoldUnseen(line)) return false;
    const count = visibleParts(line, isFirst).filter(({ kind }) => kind === 'unseen').length;
    if (count > 0 && this.marks === 0) this.onUnseen?.();
    this.marks += count;
    if (this.marks > mostMarks) this.firstUnmarked = Math.min(this.firstUnmarked, this.lines.length - 1);
    return count > 0;
  }

  /** Replaces the lines of a group that look different now. */
  private showGroup(index: number, lines: readonly (readonly CodeSegment[])[]): void {
    const group = this.groups[index];
    if (group === undefined) return;
    const next = document.createElement('span');
    next.className = group.className;
    lines.forEach((line, position) => {
      next.append(this.lineToDom(line, index * linesPerGroup + position));
    });
    next.normalize();
    const isOpen = this.unfinishedText.parentNode === group;
    if (isOpen) this.unfinishedText.remove();
    group.normalize();
    if (!group.isEqualNode(next)) group.replaceChildren(...next.childNodes);
    if (isOpen) group.append(this.unfinishedText);
  }

  private highlightWhole(): () => boolean {
    return () => {
      const lines = loadedHighlighter()?.whole(this.grammar ?? '', this.lines.join('')) ?? [];
      this.groups.forEach((_, index) => {
        this.showGroup(index, lines.slice(index * linesPerGroup, (index + 1) * linesPerGroup));
      });
      return false;
    };
  }

  /**
   * Highlights one group after another, line by line.
   *
   * @param goOn For an open block: gets the highlighter in its state after the last line.
   */
  private highlightGroups(goOn?: (highlightLine: HighlightLine) => void): () => boolean {
    let index = 0;
    let highlightLine: HighlightLine | undefined;
    let length = 0;
    return () => {
      // `finish` colours the whole block again.
      if (goOn !== undefined && this.finished) return false;
      const highlight = (highlightLine ??= loadedHighlighter()?.byLine(this.grammar ?? ''));
      if (highlight === undefined) return false;
      const lines = this.lines.slice(index * linesPerGroup, (index + 1) * linesPerGroup);
      const coloured = lines.map((line) => {
        length += line.length;
        return length <= highlightLimit ? highlight(line) : [{ scopes: [], text: line }];
      });
      this.showGroup(index, coloured);
      index += 1;
      if (index * linesPerGroup < this.lines.length) return true;
      goOn?.(highlight);
      return false;
    };
  }
}
