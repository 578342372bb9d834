import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { PresetItem } from '../../../src/shared/messages/toView';
import { type PanelPage, readyState } from './panelPage';
import { conversationOf } from './samples';
import { TestPanels } from './testPanels';

const reviewer: PresetItem = {
  id: 'p1',
  name: 'Reviewer',
  modelName: 'GPT-5 mini',
  available: true,
  hasCurrentModel: true,
  parameters: { temperature: 0.2, effort: 'high', systemText: 'You are a careful reviewer.' },
};
const poet: PresetItem = {
  ...reviewer,
  id: 'p2',
  name: 'Poet',
  modelName: 'Claude',
  available: false,
  hasCurrentModel: false,
  parameters: { temperature: 1.3 },
};

describe('parameters of a chat', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
    await panel.show(conversationOf('c1'));
  });

  const dialog = (): Locator => panel.page.getByRole('dialog', { name: 'Parameters of This Chat' });
  const temperature = (): Locator => dialog().getByRole('spinbutton', { name: 'Temperature' });
  const effort = (): Locator => dialog().getByRole('combobox', { name: 'Effort' });
  const systemText = (): Locator => dialog().getByRole('textbox', { name: 'System Text' });
  const inDialog = (name: string): Locator => dialog().getByRole('button', { name, exact: true });
  const presets = (): Locator => dialog().getByRole('list', { name: 'Presets' }).getByRole('listitem');
  const isFocused = async (element: Locator): Promise<boolean> =>
    await element.evaluate((node) => node === document.activeElement);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const openForm = async (): Promise<void> => {
    await panel.button('Parameters').focus();
    await press('Enter');
    await dialog().waitFor();
  };
  /** Waits for the next intent `set-parameters` and applies it as the host does. */
  const applied = async (count: number): Promise<unknown> => {
    await panel.page.waitForFunction(
      (wanted) => window.intents.filter(({ type }) => type === 'set-parameters').length >= wanted,
      count,
    );
    const last = (await panel.intents('set-parameters')).at(-1);
    if (last !== undefined)
      await panel.happen({ kind: 'parameters-changed', parameters: last.parameters, at: 0 });
    return last?.parameters;
  };

  it('has no thinking effort beside a model that does not reason', async () => {
    const choice = panel.page.getByRole('combobox', { name: 'Thinking Effort' });
    await choice.waitFor();
    const { model } = readyState;
    if (model === null) throw new Error('The state needs a model.');
    await panel.show(conversationOf('c1'), { ...readyState, model: { ...model, reasoning: false } });
    await choice.waitFor({ state: 'detached' });
  });

  it('shows the thinking effort of an answer, its form, and that the gateway refused it', async () => {
    const events = (...parts: readonly string[]): ConversationEvent[] => [
      {
        kind: 'message-added',
        id: 'a1',
        parent: 'q1',
        at: 2,
        content: {
          role: 'assistant',
          model: { gatewayId: 'g', modelId: 'm' },
          modelName: 'M',
          parameters: { effort: 'high' },
        },
      },
      ...parts.map((part) => ({ kind: 'request-adapted' as const, id: 'a1', part, at: 2 })),
      { kind: 'text-appended', id: 'a1', text: 'Hello', at: 3 },
      {
        kind: 'answer-ended',
        id: 'a1',
        ending: { outcome: 'completed', finishReason: 'stop' },
        usage: null,
        servedModel: null,
        at: 4,
      },
    ];
    const prompt: ConversationEvent = {
      kind: 'message-added',
      id: 'q1',
      parent: null,
      at: 1,
      content: { role: 'user', text: 'Hi', attachments: [] },
    };
    await panel.show(conversationOf('c1', prompt, ...events()));
    await panel.page.getByText('Effort: High', { exact: true }).waitFor();
    await panel.show(conversationOf('c1', prompt, ...events('reasoning_effort')));
    await panel.page.getByText('Effort: High (refused)', { exact: true }).waitFor();
    await panel.show(conversationOf('c1', prompt, ...events('effort sent {"enable_thinking":true}')));
    await panel.page.getByTitle('Sent as {"enable_thinking":true}').waitFor();
    await panel.page.getByText('Effort: High', { exact: true }).waitFor();
    equal(await panel.page.getByText('which the gateway refused').count(), 0);
  });

  it('sends the thinking effort that is chosen beside the model, and nothing before', async () => {
    const choice = panel.page.getByRole('combobox', { name: 'Thinking Effort' });
    equal(await choice.inputValue(), '');
    deepStrictEqual(await choice.locator('option').allTextContents(), [
      'Default',
      'Off',
      'Low',
      'Medium',
      'High',
    ]);
    deepStrictEqual(await panel.intents('set-parameters'), []);
    await choice.selectOption({ label: 'High' });
    deepStrictEqual(await panel.intent('set-parameters'), { parameters: { effort: 'high' } });
  });

  it('opens beside the model with the keyboard, and Escape gives the focus back', async () => {
    await openForm();
    ok(await isFocused(temperature()));
    equal(await panel.button('Parameters').getAttribute('aria-expanded'), 'true');
    await press('Escape');
    equal(await dialog().count(), 0);
    ok(await isFocused(panel.button('Parameters')));
    deepStrictEqual(await panel.intents('set-parameters'), [], 'nothing was changed');
  });

  it('says Default where nothing is sent, and what the settings send', async () => {
    await openForm();
    equal(await dialog().locator('.parameter-standard', { hasText: 'Default' }).count(), 3);
    equal(await temperature().inputValue(), '');
    equal(await effort().inputValue(), '');
    equal(await systemText().inputValue(), '');
    await panel.send('state', { ...readyState, settingParameters: { temperature: 0.7, effort: 'low' } });
    ok(await dialog().getByText('From Settings: 0.7').isVisible());
    ok(await dialog().getByText('From Settings: Low').isVisible());
  });

  it('sends each change, and resets each one', async () => {
    await openForm();
    await panel.page.keyboard.type('0.2');
    deepStrictEqual(await applied(1), { temperature: 0.2 });
    await effort().selectOption('High');
    deepStrictEqual(await applied(2), { temperature: 0.2, effort: 'high' });
    await systemText().focus();
    await panel.page.keyboard.type('Be brief.');
    deepStrictEqual(await applied(3), { temperature: 0.2, effort: 'high', systemText: 'Be brief.' });
    match((await panel.button('Parameters').getAttribute('title')) ?? '', /set for this chat/u);
    await inDialog('Reset Temperature').focus();
    await press('Enter');
    ok(await isFocused(temperature()), 'the focus moves to the field');
    await inDialog('Reset Effort').click();
    await inDialog('Reset System Text').click();
    // On a slow machine, some of the three are sent before the others.
    await panel.page.waitForFunction(() => {
      const last = window.intents.findLast(({ type }) => type === 'set-parameters');
      return JSON.stringify(last?.body) === '{"parameters":{}}';
    });
    deepStrictEqual(await applied(4), {});
    equal(await panel.button('Parameters').getAttribute('title'), 'Parameters');
  });

  it('sends what is typed when the form closes at once', async () => {
    await openForm();
    await systemText().focus();
    await panel.page.keyboard.type('Be brief.');
    await press('Escape');
    deepStrictEqual(await panel.intents('set-parameters'), [{ parameters: { systemText: 'Be brief.' } }]);
  });

  it('says what is wrong with a temperature, and does not send it', async () => {
    await openForm();
    await panel.page.keyboard.type('3');
    equal(await dialog().getByRole('alert').textContent(), 'Enter a number from 0 to 2.');
    await press('Backspace');
    await panel.page.keyboard.type('2');
    equal(await dialog().getByRole('alert').count(), 0);
    deepStrictEqual(await applied(1), { temperature: 2 });
    for (const { parameters } of await panel.intents('set-parameters'))
      ok((parameters.temperature ?? 0) <= 2);
  });

  it('closes when the user goes on elsewhere', async () => {
    await openForm();
    await panel.composer.click();
    equal(await dialog().count(), 0);
    ok(await isFocused(panel.composer));
    await panel.button('Parameters').click();
    await dialog().waitFor();
    await panel.button('Parameters').click();
    equal(await dialog().count(), 0);
  });

  it('shows the parameters of another chat when that is opened', async () => {
    await openForm();
    await panel.show(
      conversationOf('c2', { kind: 'parameters-changed', parameters: { temperature: 1.5 }, at: 0 }),
    );
    equal(await temperature().inputValue(), '1.5');
  });

  it('stores the current model and parameters as a preset', async () => {
    await openForm();
    await panel.page.keyboard.type('0.2');
    await inDialog('Save as Preset').focus();
    await press('Enter');
    const name = dialog().getByRole('textbox', { name: 'Preset Name' });
    ok(await isFocused(name));
    await press('Escape');
    ok(await isFocused(inDialog('Save as Preset')), 'Escape only ends naming');
    await press('Enter');
    await panel.page.keyboard.type('  Reviewer ');
    await press('Enter');
    deepStrictEqual(await panel.intents('save-preset'), [{ name: 'Reviewer' }]);
    deepStrictEqual(await panel.intents('set-parameters'), [{ parameters: { temperature: 0.2 } }]);
    const types = await panel.page.evaluate(() => window.intents.map(({ type }) => type));
    ok(types.indexOf('set-parameters') < types.indexOf('save-preset'), 'the last change is stored, too');
    await panel.settle();
    ok(await isFocused(inDialog('Save as Preset')));
  });

  it('refuses the name of another preset', async () => {
    await panel.send('state', { ...readyState, presets: [reviewer] });
    await openForm();
    await inDialog('Save as Preset').click();
    await panel.page.keyboard.type('reviewer');
    equal(await dialog().getByRole('alert').textContent(), 'Another preset has this name.');
    await press('Enter');
    deepStrictEqual(await panel.intents('save-preset'), []);
  });

  it('chooses a preset, marks the current one and continues in the composer', async () => {
    await panel.send('state', { ...readyState, presets: [poet, reviewer] });
    await panel.happen({ kind: 'parameters-changed', parameters: reviewer.parameters, at: 0 });
    await openForm();
    const current = dialog().locator('[aria-current=true]');
    match((await current.textContent()) ?? '', /^ReviewerGPT-5 mini · Temperature: 0\.2 · Effort: High/u);
    ok(await presets().first().getByText('Claude (not available)').isVisible());
    await presets().first().getByRole('button', { name: /^Poet/u }).focus();
    await press('Enter');
    deepStrictEqual(await panel.intents('choose-preset'), [{ id: 'p2' }]);
    equal(await dialog().count(), 0);
    ok(await isFocused(panel.composer));
  });

  it('renames and deletes a preset with the keyboard, and undoes the deletion', async () => {
    await panel.send('state', { ...readyState, presets: [poet, reviewer] });
    await openForm();
    await inDialog('Rename Poet').focus();
    await press('Enter');
    await panel.page.keyboard.type('Writer');
    await press('Enter');
    deepStrictEqual(await panel.intents('rename-preset'), [{ id: 'p2', name: 'Writer' }]);
    await panel.send('state', { ...readyState, presets: [reviewer, { ...poet, name: 'Writer' }] });
    await panel.settle();
    ok(await isFocused(inDialog('Rename Writer')));
    await inDialog('Delete Writer').focus();
    await press('Enter');
    await panel.send('state', { ...readyState, presets: [reviewer] });
    await panel.settle();
    deepStrictEqual(await panel.intents('delete-preset'), [{ id: 'p2' }]);
    ok(await isFocused(inDialog('Undo deleting Writer')));
    await press('Enter');
    deepStrictEqual(await panel.intents('restore-preset'), [{ id: 'p2' }]);
    await panel.send('state', { ...readyState, presets: [reviewer, { ...poet, name: 'Writer' }] });
    await panel.settle();
    equal(await presets().count(), 2);
    equal(await inDialog('Undo deleting Writer').count(), 0);
  });

  it('does not offer to store a preset without a model', async () => {
    await panel.send('state', { ...readyState, model: null });
    await openForm();
    ok(await inDialog('Save as Preset').isDisabled());
  });

  it('fits 240 pixels in Chinese', async () => {
    panel = await panels.open({
      width: 240,
      height: 500,
      language: 'zh-cn',
      bundle: { Parameters: '参数', 'Parameters of This Chat': '此对话的参数', 'Save as Preset': '存为预设' },
    });
    await panel.show(conversationOf('c1'), { ...readyState, presets: [poet, reviewer] });
    await panel.button('参数').click();
    const form = panel.page.getByRole('dialog', { name: '此对话的参数' });
    await form.waitFor();
    equal(await form.evaluate((element) => element.scrollWidth - element.clientWidth), 0);
    await form.getByRole('button', { name: '存为预设' }).scrollIntoViewIfNeeded();
    const box = await form.boundingBox();
    ok(box !== null && box.y >= 0 && box.x >= 0 && box.x + box.width <= 240);
  });
});
