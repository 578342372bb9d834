import { deepStrictEqual } from 'node:assert/strict';
import type { Gateway } from '../../../../src/core/models/gateway';
import { EndpointMemory } from '../../../../src/host/models/endpointMemory';

const gateway: Gateway = {
  id: 'lab',
  name: 'Lab',
  baseUrl: 'http://127.0.0.1:1/v1',
  auth: 'none',
  headers: {},
  models: [],
  extraBody: {},
};
const other: Gateway = { ...gateway, id: 'home' };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the endpoints that the last check of a gateway has not found', () => {
  let memory: EndpointMemory;
  const stored = new Map<string, unknown>();
  const open = (): EndpointMemory =>
    new EndpointMemory(
      { get: (key) => stored.get(key), update: (key, value) => Promise.resolve(void stored.set(key, value)) },
      log,
    );
  const kinds = (of = gateway): readonly string[] => [...open().kindsWithoutEndpoint(of)];

  beforeEach(() => {
    stored.clear();
    memory = open();
  });

  it('hide their kinds of models in each window, at that gateway only', () => {
    memory.remember(gateway, ['images', 'image-edits', 'videos', 'embeddings']);
    deepStrictEqual(kinds(), ['image', 'embedding']);
    deepStrictEqual(kinds(other), []);
  });

  it('are replaced by those of the next check', () => {
    memory.remember(gateway, ['images', 'embeddings']);
    memory.remember(other, ['speech']);
    memory.remember(gateway, ['embeddings']);
    deepStrictEqual(kinds(), ['embedding']);
    deepStrictEqual(kinds(other), ['speech']);
  });

  it('do not count after a change of the address', () => {
    memory.remember(gateway, ['images']);
    deepStrictEqual(kinds({ ...gateway, baseUrl: 'http://127.0.0.1:2/v1' }), []);
  });

  it('hide a kind no more once the user has asked for it, until a check misses its endpoint again', () => {
    memory.remember(gateway, ['images', 'videos', 'video-generations']);
    memory.forgetKind(gateway, 'video');
    deepStrictEqual(kinds(), ['image']);
    memory.forgetKind(gateway, 'image');
    deepStrictEqual(kinds(), []);
    memory.remember(gateway, ['images']);
    deepStrictEqual(kinds(), ['image']);
  });
});
