import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UnsupportedParameters } from '../../../../src/host/models/unsupportedParameters';

/** What outlives a window. */
class Memory {
  private readonly values = new Map<string, string>();

  constructor(private readonly initial?: unknown) {}

  get(key: string): unknown {
    const stored = this.values.get(key);
    return stored === undefined ? this.initial : JSON.parse(stored);
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function quirksOver(memory: Memory): UnsupportedParameters {
  return new UnsupportedParameters(memory, silent);
}

describe('quirks', () => {
  it('remembers across windows what each model at each gateway refused', () => {
    const memory = new Memory();
    const first = quirksOver(memory);
    first.remember('a', 'm/1', 'temperature');
    first.remember('a', 'm/1', 'stream_options');
    first.remember('b', 'm/1', 'n');
    const second = quirksOver(memory);
    assert.deepEqual([...second.refused('a', 'm/1')], ['temperature', 'stream_options']);
    assert.deepEqual([...second.refused('b', 'm/1')], ['n']);
    assert.deepEqual([...second.refused('a', 'm/2')], []);
  });

  it('forgets what it is told to, and nothing else', () => {
    const quirks = quirksOver(new Memory());
    quirks.remember('a', 'one', 'n');
    quirks.remember('a', 'two', 'n');
    quirks.forget([{ gatewayId: 'a', modelId: 'one' }]);
    assert.deepEqual(quirks.all(), [{ gatewayId: 'a', modelId: 'two', parts: ['n'] }]);
  });

  it('holds each refusal once, in whatever order and however often it comes', () => {
    const name = fc.constantFrom('a', 'b', 'constructor', '__proto__', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name, name)), (refusals) => {
        const quirks = quirksOver(new Memory());
        for (const refusal of refusals) quirks.remember(...refusal);
        const wanted = new Set(refusals.map((refusal) => JSON.stringify(refusal)));
        const held = quirks
          .all()
          .flatMap(({ gatewayId, modelId, parts }) =>
            parts.map((part) => JSON.stringify([gatewayId, modelId, part])),
          );
        assert.deepEqual(held.toSorted(), [...wanted].toSorted());
        quirks.forget(quirks.all());
        assert.deepEqual(quirks.all(), []);
      }),
    );
  });

  it('begins anew when what is stored is nothing that it wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (stored) => {
        const quirks = quirksOver(new Memory(stored));
        quirks.remember('a', 'one', 'n');
        assert.ok(quirks.refused('a', 'one').has('n'));
      }),
    );
  });

  it('remembers the window that a gateway named across windows of VS Code, until it is forgotten', () => {
    const memory = new Memory();
    const first = quirksOver(memory);
    first.rememberContextWindow('a', 'm', 4_096);
    first.remember('a', 'm', 'n');
    first.rememberContextWindow('a', 'm', 8_192);
    const second = quirksOver(memory);
    assert.deepEqual(second.all(), [{ gatewayId: 'a', modelId: 'm', parts: ['n'], contextWindow: 8_192 }]);
    assert.equal(second.contextWindow('a', 'm'), 8_192);
    assert.equal(second.contextWindow('a', 'other'), undefined);
    second.forget([{ gatewayId: 'a', modelId: 'm' }]);
    assert.equal(second.contextWindow('a', 'm'), undefined);
  });

  it('holds of two opposite demands the one that came last', () => {
    const quirks = quirksOver(new Memory());
    quirks.remember('a', 'm', 'reasoning_content');
    quirks.remember('a', 'm', 'missing reasoning_content');
    assert.deepEqual([...quirks.refused('a', 'm')], ['missing reasoning_content']);
    quirks.remember('a', 'm', 'reasoning_content');
    assert.deepEqual([...quirks.refused('a', 'm')], ['reasoning_content']);
  });

  it('reads what earlier versions remembered', () => {
    const quirks = quirksOver(new Memory([{ gatewayId: 'a', modelId: 'm', parts: ['array content'] }]));
    assert.deepEqual([...quirks.refused('a', 'm')], ['array content']);
    assert.equal(quirks.contextWindow('a', 'm'), undefined);
  });
});
