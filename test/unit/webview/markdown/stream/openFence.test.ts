import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseBlocks } from '../../../../../src/webview/markdown/parse/parseBlocks';
import { OpenFence } from '../../../../../src/webview/markdown/stream/openFence';

const line = fc
  .array(fc.constantFrom('`', '```', '~~~', '````', ' ', '   ', '\t', 'a', 'code', '#'), { maxLength: 5 })
  .map((parts) => parts.join(''));

describe('OpenFence', () => {
  it('takes the lines that the grammar takes, however they are cut', () => {
    const openers = fc.constantFrom('```', '~~~', '````js', '  ```', '   ~~~ md');
    fc.assert(
      fc.property(
        openers,
        fc.array(line, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (opener, lines, lengths) => {
          const source = lines.map((text) => `${text}\n`).join('');
          const fence = new OpenFence(opener);
          let code = '';
          let rest: string | undefined;
          for (let start = 0, index = 0; start < source.length; index += 1) {
            const length = lengths[index % lengths.length] ?? 1;
            const piece = source.slice(start, start + length);
            start += length;
            if (rest !== undefined) rest += piece;
            else {
              const step = fence.push(piece);
              code += step.code;
              ({ rest } = step);
            }
          }
          const [block] = parseBlocks(`${opener}\n${source}`, {});
          assert.equal(block?.tokens[0]?.content ?? '', code);
          const expectedRest = lines.slice((block?.endLine ?? 0) - 1).map((text) => `${text}\n`);
          if (rest !== undefined) assert.equal(rest, expectedRest.join(''));
        },
      ),
    );
  });

  it('does not show a line that may become the closing one', () => {
    const fence = new OpenFence('```ts');
    assert.equal(fence.push('let a').partial, 'let a');
    assert.equal(fence.push('\n``').partial, '');
    assert.equal(fence.push('x').partial, '``x');
  });
});
