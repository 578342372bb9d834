import { fromLineStart } from '../text/fromLineStart';
import { TextEnd } from '../text/textEnd';
import { TerminalScreen } from './terminalScreen';

/** How much of the beginning and of the end of an output is kept, in UTF-16 units. */
const longestStart = 8_000;
const longestEnd = 32_000;
/** Further parameters of a control sequence are ignored, in UTF-16 units. */
const longestParameters = 32;

const escape = 0x1b;
const plainText = /\P{Cc}*/uy;
/** CAN and SUB, which abort a sequence. */
const aborts: ReadonlySet<number> = new Set([0x18, 0x1a]);
/** What follows ESC at the beginning of a string: DCS, SOS, OSC, PM and APC. */
const stringStarts: ReadonlySet<string> = new Set(['P', 'X', ']', '^', '_']);
/** The same as one unit. */
const oneUnitStarts: ReadonlySet<number> = new Set([0x90, 0x98, 0x9d, 0x9e, 0x9f]);
/** The private modes of the alternate screen. */
const alternateModes: ReadonlySet<string> = new Set(['?47', '?1047', '?1049']);
/** Characters that change the direction of the text around them, so that it looks different. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The output of a command as text. Its lines end with a line feed, the last one may not. */
export interface CommandOutput {
  /** All of it; of a long output, the first lines. */
  readonly start: string;
  /** Of a long output, the last lines; '' otherwise. The lines between `start` and `end` were not kept. */
  readonly end: string;
  /** How many lines the whole output has. */
  readonly lineCount: number;
}

/**
 * Turns what a program writes to a terminal into the text that the terminal shows: without escape sequences (ECMA-48), and without
 * what the program has overwritten, such as the earlier states of a progress bar.
 *
 * The data comes in pieces. Where it is split makes no difference. Takes time in proportion to the data, and keeps a bounded part of
 * it: the beginning and the end.
 */
export class TerminalOutput {
  private readonly screen = new TerminalScreen((text) => {
    this.keep(text);
  });
  private start = '';
  private readonly ending = new TextEnd(longestEnd);
  /** Of the text that `ending` received, in UTF-16 units. */
  private endLength = 0;
  private lineCount = 0;
  private state: 'text' | 'escape' | 'escape-intermediate' | 'control' | 'string' | 'string-escape' = 'text';
  /** The parameters and intermediates of the control sequence that is being read. */
  private parameters = '';
  /** True while a full-screen program, such as an editor, uses the alternate screen. It shows nothing that stays. */
  private isAlternate = false;

  /** Adds data as the terminal receives it. */
  add(data: string): void {
    for (let at = 0; at < data.length;) {
      if (this.state === 'text') {
        plainText.lastIndex = at;
        plainText.test(data);
        const end = plainText.lastIndex;
        if (!this.isAlternate) this.screen.write(data, at, end);
        at = end;
        if (at >= data.length) return;
      }
      this.take(data.charAt(at), data.charCodeAt(at));
      at += 1;
    }
  }

  /** The output so far. */
  read(): CommandOutput {
    const rest = this.screen.read();
    const lineCount = this.lineCount + countLines(rest);
    const ending = this.ending.last();
    if (this.endLength <= longestEnd) return { start: clean(this.start + ending + rest), end: '', lineCount };
    const firstLines = this.start.slice(0, this.start.lastIndexOf('\n') + 1);
    return { start: clean(firstLines || this.start), end: clean(fromLineStart(ending + rest)), lineCount };
  }

  private keep(text: string): void {
    if (text.endsWith('\n')) this.lineCount += 1;
    const room = longestStart - this.start.length;
    this.start += text.slice(0, room);
    if (text.length <= room) return;
    this.ending.add(text.slice(room));
    this.endLength += text.length - room;
  }

  /** Takes a unit that is not plain text, or that is part of a sequence. */
  private take(unit: string, code: number): void {
    switch (this.state) {
      case 'text':
        this.control(code);
        return;
      case 'escape':
        this.escaped(unit, code);
        return;
      case 'escape-intermediate':
        if (code < 0x20) this.restart(code);
        else if (code >= 0x30) this.state = 'text';
        return;
      case 'control':
        if (code < 0x20) this.restart(code);
        else if (code >= 0x40) {
          this.state = 'text';
          if (code < 0x7f) this.run(unit);
        } else if (this.parameters.length < longestParameters) this.parameters += unit;
        return;
      case 'string':
        if (code === escape) this.state = 'string-escape';
        else if (code === 0x07 || code === 0x9c || aborts.has(code)) this.state = 'text';
        // A string has no line end. One that never ends must not hide the rest of the output.
        else if (code === 0x0a) this.restart(code);
        return;
      case 'string-escape':
        if (unit === '\\') this.state = 'text';
        else {
          this.state = 'escape';
          this.escaped(unit, code);
        }
        return;
    }
  }

  /** Ends a sequence at a control character, which acts as usual. */
  private restart(code: number): void {
    this.state = 'text';
    this.control(code);
  }

  private control(code: number): void {
    if (code === escape) this.state = 'escape';
    else if (code === 0x9b) this.beginControl();
    else if (oneUnitStarts.has(code)) this.state = 'string';
    else if (this.isAlternate) return;
    else if ((code >= 0x0a && code <= 0x0c) || code === 0x85) this.screen.lineFeed();
    else if (code === 0x0d) this.screen.moveTo(0);
    else if (code === 0x08) this.screen.moveBy(-1);
    else if (code === 0x09) this.screen.write('\t', 0, 1);
  }

  private beginControl(): void {
    this.state = 'control';
    this.parameters = '';
  }

  /** Takes the unit after ESC. */
  private escaped(unit: string, code: number): void {
    if (unit === '[') {
      this.beginControl();
      return;
    }
    if (stringStarts.has(unit)) {
      this.state = 'string';
      return;
    }
    if (code < 0x20) {
      this.restart(code);
      return;
    }
    this.state = code < 0x30 ? 'escape-intermediate' : 'text';
    if (this.isAlternate) return;
    if (unit === 'c') this.screen.clear();
    else if (unit === 'E' || unit === 'D') this.screen.lineFeed();
    else if (unit === 'M') this.screen.moveLines(-1);
  }

  /** Runs a control sequence with its last unit. */
  private run(final: string): void {
    if (final === 'h' || final === 'l') {
      if (alternateModes.has(this.parameters)) this.isAlternate = final === 'h';
      return;
    }
    if (this.isAlternate || !/^[\d;]*$/.test(this.parameters)) return;
    const [first = '', second = ''] = this.parameters.split(';');
    const count = Math.max(1, Number(first));
    const { screen } = this;
    if (final === 'A') screen.moveLines(-count);
    else if (final === 'B') screen.moveLines(count);
    else if (final === 'C') screen.moveBy(count);
    else if (final === 'D') screen.moveBy(-count);
    else if (final === 'E' || final === 'F') {
      screen.moveLines(final === 'E' ? count : -count);
      screen.moveTo(0);
    } else if (final === 'G') screen.moveTo(count - 1);
    else if (final === 'H' || final === 'f') screen.moveToPlace(count - 1, Math.max(1, Number(second)) - 1);
    else if (final === 'K') screen.eraseInLine(Number(first));
    else if (final === 'J' && Number(first) === 0) screen.eraseBelow();
    else if (final === 'J' && Number(first) >= 2) screen.clear();
  }
}

/** How many lines a text has. A line feed at its end begins no further line. */
export function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function clean(text: string): string {
  // Half a surrogate pair becomes the replacement character.
  return text.replace(directionMarks, '').replace(/\p{Surrogate}/gu, '\ufffd');
}
