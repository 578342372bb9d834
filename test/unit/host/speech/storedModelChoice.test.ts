import { deepStrictEqual } from 'node:assert/strict';
import * as v from 'valibot';
import type { KnownGateway } from '../../../../src/host/gateways/gatewayRegistry';
import { StoredModelChoice } from '../../../../src/host/speech/storedModelChoice';

const schema = v.object({ gatewayId: v.string(), modelId: v.string(), voice: v.nullable(v.string()) });
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const chosen = { gatewayId: 'lab', modelId: 'tts-1', voice: 'nova' };

describe('StoredModelChoice', () => {
  let stored: Map<string, unknown>;
  let readyIds: readonly string[];
  const open = (): StoredModelChoice<typeof chosen> => {
    const memory = {
      get: (key: string) => stored.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
    };
    const ready = (): Promise<KnownGateway[]> =>
      Promise.resolve(readyIds.map((id) => ({ id }) as KnownGateway));
    return new StoredModelChoice(
      { gateways: { ready }, memory, log },
      { key: 'choice', name: 'the choice', schema: schema as v.GenericSchema<unknown, typeof chosen> },
    );
  };

  beforeEach(() => {
    stored = new Map();
    readyIds = ['lab'];
  });

  it('is known in the next window', async () => {
    deepStrictEqual(await open().current(), undefined);
    open().keep(chosen);
    deepStrictEqual(await open().current(), chosen);
  });

  it('is not current while its gateway is not ready, and is not forgotten', async () => {
    open().keep(chosen);
    readyIds = ['other'];
    deepStrictEqual(await open().current(), undefined);
    deepStrictEqual(open().last(), chosen);
    readyIds = ['other', 'lab'];
    deepStrictEqual(await open().current(), chosen);
  });

  it('is absent if the stored value has another shape', async () => {
    stored.set('choice', { gatewayId: 'lab' });
    deepStrictEqual(await open().current(), undefined);
  });
});
