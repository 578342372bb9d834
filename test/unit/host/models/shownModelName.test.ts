import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  rememberShownModelName,
  shownModelName,
  type NameMemories,
} from '../../../../src/host/models/shownModelName';

const memory = (values: Readonly<Record<string, unknown>> = {}): NameMemories['globalState'] => {
  const stored = new Map(Object.entries(values));
  return {
    get: (key) => stored.get(key),
    update: (key, value) => Promise.resolve(void stored.set(key, value)),
  };
};
const workspaceChoice = { gatewayId: 'local', modelId: 'qwen3' };
const lastChoice = { gatewayId: 'openai', modelId: 'gpt-5' };

describe("the model's name at the start of a window", () => {
  it('is none where no model is chosen', () => {
    assert.equal(shownModelName({ workspaceState: memory(), globalState: memory() }, ''), undefined);
  });

  it("follows the workspace's choice, then the setting, then the last choice anywhere", () => {
    const globalState = memory({ model: lastChoice });
    const workspaceState = memory({ model: workspaceChoice });
    assert.equal(shownModelName({ workspaceState, globalState }, 'deepseek/deepseek-chat'), 'qwen3');
    const elsewhere = { workspaceState: memory(), globalState };
    assert.equal(shownModelName(elsewhere, 'deepseek/deepseek-chat'), 'deepseek-chat');
    assert.equal(shownModelName(elsewhere, ''), 'gpt-5');
  });

  it('is the name that the window before has shown', async () => {
    const memories = { workspaceState: memory({ model: workspaceChoice }), globalState: memory() };
    await rememberShownModelName(memories, '', 'Qwen 3');
    assert.equal(shownModelName(memories, ''), 'Qwen 3');
  });

  it('is known in another workspace with the same model', async () => {
    const globalState = memory({ model: lastChoice });
    await rememberShownModelName({ workspaceState: memory(), globalState }, '', 'GPT-5');
    assert.equal(shownModelName({ workspaceState: memory(), globalState }, ''), 'GPT-5');
  });

  it('is not the name of a model that was chosen before', async () => {
    const memories = { workspaceState: memory(), globalState: memory() };
    await rememberShownModelName(memories, 'openai/gpt-5', 'GPT-5');
    assert.equal(shownModelName(memories, 'deepseek/deepseek-chat'), 'deepseek-chat');
  });

  it('is none again where the gateway of the chosen model was gone', async () => {
    const memories = { workspaceState: memory({ model: workspaceChoice }), globalState: memory() };
    await rememberShownModelName(memories, '', undefined);
    assert.equal(shownModelName(memories, ''), undefined);
    await rememberShownModelName(memories, '', 'Qwen 3');
    assert.equal(shownModelName(memories, ''), 'Qwen 3');
  });

  it('is a text or none, whatever is stored', () => {
    const stored = fc.oneof(
      fc.anything(),
      fc.record({ gatewayId: fc.string(), modelId: fc.string(), name: fc.anything() }),
    );
    fc.assert(
      fc.property(stored, stored, fc.anything(), (model, shownModel, setting) => {
        const values = memory({ model, shownModel });
        const name = shownModelName({ workspaceState: values, globalState: values }, setting);
        assert.ok(name === undefined || typeof name === 'string');
      }),
    );
  });
});
