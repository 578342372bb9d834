import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fitOutput, fitOutputTokens } from '../../../../src/core/terminal/fitOutput';
import { TerminalOutput } from '../../../../src/core/terminal/terminalOutput';

function outputOf(text: string): ReturnType<TerminalOutput['read']> {
  const output = new TerminalOutput();
  output.add(text);
  return output.read();
}

const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

describe('fitOutput', () => {
  it('leaves an output that fits as it is', () => {
    assert.deepEqual(fitOutput(outputOf('a\nb\n'), 200), { text: 'a\nb\n', shown: 2, isCut: false });
  });

  it('cuts the middle of a long output and says how many lines are missing', () => {
    const { text, shown, isCut } = fitOutput(outputOf(lines(10_000)), 1_000);
    assert.ok(isCut && text.length <= 1_000);
    const [, first, missing, next] =
      /\nline (\d+)\n\[… (\d+) lines left out …\]\nline (\d+)\n/.exec(text) ?? [];
    assert.equal(Number(first) + Number(missing) + 1, Number(next));
    assert.equal(shown + Number(missing), 10_000);
    assert.match(text, /^line 1\n[^]*\nline 10000$/);
  });

  it('keeps both ends of one long line', () => {
    const { text } = fitOutput(outputOf(`begin${'x'.repeat(90_000)}finish`), 1_000);
    assert.match(text, /^beginx+\n\[… a part of the line left out …\]\nx+finish$/);
  });

  it('never exceeds the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 300 }), { maxLength: 50 }),
        fc.integer({ min: 200, max: 4_000 }),
        (parts, limit) => {
          assert.ok(fitOutput(outputOf(parts.join('\n')), limit).text.length <= limit);
        },
      ),
    );
  });

  it('fits an output to tokens, also in a script with many tokens a character', () => {
    const count = (text: string): number => text.length;
    const { text } = fitOutputTokens(outputOf('错误\n'.repeat(9_000)), 500, count);
    assert.ok(count(text) <= 500 && count(text) > 250);
    assert.equal(fitOutputTokens(outputOf('ok\n'), 500, count).text, 'ok\n');
  });
});
