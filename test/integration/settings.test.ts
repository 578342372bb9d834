import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parley, setSetting, until } from './parley';

describe('settings', () => {
  afterEach(async () => {
    await setSetting('gateways', undefined);
  });

  it('adds a gateway with a normalised base URL without a reload', async () => {
    const { gateways } = await parley();
    await setSetting('gateways', [
      {
        id: 'mine',
        name: 'Mine',
        baseUrl: ' https://api.example.test/v1/chat/completions ',
        auth: 'none',
        cumulativeDeltas: true,
        models: ['a', { id: 'b', name: 'Bee', prices: { input: 2, output: 8, currency: 'CNY' } }],
      },
    ]);
    await until(() => gateways.find('mine') !== undefined);
    const gateway = gateways.find('mine');
    assert.equal(gateway?.baseUrl, 'https://api.example.test/v1');
    assert.equal(gateway.cumulativeDeltas, true);
    assert.deepEqual(gateway.models, [
      { id: 'a' },
      { id: 'b', name: 'Bee', prices: { input: 2, output: 8, currency: 'CNY' } },
    ]);
  });

  it('leaves out a malformed gateway and keeps the others', async () => {
    const { gateways } = await parley();
    await setSetting('gateways', [
      { id: 'Has Spaces', baseUrl: 'https://a.example.test' },
      7,
      { id: 'good', baseUrl: 'https://b.example.test/v1' },
    ]);
    await until(() => gateways.find('good') !== undefined);
    assert.equal(gateways.all().filter(({ configured }) => configured).length, 1);
  });

  it('does not let a workspace set where prompts are sent', async () => {
    const configuration = vscode.workspace.getConfiguration('parley');
    for (const name of ['gateways', 'defaultModel', 'instructions', 'parameters', 'timeouts']) {
      await assert.rejects(
        async () => {
          await configuration.update(name, undefined, vscode.ConfigurationTarget.Workspace);
        },
        /can be written only into User settings|Workspace Settings/i,
        name,
      );
    }
  });

  it('overrides a preset with the same id and keeps its list of models', async () => {
    const { gateways } = await parley();
    const before = gateways.find('apipod');
    await setSetting('gateways', [{ id: 'apipod', baseUrl: 'https://mirror.example.test/v1' }]);
    await until(() => gateways.find('apipod')?.baseUrl === 'https://mirror.example.test/v1');
    assert.equal(gateways.find('apipod')?.name, before?.name);
    assert.deepEqual(gateways.find('apipod')?.models, before?.models);
  });
});
