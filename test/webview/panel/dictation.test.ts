import { deepEqual, equal } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ToHost } from '../../../src/shared/messages/toHost';
import type { ToView } from '../../../src/shared/messages/toView';
import type { PanelPage } from './panelPage';
import { AnswerPanel } from './answerPanel';

/** The microphone in the composer. The host is the test. */
describe('Dictate', () => {
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let button: Locator;
  let field: Locator;

  beforeEach(async () => {
    ({ panel } = await answers.show('It rains today.'));
    button = panel.page.getByRole('button', { name: 'Dictate' });
    field = panel.page.getByRole('textbox', { name: 'Message' });
    await asked('offer');
  });

  /** Waits until the panel has asked the host for an action. */
  async function asked(action: ToHost['dictate']['action']): Promise<void> {
    await panel.page.waitForFunction(
      (wanted) =>
        window.intents.some(
          ({ type, body }) => type === 'dictate' && (body as { action: string }).action === wanted,
        ),
      action,
    );
  }
  const say = (message: ToView['dictation']): Promise<void> => panel.send('dictation', message);
  const ready: ToView['dictation'] = { phase: 'ready', model: 'whisper-1 · Demo' };

  it('is offered only where the host can record', async () => {
    equal(await button.count(), 0);
    await say(ready);
    await button.waitFor();
    equal(await button.getAttribute('title'), 'Dictate with whisper-1 · Demo');
    await say({ phase: 'none' });
    await button.waitFor({ state: 'detached' });
  });

  it('records after a press, shows the time, and transcribes after the next press', async () => {
    await say(ready);
    await button.click();
    await asked('start');
    await say({ phase: 'recording', seconds: 65, level: 0.4 });
    await panel.page.getByText('1:05').waitFor();
    equal(await button.getAttribute('aria-pressed'), 'true');
    await panel.page.getByRole('status').filter({ hasText: 'Recording' }).waitFor({ state: 'attached' });
    await button.press('Enter');
    await asked('stop');
    await say({ phase: 'transcribing' });
    await panel.page.getByRole('button', { name: 'Cancel Transcription' }).click();
    await asked('cancel');
  });

  it('inserts what was said at the cursor, with a space where words would touch, and sends nothing', async () => {
    await field.fill('Please end');
    await field.evaluate((element: HTMLTextAreaElement) => {
      element.setSelectionRange(6, 6);
    });
    await say({ ...ready, text: 'do it now' });
    await panel.page.waitForFunction(
      () => document.querySelector('textarea')?.value === 'Please do it now end',
    );
    await field.press('Control+Z');
    await panel.page.waitForFunction(() => document.querySelector('textarea')?.value === 'Please end');
    deepEqual(await panel.intents('submit'), []);
  });

  it('discards the recording when Escape is pressed anywhere in the panel', async () => {
    await say({ phase: 'recording', seconds: 1, level: null });
    await button.waitFor();
    await field.focus();
    await panel.page.keyboard.press('Escape');
    await asked('cancel');
    await say(ready);
    await panel.page.locator('.dictation-on').waitFor({ state: 'detached' });
    equal(await field.inputValue(), '');
  });
});
