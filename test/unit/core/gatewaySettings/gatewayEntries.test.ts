import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import {
  changeEntry,
  readEntries,
  removeEntries,
  reorderEntries,
  restoreEntries,
  type GatewayEntries,
} from '../../../../src/core/gatewaySettings/gatewayEntries';

const ids = ['lab', 'home', 'apimart', 'ollama'] as const;

/** Entries as users write them: with unknown fields, twice, without an id, and values that are no entries at all. */
const anyEntries = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ id: fc.constantFrom(...ids), note: fc.string() }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(null, 7, 'lab', [], { baseUrl: 'https://a.example' }, { id: 3 }),
    },
    { weight: 1, arbitrary: fc.jsonValue() },
  ),
  { maxLength: 8 },
);
const anyId = fc.constantFrom(...ids);

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined;
}

function others(entries: GatewayEntries, id: string): unknown[] {
  return entries.filter((entry) => idOf(entry) !== id);
}

describe('the edits of parley.gateways', () => {
  it('read a value that is not a list as empty', () => {
    for (const value of [undefined, null, 7, 'lab', {}, { 0: 'a', length: 1 }])
      deepStrictEqual(readEntries(value), []);
  });

  it('change one field and keep the unknown fields, the order of the fields and the order of the entries', () => {
    const entries = [
      { id: 'home', baseUrl: 'https://home.example/v1' },
      { notes: 'mine', id: 'lab', futureField: { deep: [1] }, baseUrl: 'https://lab.example/v1' },
      { id: 'last', baseUrl: 'https://last.example/v1' },
    ];
    const changed = changeEntry(entries, 'lab', { name: 'Lab', baseUrl: 'https://new.example/v1' });
    deepStrictEqual(changed, [
      entries[0],
      {
        notes: 'mine',
        id: 'lab',
        futureField: { deep: [1] },
        baseUrl: 'https://new.example/v1',
        name: 'Lab',
      },
      entries[2],
    ]);
    deepStrictEqual(Object.keys(changed[1] as object), ['notes', 'id', 'futureField', 'baseUrl', 'name']);
  });

  it('remove a field that is set to undefined', () => {
    deepStrictEqual(changeEntry([{ id: 'lab', name: 'Lab', hidden: true }], 'lab', { hidden: undefined }), [
      { id: 'lab', name: 'Lab' },
    ]);
  });

  it('change the last of several entries with the same id, because it is the one that counts', () => {
    const entries = [
      { id: 'lab', name: 'Old' },
      { id: 'lab', name: 'New' },
    ];
    deepStrictEqual(changeEntry(entries, 'lab', { hidden: true }), [
      { id: 'lab', name: 'Old' },
      { id: 'lab', name: 'New', hidden: true },
    ]);
  });

  it('append an entry for a gateway that has none', () => {
    deepStrictEqual(changeEntry([7], 'apimart', { hidden: true }), [7, { id: 'apimart', hidden: true }]);
  });

  it('remove every entry of a gateway and put each back where it was', () => {
    const entries = [{ id: 'lab', name: 'A' }, 'odd', { id: 'home' }, { id: 'lab', name: 'B' }];
    const { entries: left, removed } = removeEntries(entries, 'lab');
    deepStrictEqual(left, ['odd', { id: 'home' }]);
    deepStrictEqual(restoreEntries(left, 'lab', removed), entries);
  });

  it('restore nothing when the gateway was added again in the meantime', () => {
    const { removed } = removeEntries([{ id: 'lab', name: 'Old' }], 'lab');
    deepStrictEqual(restoreEntries([{ id: 'lab', name: 'New' }], 'lab', removed), [
      { id: 'lab', name: 'New' },
    ]);
  });

  it('put the gateways in order, give a preset without an entry one, and leave other values in place', () => {
    const entries = [{ id: 'lab', extra: 1 }, 'odd', { id: 'home', extra: 2 }];
    deepStrictEqual(reorderEntries(entries, ['apimart', 'home', 'lab']), [
      { id: 'apimart' },
      'odd',
      { id: 'home', extra: 2 },
      { id: 'lab', extra: 1 },
    ]);
  });

  it('never change another entry, for any setting', () => {
    fc.assert(
      fc.property(anyEntries, anyId, fc.string(), (entries, id, name) => {
        const before = JSON.stringify(entries);
        const changed = changeEntry(entries, id, { name });
        deepStrictEqual(others(changed, id), others(entries, id));
        deepStrictEqual(removeEntries(entries, id).entries, others(entries, id));
        deepStrictEqual(JSON.stringify(entries), before, 'the given entries themselves stay unchanged');
      }),
    );
  });

  it('undo a removal exactly, for any setting', () => {
    fc.assert(
      fc.property(anyEntries, anyId, (entries, id) => {
        const { entries: left, removed } = removeEntries(entries, id);
        deepStrictEqual(restoreEntries(left, id, removed), entries);
      }),
    );
  });

  it('lose no entry when gateways are put in order, for any setting and order', () => {
    fc.assert(
      fc.property(anyEntries, fc.shuffledSubarray([...ids]), (entries, order) => {
        const reordered = reorderEntries(entries, order);
        const added = order.filter((id) => !entries.some((entry) => idOf(entry) === id));
        const sorted = (list: GatewayEntries): string[] => list.map((entry) => JSON.stringify(entry)).sort();
        deepStrictEqual(sorted(reordered), sorted([...entries, ...added.map((id) => ({ id }))]));
        // The order of the ids, each at its first entry.
        const listed = [...new Set(reordered.map(idOf))].filter((id) => order.includes(id as never));
        deepStrictEqual(listed, order);
        for (const [index, entry] of entries.entries())
          if (!order.includes(idOf(entry) as never)) deepStrictEqual(reordered[index], entry);
      }),
    );
  });
});
