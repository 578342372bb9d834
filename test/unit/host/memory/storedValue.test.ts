import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { StoredValue, type Memory } from '../../../../src/host/memory/storedValue';

describe('a stored value', () => {
  const warnings: string[] = [];
  const log = {
    info: () => undefined,
    warn: (message: string) => void warnings.push(message),
    error: () => undefined,
  };
  const options = { key: 'names', schema: v.array(v.string()), fallback: ['nobody'], name: 'the names' };
  const memory = (initial?: unknown): Memory => {
    const values = new Map([['names', initial]]);
    return {
      get: (key) => values.get(key),
      update: (key, value) => Promise.resolve(void values.set(key, value)),
    };
  };

  beforeEach(() => {
    warnings.length = 0;
  });

  it('is the fallback before anything is stored', () => {
    assert.deepEqual(new StoredValue(memory(), log, options).get(), ['nobody']);
  });

  it('is what was stored last, in this window and in the next one', () => {
    const kept = memory();
    const value = new StoredValue(kept, log, options);
    value.set(['Ada']);
    value.set(['Ada', 'Grace']);
    assert.deepEqual(value.get(), ['Ada', 'Grace']);
    assert.deepEqual(new StoredValue(kept, log, options).get(), ['Ada', 'Grace']);
  });

  it('is the fallback if something of another shape is stored', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const isRight = Array.isArray(stored) && stored.every((item) => typeof item === 'string');
        const value = new StoredValue(memory(stored), log, options).get();
        assert.deepEqual(value, isRight ? stored : ['nobody']);
      }),
    );
  });

  it('is the new one while VS Code reports an earlier update, and is stored although that report undid it', async () => {
    let values: Record<string, unknown> = { names: ['Ada'] };
    const reports: (() => void)[] = [];
    const reporting: Memory = {
      get: (key) => values[key],
      update: async (key, value) => {
        values = { ...values, [key]: value };
        await new Promise(setImmediate);
        reports.shift()?.();
      },
    };
    const value = new StoredValue(reporting, log, options);
    reports.push(() => {
      values = { names: ['Ada'], other: 1 };
    });
    value.set(['Ada', 'Grace']);
    values = { names: ['Ada'], other: 1 };
    assert.deepEqual(value.get(), ['Ada', 'Grace']);
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(value.get(), ['Ada', 'Grace']);
    assert.deepEqual(values, { names: ['Ada', 'Grace'], other: 1 });
  });

  it('says in the log that it could not be stored', async () => {
    const full: Memory = {
      get: () => undefined,
      update: () => Promise.reject(new Error('The disk is full.')),
    };
    new StoredValue(full, log, options).set(['Ada']);
    await new Promise(setImmediate);
    assert.deepEqual(warnings, ["Couldn't store the names: Error: The disk is full."]);
  });
});
