import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  rememberShownModel,
  shownModel,
  type ShownModel,
  type WritableMemories,
} from '../../../../src/host/models/shownModel';

const memory = (values: Readonly<Record<string, unknown>> = {}): WritableMemories['globalState'] => {
  const stored = new Map(Object.entries(values));
  return {
    get: (key) => stored.get(key),
    update: (key, value) => Promise.resolve(void stored.set(key, value)),
  };
};
const workspaceChoice = { gatewayId: 'local', modelId: 'qwen3' };
const lastChoice = { gatewayId: 'work', modelId: 'gpt-5' };
const gateways = ['local', 'work', 'deepseek'].map((id) => ({ id, baseUrl: 'http://127.0.0.1:1/v1' }));

function shown(
  memories: Partial<WritableMemories>,
  defaultModel: unknown = '',
  settings: unknown = gateways,
): ShownModel | undefined {
  const all = { workspaceState: memory(), globalState: memory(), ...memories };
  return shownModel(all, { defaultModel, gateways: settings });
}

describe('the model in the status bar at the start of a window', () => {
  it('is absent if no model is chosen', () => {
    assert.equal(shown({}), undefined);
  });

  it("follows the workspace's choice, then the setting, then the last choice anywhere", () => {
    const globalState = memory({ model: lastChoice });
    const workspaceState = memory({ model: workspaceChoice });
    assert.equal(shown({ workspaceState, globalState }, 'deepseek/deepseek-chat')?.name, 'qwen3');
    assert.equal(shown({ globalState }, 'deepseek/deepseek-chat')?.name, 'deepseek-chat');
    assert.equal(shown({ globalState })?.name, 'gpt-5');
  });

  it('has the names that the window before has shown', async () => {
    const memories = { workspaceState: memory({ model: workspaceChoice }), globalState: memory() };
    await rememberShownModel(memories, workspaceChoice, { name: 'Qwen 3' });
    assert.deepEqual(shown(memories), { name: 'Qwen 3' });
    await rememberShownModel(memories, workspaceChoice, { name: 'Qwen 3', gatewayName: 'Lab' });
    assert.deepEqual(shown(memories), { name: 'Qwen 3', gatewayName: 'Lab' });
  });

  it('is known in another workspace with the same model', async () => {
    const globalState = memory({ model: lastChoice });
    const memories = { workspaceState: memory(), globalState };
    await rememberShownModel(memories, lastChoice, { name: 'GPT-5' });
    assert.deepEqual(shown({ globalState }), { name: 'GPT-5' });
  });

  it('does not have the name of a model that was chosen before', async () => {
    const memories = { workspaceState: memory(), globalState: memory() };
    await rememberShownModel(memories, lastChoice, { name: 'GPT-5' });
    assert.equal(shown(memories, 'deepseek/deepseek-chat')?.name, 'deepseek-chat');
  });

  it('is not a model whose gateway was removed from the settings', async () => {
    const memories = {
      workspaceState: memory({ model: workspaceChoice }),
      globalState: memory({ model: lastChoice }),
    };
    await rememberShownModel(memories, workspaceChoice, { name: 'Qwen 3' });
    assert.equal(shown(memories, '', [{ id: 'work' }])?.name, 'gpt-5');
    for (const settings of [[], null, 'local', [7, null, { name: 'local' }]])
      assert.equal(shown(memories, '', settings), undefined, JSON.stringify(settings));
  });

  it('is a model of a built-in gateway, which needs no setting', () => {
    const workspaceState = memory({ model: { gatewayId: 'apimart', modelId: 'gpt-4o' } });
    assert.equal(shown({ workspaceState }, '', [])?.name, 'gpt-4o');
    const unset = memory({ model: { gatewayId: 'aitre', modelId: 'gpt-4o' } });
    assert.equal(shown({ workspaceState: unset }, '', []), undefined);
  });

  it('has the name that the gateway has in the settings now', async () => {
    const memories = { workspaceState: memory({ model: workspaceChoice }), globalState: memory() };
    await rememberShownModel(memories, workspaceChoice, { name: 'Qwen 3', gatewayName: 'Lab' });
    const renamed = [{ id: 'local', name: 'Home' }];
    assert.deepEqual(shown(memories, '', renamed), { name: 'Qwen 3', gatewayName: 'Home' });
  });

  it('reads what earlier versions have stored', () => {
    const stored = memory({ model: workspaceChoice, shownModel: { ...workspaceChoice, name: 'Qwen 3' } });
    assert.deepEqual(shown({ workspaceState: stored }), { name: 'Qwen 3' });
    const absent = memory({ model: workspaceChoice, shownModel: { ...workspaceChoice, name: null } });
    assert.deepEqual(shown({ workspaceState: absent }), { name: 'qwen3' });
  });

  it('is readable or absent whatever is stored', () => {
    const stored = fc.oneof(
      fc.anything(),
      fc.record({
        gatewayId: fc.constantFrom('local', 'apimart'),
        modelId: fc.string(),
        name: fc.anything(),
        gatewayName: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(stored, stored, fc.anything(), fc.anything(), (model, shownBefore, setting, settings) => {
        const values = memory({ model, shownModel: shownBefore });
        const found = shown({ workspaceState: values, globalState: values }, setting, settings);
        if (found === undefined) return;
        assert.equal(typeof found.name, 'string');
        assert.ok(found.gatewayName === undefined || typeof found.gatewayName === 'string');
      }),
    );
  });
});
