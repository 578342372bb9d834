import { mayHoldUnseen, visibleParts } from '../../../shared/text/visibleParts';
import { segmentsToDom } from './codeSegment';
import type { CodeSegment } from './codeSegment';
import { loadedHighlighter, whenHighlighterLoaded } from './whenHighlighterLoaded';
import { runWhenIdle } from '../../kit/whenIdle';
import { withStandIns } from '../nodes/markAttributes';

/** Lines that share one element: a line that is added lays out only the lines of its group. */
const linesPerGroup = 64;
/** What begins beyond this many characters stays plain. */
const highlightLimit = 200_000;
/** Up to this many characters a complete block is highlighted as a whole, beyond it line by line. */
const wholeLimit = 20_000;
/** A piece of more characters than this is not highlighted at once, but in idle time. */
const immediateLimit = 2_000;

/** In one block. */
const mostMarks = 2_000;

type HighlightLine = (line: string) => CodeSegment[];

/** The lines of a code block: shown as they come, coloured as they close. */
export class CodeLines {
  readonly element = document.createElement('code');
  private readonly lines: string[] = [];
  private readonly groups: HTMLElement[] = [];
  /** The line that is still coming: what is certain of it, and what is shown. */
  private unfinished = '';
  private readonly unfinishedText = document.createTextNode('');
  /** Characters in `lines`. */
  private length = 0;
  /** Colours the next line, while every line before it is coloured. */
  private highlightLine: HighlightLine | undefined;
  private catchingUp = false;
  private finished = false;

  /** Characters in the lines so far that are marked because they are not seen. */
  private marks = 0;
  /** From this line on they are shown as boxes: marks in their thousands would hold up the page. */
  private firstUnmarked = Infinity;

  /**
   * @param grammar highlight.js name of the language; undefined for code that stays plain.
   * @param onUnseen Called once when a line holds characters that are not seen.
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

  /** Shows text after the code that may not stay. */
  showProvisional(text: string): void {
    const data = withStandIns(this.unfinished + text);
    if (this.unfinishedText.data !== data) this.unfinishedText.data = data;
  }

  /** No more code comes: brings the colours into their final state, in idle time. */
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

  /** Replaces the lines of a group, where they look different. */
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
   * Highlights group after group, line by line.
   *
   * @param goOn For a block that is still open: gets the highlighter in its state after the last line.
   */
  private highlightGroups(goOn?: (highlightLine: HighlightLine) => void): () => boolean {
    let index = 0;
    let highlightLine: HighlightLine | undefined;
    let length = 0;
    return () => {
      // What finishes the block colours all of it again.
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
