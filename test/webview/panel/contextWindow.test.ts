import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { root } from '../../support/startVSCode';
import {
  answerPlan,
  openContextWindow,
  planned,
  recordedConversation,
  recordedState,
  showRecorded,
} from './contextSample';
import type { PanelPageOptions } from './panelPage';
import { type PanelPage, readyState } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

describe('context window', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  const open = async (options: PanelPageOptions = {}): Promise<void> => {
    panel = await panels.open(options);
  };

  const popover = (): Locator => panel.page.getByRole('dialog', { name: 'Context Window' });
  const table = (name: string): Locator => popover().getByRole('table', { name, exact: true });
  const rowsOf = async (name: string): Promise<string[]> => {
    const rows = await table(name).getByRole('row').all();
    return await Promise.all(
      rows.slice(1).map(async (row) => {
        const [label, value] = [row.getByRole('rowheader'), row.getByRole('cell')];
        return `${(await label.innerText()).replaceAll(/\s+/g, ' ').trim()} = ${await value.innerText()}`;
      }),
    );
  };
  const isFocused = async (locator: Locator): Promise<boolean> =>
    await locator.evaluate((element) => element === document.activeElement);

  it('says what the next prompt consists of, each part with its tokens, and what is not sent', async () => {
    await open();
    await showRecorded(panel);
    await openContextWindow(panel);
    ok(await popover().getByText('Next Prompt to GPT-5 mini').isVisible());
    deepStrictEqual(await rowsOf('Next Prompt'), [
      'Instructions , From the setting parley.instructions = 12',
      'docs/AGENTS.md , Instruction file. The end was left out. = 300',
      'System Text , From the parameters of this chat = 40',
      'Summary , Sent instead of the oldest messages = 48',
      'Earlier prompts (2) = 160',
      'Earlier attachments (1) = 600',
      'Earlier answers (2) = 100',
      'huge.ts 5,700–6,300 of 12,000 , The end was left out. = 18,400',
      'sketch.png = 800',
      'Your message = 20',
      'Message format , Added to each message = 20',
      'Oldest messages (4) = Not sent',
      'Reasoning of earlier answers (1) = Not sent',
      'Total , 16% of 128k tokens = 20,500',
      'Reserved for the answer = 4,096',
    ]);
  });

  it('says what the last prompt consisted of, and what the gateway counted', async () => {
    await open();
    await showRecorded(panel);
    await openContextWindow(panel);
    deepStrictEqual(await rowsOf('Last Prompt'), [
      'Instructions , From the setting parley.instructions = 12',
      'docs/AGENTS.md , Instruction file. The end was left out. = 300',
      'add.ts 12–30 of 80 = 600',
      'Your message = 80',
      'Message format , Added to each message = 8',
      'Total , 1% of 128k tokens = 1,000',
      'Reserved for the answer = 4,096',
    ]);
    ok(await popover().getByText('The gateway counted 1,024 tokens, 640 of them cached.').isVisible());
    await panel.happen({ kind: 'request-adapted', id: 'a1', part: 'prompt 512/1000', at: 0 });
    await popover().getByText('The gateway read only 512 of about 1,000 tokens of the prompt.').waitFor();
  });

  it('counts the requests that Parley makes by itself', async () => {
    await open();
    await showRecorded(panel);
    await openContextWindow(panel);
    const name = 'Requests by Parley in This Chat';
    const row = table(name).getByRole('row').last();
    match(await row.innerText(), /Chat titles \(1\)[^]*↑ 1,100 ↓ 6/);
    match((await row.textContent()) ?? '', /Prompt: 1,100 tokens\nAnswer: 6 tokens/);
    const usage = { promptTokens: 5_000, completionTokens: 300, estimated: true };
    await panel.happen({ kind: 'background-requested', request: { purpose: 'summary', usage }, at: 0 });
    await table(name).getByText('Summaries (1)').waitFor();
    match(await table(name).getByRole('row').last().innerText(), /≈ ↑ 5,000 ↓ 300/);
  });

  it('says what the chat has cost, by currency, with the requests that Parley makes by itself', async () => {
    await open();
    await showRecorded(panel);
    await openContextWindow(panel);
    deepStrictEqual(await rowsOf('Cost of This Chat'), [
      'Answers (1) = $0.0021',
      'Requests by Parley (1) = Unknown',
    ]);
    const cost = { amount: 0.1 + 0.2, currency: 'USD', source: 'reported' } as const;
    await panel.happen(begun('a2', 'q1'));
    await panel.happen({ ...ended('a2'), usage: { promptTokens: 10, completionTokens: 5, cost } });
    const listed = {
      amount: 0.0004,
      currency: 'USD',
      source: 'listed',
      doubts: ['cache' as const],
      saved: 0.001,
    };
    await panel.happen({
      kind: 'background-requested',
      request: { purpose: 'title', usage: { promptTokens: 9, cost: { ...listed, source: 'listed' } } },
      at: 0,
    });
    await table('Cost of This Chat').waitFor();
    deepStrictEqual(await rowsOf('Cost of This Chat'), [
      'Answers (2) = $0.302',
      'Requests by Parley (2) = ≈ $0.0004',
      'Total = ≈ $0.303',
    ]);
    for (const note of [
      'The cost of 1 request is unknown and not included.',
      'Cached tokens saved $0.0022.',
      "Reported by the gateway. Calculated from the gateway's listed prices.",
    ])
      ok(await popover().getByText(note, { exact: true }).isVisible(), note);
    const yuan = { amount: 1.5, currency: 'CNY', source: 'settings' } as const;
    await panel.happen(begun('a3', 'q1'));
    await panel.happen({ ...ended('a3'), usage: { promptTokens: 10, completionTokens: 5, cost: yuan } });
    await table('Cost of This Chat').getByText('Answers (3)').waitFor();
    equal((await rowsOf('Cost of This Chat')).at(-1), 'Total = ≈ $0.303 + ¥1.50');
  });

  it('opens with the keyboard, and Escape closes it without stopping the answer', async () => {
    await open();
    await panel.show(
      conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Well')),
      recordedState,
    );
    await panel.composer.focus();
    const opener = panel.button('Show Context Window');
    for (let stop = 0; stop < 8 && !(await isFocused(opener)); stop += 1)
      await panel.page.keyboard.press('Tab');
    ok(await isFocused(opener), 'reached with Tab');
    equal(await opener.getAttribute('aria-expanded'), 'false');
    await panel.page.keyboard.press('Enter');
    await popover().waitFor();
    ok(await isFocused(popover()), 'the focus is in the popover');
    equal(await opener.getAttribute('aria-expanded'), 'true');
    await answerPlan(panel);
    await table('Next Prompt').waitFor();
    await panel.page.keyboard.press('End');
    await panel.page.keyboard.press('Tab');
    ok(await isFocused(popover().getByRole('button', { name: 'Close' })));
    await panel.page.keyboard.press('Escape');
    await popover().waitFor({ state: 'detached' });
    ok(await isFocused(opener), 'the focus is back');
    deepStrictEqual(await panel.intents('stop'), []);
  });

  it('closes with its button, with Close, with a click beside it, and when the focus goes on', async () => {
    await open();
    await showRecorded(panel);
    const opener = panel.button('Show Context Window');
    await opener.click();
    await popover().waitFor();
    await opener.click();
    await popover().waitFor({ state: 'detached' });
    await opener.click();
    await popover().getByRole('button', { name: 'Close' }).click();
    await popover().waitFor({ state: 'detached' });
    ok(await isFocused(opener));
    await opener.click();
    await popover().waitFor();
    await panel.page.mouse.click(5, 5);
    await popover().waitFor({ state: 'detached' });
    await opener.press('Enter');
    await popover().waitFor();
    await panel.page.keyboard.press('Shift+Tab');
    ok(await isFocused(opener));
    await panel.page.keyboard.press('Escape');
    await popover().waitFor({ state: 'detached' });
    await opener.press('Enter');
    await popover().waitFor();
    await panel.page.keyboard.press('Tab');
    await panel.page.keyboard.press('Tab');
    await popover().waitFor({ state: 'detached' });
    ok(await isFocused(panel.button('Send')), 'the focus is where Tab moved it');
  });

  it('asks for the plan only while it is open, and again when the attachments change', async () => {
    await open();
    await showRecorded(panel);
    await panel.composer.pressSequentially('Why is that?');
    deepStrictEqual(await panel.intents('plan-prompt'), []);
    await openContextWindow(panel);
    const [first, ...others] = await panel.intents('plan-prompt');
    deepStrictEqual([first?.text, others], ['Why is that?', []]);
    await panel.send('state', { ...recordedState, attachments: recordedState.attachments.slice(0, 1) });
    await panel.page.waitForFunction(
      () => window.intents.filter(({ type }) => type === 'plan-prompt').length === 2,
    );
    const omitted: typeof planned.omitted = [];
    await answerPlan(panel, {
      ...planned,
      parts: [
        { kind: 'text', tokens: 20 },
        { kind: 'format', tokens: 4 },
      ],
      omitted,
    });
    await table('Next Prompt').getByText('sketch.png').waitFor({ state: 'detached' });
    deepStrictEqual((await rowsOf('Next Prompt')).slice(0, 3), [
      'Your message = 20',
      'Message format , Added to each message = 4',
      'Total , 0% of 128k tokens = 24',
    ]);
    await panel.page.keyboard.press('Escape');
    await popover().waitFor({ state: 'detached' });
    await panel.send('state', recordedState);
    equal((await panel.intents('plan-prompt')).length, 2);
  });

  it('can be reached and read at 240 pixels, also when the window is unknown', async () => {
    await open({ width: 240, height: 500 });
    await panel.show(recordedConversation('c1'), {
      ...recordedState,
      context: { used: 20_480, reserved: 0, window: null, dropped: 0 },
    });
    await openContextWindow(panel);
    await table('Next Prompt').waitFor();
    await panel.page.keyboard.press('Escape');
    await popover().waitFor({ state: 'detached' });
    await panel.send('state', recordedState);
    const button = await panel.button('Show Context Window').boundingBox();
    ok(button !== null && button.width >= 24 && button.height >= 22, JSON.stringify(button));
    await panel.button('Show Context Window').click();
    const box = await popover().boundingBox();
    ok(box !== null && box.x >= 0 && box.x + box.width <= 240 && box.y >= 0, JSON.stringify(box));
    const overflow = await popover().evaluate((element) => element.scrollWidth - element.clientWidth);
    equal(overflow, 0);
    ok(await popover().getByText('huge.ts 5,700–6,300 of 12,000').isVisible());
  });

  it('shows only the last prompt and the requests while there is no model', async () => {
    await open();
    await showRecorded(panel);
    await panel.button('Show Context Window').click();
    const { request } = await panel.intent('plan-prompt');
    await panel.send('prompt-planned', { request, plan: null });
    await table('Last Prompt').waitFor();
    equal(await table('Next Prompt').count(), 0);
  });

  it('reads an older chat, whose prompts were not recorded', async () => {
    await open();
    await panel.show(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), ended('a1')), {
      ...readyState,
      context: recordedState.context,
    });
    await openContextWindow(panel);
    await table('Next Prompt').waitFor();
    equal(await table('Last Prompt').count(), 0);
  });

  it('is in Chinese, with no English words left', async () => {
    const text = await readFile(join(root, 'l10n/bundle.l10n.zh-cn.json'), 'utf8');
    const bundle = JSON.parse(text) as Record<string, string>;
    await open({ language: 'zh-cn', bundle });
    await showRecorded(panel);
    await openContextWindow(panel, bundle['Show Context Window']);
    const dialog = panel.page.getByRole('dialog', { name: bundle['Context Window'] ?? '' });
    await dialog.getByRole('table', { name: bundle['Next Prompt'] ?? '' }).waitFor();
    const words = (await dialog.innerText())
      .replaceAll(
        /tokens?|docs\/AGENTS\.md|parley\.instructions|GPT-5 mini|\w+\.ts [\d–,]+ of [\d,]+|add\.ts|sketch\.png|Parley/gi,
        '',
      )
      .match(/[A-Za-z]{2,}/g);
    deepStrictEqual(words, null);
  });
});

describe('chips of attachments', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
  });

  it('have units, and a picture has a thumbnail that is loaded once', async () => {
    await panel.show(recordedConversation('c1'), recordedState);
    const list = panel.page.getByRole('list', { name: 'Context', exact: true });
    match(await list.innerText(), /huge\.ts 5,700–6,300 of 12,000\s*18\.4k tokens/);
    deepStrictEqual(await panel.intents('load-thumbnail'), [{ id: 'p' }]);
    equal(await list.locator('img').count(), 0);
    await panel.send('thumbnail-loaded', { id: 'p', url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' });
    await list.locator('img').waitFor();
    await panel.send('state', { ...recordedState, attachments: recordedState.attachments.slice(2) });
    await list.getByText('huge.ts').waitFor({ state: 'detached' });
    equal(await list.locator('img').count(), 1);
    equal((await panel.intents('load-thumbnail')).length, 1);
  });

  it('have the same words in the message after it is sent', async () => {
    await panel.show(recordedConversation('c1'), recordedState);
    const chip = panel.article('You').getByRole('button', { name: 'add.ts 12–30 of 80', exact: true });
    equal(await chip.getAttribute('title'), 'src/add.ts, lines 12 to 30');
  });
});
