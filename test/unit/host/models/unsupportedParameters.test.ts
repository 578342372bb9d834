import assert from 'node:assert/strict';
import fc from 'fast-check';
import { UnsupportedParameters } from '../../../../src/host/models/unsupportedParameters';

/** Keeps values as JSON, like VS Code's global state. */
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

function openOver(memory: Memory): UnsupportedParameters {
  return new UnsupportedParameters(memory, silent);
}

describe('UnsupportedParameters', () => {
  it('remembers the unsupported parameters of each model at each gateway for the next window', () => {
    const memory = new Memory();
    const first = openOver(memory);
    first.remember('a', 'm/1', 'temperature');
    first.remember('a', 'm/1', 'stream_options');
    first.remember('b', 'm/1', 'n');
    const second = openOver(memory);
    assert.deepEqual([...second.unsupported('a', 'm/1')], ['temperature', 'stream_options']);
    assert.deepEqual([...second.unsupported('b', 'm/1')], ['n']);
    assert.deepEqual([...second.unsupported('a', 'm/2')], []);
  });

  it('forgets only the models that the user chose', () => {
    const parameters = openOver(new Memory());
    parameters.remember('a', 'one', 'n');
    parameters.remember('a', 'two', 'n');
    parameters.forget([{ gatewayId: 'a', modelId: 'one' }]);
    assert.deepEqual(parameters.all(), [{ gatewayId: 'a', modelId: 'two', parts: ['n'] }]);
  });

  it('stores each unsupported parameter once, in any order and after any number of repetitions', () => {
    const name = fc.constantFrom('a', 'b', 'constructor', '__proto__', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name, name)), (entries) => {
        const parameters = openOver(new Memory());
        for (const entry of entries) parameters.remember(...entry);
        const wanted = new Set(entries.map((entry) => JSON.stringify(entry)));
        const held = parameters
          .all()
          .flatMap(({ gatewayId, modelId, parts }) =>
            parts.map((part) => JSON.stringify([gatewayId, modelId, part])),
          );
        assert.deepEqual(held.toSorted(), [...wanted].toSorted());
        parameters.forget(parameters.all());
        assert.deepEqual(parameters.all(), []);
      }),
    );
  });

  it('starts with an empty list if the stored value has another shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (stored) => {
        const parameters = openOver(new Memory(stored));
        parameters.remember('a', 'one', 'n');
        assert.ok(parameters.unsupported('a', 'one').has('n'));
      }),
    );
  });

  it('remembers the size of a context window for the next window until the user deletes it', () => {
    const memory = new Memory();
    const first = openOver(memory);
    first.rememberContextWindow('a', 'm', 4_096);
    first.remember('a', 'm', 'n');
    first.rememberContextWindow('a', 'm', 8_192);
    const second = openOver(memory);
    assert.deepEqual(second.all(), [{ gatewayId: 'a', modelId: 'm', parts: ['n'], contextWindow: 8_192 }]);
    assert.equal(second.contextWindow('a', 'm'), 8_192);
    assert.equal(second.contextWindow('a', 'other'), undefined);
    second.forget([{ gatewayId: 'a', modelId: 'm' }]);
    assert.equal(second.contextWindow('a', 'm'), undefined);
  });

  it('keeps the newer one of two opposite parameters', () => {
    const parameters = openOver(new Memory());
    parameters.remember('a', 'm', 'reasoning_content');
    parameters.remember('a', 'm', 'missing reasoning_content');
    assert.deepEqual([...parameters.unsupported('a', 'm')], ['missing reasoning_content']);
    parameters.remember('a', 'm', 'reasoning_content');
    assert.deepEqual([...parameters.unsupported('a', 'm')], ['reasoning_content']);
  });

  it('reads what earlier versions stored', () => {
    const parameters = openOver(new Memory([{ gatewayId: 'a', modelId: 'm', parts: ['array content'] }]));
    assert.deepEqual([...parameters.unsupported('a', 'm')], ['array content']);
    assert.equal(parameters.contextWindow('a', 'm'), undefined);
  });
});
