import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { countToDrop, reserveFor } from '../../../../src/core/prompt/contextBudget';
import { TokenCounter } from '../../../../src/core/prompt/tokenCounter';
import type { Message } from '../../../../src/shared/conversation/conversation';
import { answerMessage, userMessage } from '../../../support/messages';

const model = { gatewayId: 'demo', modelId: 'demo-1' };

describe('countToDrop and reserveFor', () => {
  it('leave out whole turns from the beginning, no more than needed, and never the last one', () => {
    const turns = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(turns, fc.nat({ max: 1_500 }), (sizes, limit) => {
        const path = sizes.flatMap((size, index): Message[] => [
          userMessage({ id: `u${index}`, text: 'x'.repeat(size) }),
          answerMessage({ id: `a${index}`, text: 'y' }),
        ]);
        const count = (part: readonly Message[]): number =>
          part.reduce((sum, message) => sum + (message.role === 'user' ? message.text.length + 1 : 1), 0);
        const dropped = countToDrop(path, limit, count);
        assert.equal(path[dropped]?.role, 'user');
        assert.ok(dropped <= path.length - 2);
        if (dropped < path.length - 2) assert.ok(count(path.slice(dropped)) <= limit);
        if (dropped > 0) assert.ok(count(path.slice(dropped - 2)) > limit);
      }),
    );
  });

  it('reserve room for the answer, at most half of the window', () => {
    assert.equal(reserveFor(128_000, 16_000, undefined), 4_096);
    assert.equal(reserveFor(128_000, 16_000, 9_000), 9_000);
    assert.equal(reserveFor(4_000, undefined, undefined), 2_000);
    assert.equal(reserveFor(null, 1_000, undefined), 1_000);
  });
});

describe('TokenCounter', () => {
  const prompt = [
    { role: 'user' as const, content: 'The quick brown fox jumps over the lazy dog. '.repeat(50) },
  ];

  it("comes closer to the gateway's count with every answer", () => {
    const counter = new TokenCounter(new Map());
    const actual = counter.countPrompt(model, prompt) * 1.5;
    counter.observe(model, prompt, actual);
    assert.ok(Math.abs(counter.countPrompt(model, prompt) / actual - 1) < 0.01);
  });

  it('learns separately for each model', () => {
    const counter = new TokenCounter(new Map());
    const other = { gatewayId: 'demo', modelId: 'demo-2' };
    const before = counter.countPrompt(other, prompt);
    counter.observe(model, prompt, 10 * before);
    assert.equal(counter.countPrompt(other, prompt), before);
  });

  it('limits the correction by an implausible count', () => {
    const counter = new TokenCounter(new Map());
    const before = counter.countPrompt(model, prompt);
    counter.observe(model, prompt, 1_000 * before);
    assert.ok(counter.countPrompt(model, prompt) <= 3 * before + 1);
  });

  const shown = [
    {
      role: 'user' as const,
      content: [
        { type: 'text' as const, text: 'The quick brown fox jumps over the lazy dog. '.repeat(50) },
        { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AAAA' } },
      ],
    },
  ];

  it('learns the tokens per picture without changing the correction factor of text', () => {
    const counter = new TokenCounter(new Map());
    const words = counter.countPrompt(model, prompt);
    const before = counter.countPrompt(model, shown);
    counter.observe(model, shown, words + 85);
    assert.equal(counter.countPrompt(model, prompt), words, 'words cost what they cost');
    assert.equal(counter.countPrompt(model, shown), words + 85);
    assert.ok(before > words + 85);
  });

  it('applies the learned factor to the text around a picture', () => {
    const counter = new TokenCounter(new Map());
    const words = counter.countPrompt(model, prompt);
    counter.observe(model, prompt, 2 * words);
    counter.observe(model, shown, 2 * words + 1_200);
    assert.ok(Math.abs(counter.countPrompt(model, shown) - (2 * words + 1_200)) <= 5);
    assert.equal(counter.countPrompt({ gatewayId: 'demo', modelId: 'demo-2' }, prompt), words);
  });

  it('ignores implausible tokens per picture', () => {
    for (const count of [1, 1_000_000]) {
      const counter = new TokenCounter(new Map());
      const before = counter.countPrompt(model, shown);
      counter.observe(model, shown, count);
      assert.equal(counter.countPrompt(model, shown), before);
    }
  });

  it('estimates a long text by samples with a similar result', () => {
    const counter = new TokenCounter(new Map());
    const line = 'The quick brown fox jumps over the lazy dog, 123 times.\n';
    const once = counter.countText(model, line.repeat(1_000));
    const long = counter.countText(model, line.repeat(100_000));
    assert.ok(Math.abs(long / (100 * once) - 1) < 0.02, `${long} instead of ${100 * once}`);
  });

  it('keeps a limited amount of text in its cache', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const counter = new TokenCounter(new Map());
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let text = 0; text < 250; text += 1) counter.countText(model, `${text} `.repeat(20_000));
    collectGarbage();
    assert.ok(process.memoryUsage().heapUsed - before < 10_000_000);
  });

  it('counts pictures and tool calls in addition to text', () => {
    const counter = new TokenCounter(new Map());
    const words = counter.countPrompt(model, [{ role: 'user', content: 'Look' }]);
    const picture = counter.countPrompt(model, [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
    ]);
    assert.ok(picture > words + 100);
  });

  it('does not count a long history again for each prompt', () => {
    const counter = new TokenCounter(new Map());
    const history = Array.from({ length: 1_500 }, (_, index) => ({
      role: 'user' as const,
      content: `${index} The quick brown fox jumps over the lazy dog. `.repeat(20),
    }));
    const timed = (): number => {
      const start = performance.now();
      counter.countPrompt(model, history);
      return performance.now() - start;
    };
    const first = timed();
    const again = Math.min(...Array.from({ length: 5 }, timed));
    assert.ok(again < first / 5, `${first} ms, then ${again} ms`);
  });
});
