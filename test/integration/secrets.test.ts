import assert from 'node:assert/strict';
import { originOf } from '../../src/core/models/gateway';
import { parley, setSetting, until } from './parley';

const baseUrl = 'https://keys.example.test/v1';
const elsewhere = 'https://elsewhere.example.test/v1';
const canary = 'sk-canary-0123456789';

describe('SecretKeyStore', () => {
  before(async () => {
    await setSetting('gateways', [{ id: 'keyed', baseUrl }]);
  });

  after(async () => {
    await setSetting('gateways', undefined);
  });

  it('stores, replaces and deletes a key of a gateway and its origin', async () => {
    const { keys, gateways } = await parley();
    const gateway = gateways.find('keyed');
    assert.ok(gateway);
    assert.equal(await keys.store(gateway, canary), true);
    assert.equal(await keys.read('keyed', 'https://keys.example.test'), canary);
    assert.equal(await keys.store(gateway, `${canary}-2`), true);
    assert.equal(await keys.read('keyed', 'https://keys.example.test'), `${canary}-2`);
    await keys.remove({ gatewayId: gateway.id, origin: originOf(gateway.baseUrl) ?? '' });
    assert.equal(await keys.read('keyed', 'https://keys.example.test'), undefined);
  });

  it('does not use the key for another origin when the base URL changes', async () => {
    const { keys, gateways } = await parley();
    const gateway = gateways.find('keyed');
    assert.ok(gateway);
    await keys.store(gateway, canary);
    await setSetting('gateways', [{ id: 'keyed', baseUrl: elsewhere }]);
    await until(() => gateways.find('keyed')?.baseUrl === elsewhere);
    const moved = gateways.find('keyed');
    assert.ok(moved);
    assert.deepEqual([...(await keys.having([moved]))], []);
    assert.equal(await keys.read('keyed', 'https://elsewhere.example.test'), undefined);
    // The key is still listed and can be removed.
    const left = { gatewayId: 'keyed', origin: 'https://keys.example.test' };
    assert.deepEqual(await keys.stored(), [left]);
    await keys.remove(left);
    assert.deepEqual(await keys.stored(), []);
  });

  it('makes a preset ready when its key is stored, and not ready when the key is deleted', async () => {
    const { keys, gateways } = await parley();
    const preset = gateways.find('apimart');
    assert.ok(preset);
    const isReady = async (): Promise<boolean> => (await gateways.ready()).some(({ id }) => id === 'apimart');
    assert.equal(await isReady(), false);
    await keys.store(preset, canary);
    await until(isReady);
    await keys.remove({ gatewayId: preset.id, origin: originOf(preset.baseUrl) ?? '' });
    await until(async () => !(await isReady()));
  });
});
