import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { TerminalOutput, type CommandOutput } from '../../../../src/core/terminal/terminalOutput';

function read(...pieces: readonly string[]): CommandOutput {
  const output = new TerminalOutput();
  for (const piece of pieces) output.add(piece);
  return output.read();
}

function shown(...pieces: readonly string[]): string {
  const { start, end } = read(...pieces);
  assert.equal(end, '');
  return start;
}

/** Pieces of what programs write, whole and broken. */
const written = fc.oneof(
  fc.constantFrom(
    ...['\r', '\n', '\r\n', '\b', '\t', '\0', '\u0007', '\u001b', '\u009b', '\u009d', '\u0018', '\u0085'],
    ...['\u001b[K', '\u001b[1K', '\u001b[2K', '\u001b[J', '\u001b[2J', '\u001bc', '\u001b[A', '\u001b[3A'],
    ...['\u001b[2B', '\u001b[5C', '\u001b[2D', '\u001b[10G', '\u001b[H', '\u001b[2;4H', '\u001b[31;1m'],
    ...[
      '\u001b]0;title\u0007',
      '\u001b]8;;http://a.test\u001b\\',
      '\u001b]633;C\u0007',
      '\u001bP1$r\u001b\\',
    ],
    ...['\u001b[?1049h', '\u001b[?1049l', '\u001b[?25l', '\u001b[>4;1m', '\u001b(B', '\u001b]never ends'],
    ...['😀', '\ud83d', '\ude00', '下载中', 'e\u0301', '\ufffd', '10%', 'x'.repeat(2_100)],
  ),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

describe('TerminalOutput', () => {
  for (const [what, data, text] of [
    ['colours', '\u001b[1;31merror\u001b[0m: no\r\n', 'error: no\n'],
    ['titles and marks of the shell', '\u001b]633;C\u0007\u001b]0;npm test\u001b\\ok\r\n', 'ok\n'],
    ['the target of a link', '\u001b]8;;file:///a\u0007a.ts\u001b]8;;\u0007', 'a.ts'],
    ['earlier states of a progress bar', '\r 10%\r 55% ETA 3s\u001b[K\r100%\u001b[K\r\ndone', '100%\ndone'],
    ['only what a shorter state overwrites', 'loading...\rok', 'okading...'],
    ['an erased line', 'building\u001b[2K\u001b[1Gdone\n', 'done\n'],
    ['bold text of a manual', 'N\bNA\bA\n', 'NA\n'],
    ['several bars that are redrawn', 'a: 1\nb: 1\n\u001b[2Aa: 2\u001b[K\nb: 9\u001b[K\n', 'a: 2\nb: 9\n'],
    ['a screen that is cleared', 'old\n\u001b[2J\u001b[Hnew\n', 'new\n'],
    ['a full-screen program', 'before\n\u001b[?1049h~\n~\n\u001b[?1049lafter\n', 'before\nafter\n'],
    ['NUL, the bell and DEL', 'a\0b\u0007c\u007f\n', 'abc\n'],
    ['marks that turn the direction of text', 'abc\u202edcba\u2066x', 'abcdcbax'],
    ['a title that never ends, up to the line end', '\u001b]0;title\nerror\n', '\nerror\n'],
    ['an unfinished sequence before a line end', 'a\u001b[3\nb', 'a\nb'],
    ['half a character', 'a\ud83d\n\ude00b', 'a\ufffd\n\ufffdb'],
    ['spaces at the end of lines', 'a   \r\nb', 'a\nb'],
  ] as const)
    it(`removes ${what}`, () => {
      assert.equal(shown(data), text);
    });

  it('keeps text, indentation, tabs and characters of two units', () => {
    const text = 'error: 找不到文件 😀\n\tat f (a.ts:1)\n    x\n\nend';
    assert.equal(shown(text), text);
  });

  it('gives the same text wherever the data is split', () => {
    fc.assert(
      fc.property(fc.array(written), fc.array(fc.nat(), { maxLength: 20 }), (parts, places) => {
        const data = parts.join('');
        const cuts = places.map((place) => place % (data.length + 1)).sort((one, other) => one - other);
        const pieces = [...cuts, data.length].map((cut, index) => data.slice(cuts[index - 1] ?? 0, cut));
        assert.deepEqual(read(...pieces), read(data));
        assert.deepEqual(read(...data.split('')), read(data));
      }),
    );
  });

  it('leaves nothing in the text that a terminal would interpret', () => {
    fc.assert(
      fc.property(fc.array(written), (parts) => {
        const { start, end, lineCount } = read(parts.join(''));
        assert.doesNotMatch(start + end, /(?![\n\t])\p{Cc}|\p{Surrogate}/u);
        if (end === '') assert.equal(lineCount, start.split('\n').length - (/(?:^|\n)$/.test(start) ? 1 : 0));
      }),
    );
  });

  it('gives printable lines back as they are', () => {
    const line = fc
      .string({ unit: 'grapheme' })
      .map((text) => text.replace(/[\p{Cc}\u061c\u200e\u200f]/gu, '').trimEnd());
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 100 }), (lines) => {
        assert.equal(shown(lines.join('\r\n')), lines.join('\n'));
      }),
    );
  });

  it('keeps the beginning and the end of 50 MB, and counts the lines', () => {
    const output = new TerminalOutput();
    const block = Array.from(
      { length: 1_000 },
      (_, index) => `\u001b[32mline ${index}\u001b[0m ${'x'.repeat(80)}\r\n`,
    );
    const data = block.join('');
    output.add('first line\n');
    for (let length = 0; length < 50_000_000; length += data.length) output.add(data);
    output.add('last line\n');
    const { start, end, lineCount } = output.read();
    assert.match(start, /^first line\nline 0 x/);
    assert.match(start, /\n$/);
    assert.match(end, /^line \d+ x[^]*\nlast line\n$/);
    assert.ok(start.length + end.length < 200_000);
    assert.equal(lineCount, Math.ceil(50_000_000 / data.length) * 1_000 + 2);
  });

  it('keeps both ends of a line that never ends', () => {
    const output = new TerminalOutput();
    output.add('begin');
    for (let count = 0; count < 100; count++) output.add('x'.repeat(10_000));
    output.add('finish');
    const { start, end, lineCount } = output.read();
    assert.match(start, /^beginx/);
    assert.match(end, /xfinish$/);
    assert.equal(lineCount, 1);
  });

  for (const [what, unit] of [
    ['rows that are overwritten', '\rx'],
    ['gaps that are filled', '\u001b[2K\u001b[1999Gx'],
    ['rows that change places', '\u001b[Ax\u001b[Bx'],
    ['strings without an end', '\u001b]'],
    ['parameters without an end', '\u001b[1;'],
    ['screens that are cleared', '\u001b[2J\u001b[H\n'],
  ] as const)
    it(`takes linear time for ${what}`, () => {
      const output = new TerminalOutput();
      for (let count = 0; count < 20; count++) output.add(unit.repeat(10_000));
      assert.ok(output.read().start.length < 200_000);
    });
});
