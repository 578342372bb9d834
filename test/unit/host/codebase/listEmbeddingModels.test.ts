import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { Gateway, ModelDescription } from '../../../../src/core/models/gateway';
import {
  listEmbeddingModels,
  rememberedEmbeddingModels,
  type EmbeddingModelPorts,
} from '../../../../src/host/codebase/listEmbeddingModels';
import { gatewayWith } from '../../gateway/asking';

const one = { ...gatewayWith({ baseUrl: 'http://127.0.0.1:1/v1' }), id: 'one', name: 'One' };
const other = { ...gatewayWith({ baseUrl: 'http://127.0.0.1:2/v1' }), id: 'other', name: 'Other' };

/** Ports that count requests for lists. */
function portsWith(lists: Readonly<Record<string, readonly string[]>>): EmbeddingModelPorts & {
  readonly fetched: string[];
} {
  const fetched: string[] = [];
  const listOf = (gateway: Gateway): readonly ModelDescription[] =>
    (lists[gateway.id] ?? []).map((id) => ({ id }));
  return {
    fetched,
    gateways: {
      ready: () =>
        Promise.resolve(
          [one, other].map((gateway) => ({ ...gateway, preset: undefined, configured: true, hidden: false })),
        ),
    },
    catalogue: {
      // What is in the settings is known without any list.
      remembered: (gateway) => (gateway.id in lists ? listOf(gateway) : [{ id: 'gpt-4o' }]),
      hasList: (gateway) => gateway.id in lists,
      describe: (_, id) => ({ id }),
      fetch: (gateway) => {
        fetched.push(gateway.id);
        return Promise.resolve({ models: [{ id: 'text-embedding-3-small' }] });
      },
    },
    currentGateway: () => 'other',
  };
}

describe('the embedding models', () => {
  it('that are known are offered without a request to any gateway', async () => {
    const ports = portsWith({ one: ['gpt-4o', 'bge-m3'], other: ['text-embedding-3-large'] });
    const { models, isComplete } = await rememberedEmbeddingModels(ports);
    deepStrictEqual(
      models.map(({ model }) => model.id),
      ['text-embedding-3-large', 'bge-m3'],
    );
    strictEqual(isComplete, true);
    deepStrictEqual(ports.fetched, []);
  });

  it('are not all known while the list of a gateway was never read', async () => {
    const ports = portsWith({ one: ['gpt-4o'] });
    deepStrictEqual(await rememberedEmbeddingModels(ports), { models: [], isComplete: false });
    deepStrictEqual(ports.fetched, []);
    strictEqual((await listEmbeddingModels(ports)).length, 2);
    deepStrictEqual(ports.fetched.toSorted(), ['one', 'other']);
  });
});
