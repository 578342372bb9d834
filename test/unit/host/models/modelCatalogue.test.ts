import { deepStrictEqual, equal } from 'node:assert/strict';
import type { Gateway, ModelDescription } from '../../../../src/core/models/gateway';
import { ModelCatalogue } from '../../../../src/host/models/modelCatalogue';

const gateway: Gateway = {
  id: 'g',
  name: 'G',
  baseUrl: 'http://127.0.0.1:1/v1',
  auth: 'none',
  headers: {},
  models: [{ id: 'own', contextWindow: 7 }],
  extraBody: {},
};

type Memory = ConstructorParameters<typeof ModelCatalogue>[1];

/** A catalogue with a stored list. `replace` stores another list, as another window would. */
function catalogueWith(list: unknown): { catalogue: ModelCatalogue; replace: (list: unknown) => void } {
  let stored = list;
  const memory = {
    keys: () => [],
    get: () => stored,
    update: (_: string, value: unknown) => {
      stored = value;
      return Promise.resolve();
    },
  } as Memory;
  const client = {
    ask: () => {
      throw new Error('This test sends no prompt.');
    },
    listModels: () => Promise.resolve({ models: [{ id: 'fetched' }] }),
  };
  return {
    catalogue: new ModelCatalogue(client, memory, () => ({ connect: 1, firstToken: 1, idle: 1 }), Date.now),
    replace: (other) => {
      stored = other;
    },
  };
}

/** A list that counts how often one of its models is read. */
function countingList(size: number): { list: ModelDescription[]; reads: () => number } {
  let reads = 0;
  const list = Array.from({ length: size }, (_, index) => ({
    get id() {
      reads += 1;
      return `model-${index}`;
    },
    contextWindow: index + 1,
  }));
  return { list, reads: () => reads };
}

describe('ModelCatalogue', () => {
  it('takes a model for chat if the user uses it for chat, whatever its id says', () => {
    const { catalogue, replace } = catalogueWith([]);
    equal(catalogue.kindOf(gateway, 'flux-dev'), 'image');
    replace([{ gatewayId: 'g', modelId: 'flux-dev' }]);
    equal(catalogue.kindOf(gateway, 'flux-dev'), 'chat');
    equal(catalogue.kindOf({ ...gateway, id: 'other' }, 'flux-dev'), 'image');
  });

  it('reads a list of thousands of models once, and not with each update of the panel', () => {
    const { list, reads } = countingList(5_000);
    const { catalogue } = catalogueWith(list);
    equal(catalogue.describe(gateway, 'model-4999').contextWindow, 5_000);
    const once = reads();
    for (let count = 0; count < 100; count += 1) catalogue.nameOf(gateway, `model-${count}`);
    equal(reads(), once);
  });

  it('uses a new list at once, also if another window stored it', async () => {
    const { catalogue, replace } = catalogueWith([{ id: 'a', name: 'A' }]);
    equal(catalogue.nameOf(gateway, 'a'), 'A');
    replace([{ id: 'a', name: 'Another' }]);
    equal(catalogue.nameOf(gateway, 'a'), 'Another');
    await catalogue.fetch(gateway);
    deepStrictEqual(catalogue.remembered(gateway), [{ id: 'fetched' }]);
  });

  it('falls back to the configured models if the stored value is not a list', () => {
    for (const stored of [undefined, null, 'text', {}, [], [{ name: 'without an id' }]]) {
      const { catalogue } = catalogueWith(stored);
      deepStrictEqual(catalogue.remembered(gateway), gateway.models);
    }
  });

  it('uses the first of two models with the same id, and lets the settings override the list', () => {
    const { catalogue } = catalogueWith([
      { id: 'own', contextWindow: 1, maxOutput: 3 },
      { id: 'twice', contextWindow: 1 },
      { id: 'twice', contextWindow: 2 },
    ]);
    equal(catalogue.describe(gateway, 'twice').contextWindow, 1);
    deepStrictEqual(catalogue.describe(gateway, 'own'), { id: 'own', contextWindow: 7, maxOutput: 3 });
  });
});
