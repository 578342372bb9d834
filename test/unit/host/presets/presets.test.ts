import assert from 'node:assert/strict';
import type { Memory } from '../../../../src/host/memory/storedValue';
import { Presets, type Preset } from '../../../../src/host/presets/presets';

const silent = (): undefined => undefined;
const silentLog = { info: silent, warn: silent, error: silent };

describe('the presets', () => {
  const memory = (stored?: unknown): Memory => {
    const values = new Map([['presets', stored]]);
    return {
      get: (key) => values.get(key),
      update: (key, value) => Promise.resolve(void values.set(key, value)),
    };
  };
  const reviewer: Omit<Preset, 'id'> = {
    name: 'Reviewer',
    model: { gatewayId: 'lab', modelId: 'gpt-5', listed: true },
    parameters: { temperature: 0.2, systemText: 'You are a careful reviewer.' },
  };
  const idOf = (presets: Presets, name: string): string =>
    presets.all().find((preset) => preset.name === name)?.id ?? '';
  const namesOf = (presets: Presets): readonly string[] => presets.all().map(({ name }) => name);

  it('are stored for every window and listed by name', () => {
    const kept = memory();
    const presets = new Presets(kept, silentLog);
    const other = new Presets(kept, silentLog);
    presets.save(reviewer);
    other.save({ ...reviewer, name: 'Poet', parameters: {} });
    assert.deepEqual(namesOf(presets), ['Poet', 'Reviewer']);
    const { id, ...found } = presets.find(idOf(other, 'Reviewer')) ?? {};
    assert.ok(id);
    assert.deepEqual(found, reviewer);
  });

  it('are replaced by one with the same name, in upper or lower case', () => {
    const presets = new Presets(memory(), silentLog);
    presets.save(reviewer);
    presets.save({ ...reviewer, name: 'REVIEWER', parameters: { effort: 'high' } });
    assert.deepEqual(namesOf(presets), ['REVIEWER']);
    assert.deepEqual(presets.all()[0]?.parameters, { effort: 'high' });
  });

  it('can be renamed, but not to the name of another one', () => {
    const presets = new Presets(memory(), silentLog);
    presets.save(reviewer);
    presets.save({ ...reviewer, name: 'Poet' });
    presets.rename(idOf(presets, 'Poet'), 'reviewer');
    assert.deepEqual(namesOf(presets), ['Poet', 'Reviewer']);
    presets.rename(idOf(presets, 'Poet'), 'Critic');
    presets.rename(idOf(presets, 'Reviewer'), 'reviewer');
    assert.deepEqual(namesOf(presets), ['Critic', 'reviewer']);
  });

  it('can be deleted, and restored with the same id', () => {
    const presets = new Presets(memory(), silentLog);
    presets.save(reviewer);
    const id = idOf(presets, 'Reviewer');
    presets.delete(id);
    assert.deepEqual(namesOf(presets), []);
    presets.restore(id);
    assert.equal(idOf(presets, 'Reviewer'), id);
    presets.restore(id);
    assert.deepEqual(namesOf(presets), ['Reviewer']);
  });

  it('tell their listeners of each change', () => {
    const presets = new Presets(memory(), silentLog);
    let changes = 0;
    presets.changed.on(() => {
      changes += 1;
    });
    presets.save(reviewer);
    const id = idOf(presets, 'Reviewer');
    presets.rename(id, 'Critic');
    presets.delete(id);
    presets.restore(id);
    presets.delete('unknown');
    assert.equal(changes, 4);
  });

  it('are none if something of another shape is stored', () => {
    assert.deepEqual(new Presets(memory([{ name: 'Reviewer' }]), silentLog).all(), []);
  });
});
