import { equal, ok } from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { composerFocused, openParley, pressRowButton, quickInput, quickPickRows } from '../support/workbench';

/** As a large gateway lists them: 600 chat models, and some that are not for chat. */
const labModels = [
  'gpt-5',
  'gpt-5-mini',
  'claude-opus-4.5',
  'claude-opus-4.5-thinking',
  'text-embedding-3-small',
  ...Array.from({ length: 600 }, (_, index) => `maker-${index % 20}/chat-${index}`),
];
const homeModels = ['gpt-5', 'qwen3-coder', ...Array.from({ length: 400 }, (_, index) => `local-${index}`)];

describe('the list of models of two gateways', () => {
  let lab: TestGateway;
  let home: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;

  before(async () => {
    lab = await TestGateway.start({ pieces: ['Lab here.'], models: labModels });
    home = await TestGateway.start({ pieces: ['Home here.'], models: homeModels });
    const models = [
      {
        id: 'claude-opus-4.5-thinking',
        name: 'Claude Opus 4.5 (Thinking)',
        contextWindow: 200_000,
        vision: true,
        tools: true,
        reasoning: true,
        prices: { input: 5, output: 25 },
      },
    ];
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [
          { id: 'lab-1', name: 'Lab', baseUrl: lab.baseUrl, auth: 'none', models },
          { id: 'home', name: 'Zuhause', baseUrl: home.baseUrl, auth: 'none' },
        ],
        'parley.defaultModel': 'lab-1/gpt-5',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
    await composerFocused(page);
  });

  after(async () => {
    await vscode.dispose();
    await lab.stop();
    await home.stop();
  });

  beforeEach(async () => {
    if (await quickInput(page).isVisible()) await page.keyboard.press('Escape');
    await quickInput(page).waitFor({ state: 'hidden' });
  });

  const statusBar = (name: string | RegExp): Locator => page.getByRole('button', { name });
  const row = (name: RegExp): Locator => page.getByRole('listbox').getByRole('option', { name });
  const active = (name: RegExp): Locator => row(name).and(page.locator('.focused'));
  const rowButton = (name: string): Locator =>
    quickPickRows(page).and(page.locator('.focused')).getByRole('button', { name });

  /** Opens the list, and waits until the models of both gateways are fetched. */
  async function openList(): Promise<void> {
    await statusBar(/^Parley model: /).click();
    await listsFetched();
  }

  /** Waits until the list that is open has the search field focused and the models of both gateways. */
  async function listsFetched(): Promise<void> {
    await quickInput(page).and(page.locator(':focus')).waitFor();
    await page
      .locator('.quick-input-widget:visible .quick-input-progress.active')
      .waitFor({ state: 'hidden' });
  }

  /** Waits until the row of a model in a list with checkboxes is checked. */
  async function checked(name: string): Promise<void> {
    await quickPickRows(page)
      .filter({ hasText: name })
      .getByRole('checkbox', { checked: true })
      .first()
      .waitFor();
  }

  async function close(): Promise<void> {
    await page.keyboard.press('Escape');
    await quickInput(page).waitFor({ state: 'hidden' });
  }

  it('takes three actions to another model, whose words are in any order', async () => {
    let actions = 0;
    const act = async (action: Promise<void>): Promise<void> => {
      actions += 1;
      await action;
    };
    await act(statusBar(/^Parley model: gpt-5/).click());
    await quickInput(page).waitFor();
    await act(page.keyboard.type('think opus'));
    await active(/^Claude Opus 4\.5 \(Thinking\)/).waitFor();
    await screenshot(page, 'picker-words');
    await act(page.keyboard.press('Enter'));
    await statusBar(/^Parley model: Claude Opus 4\.5 \(Thinking\)/).waitFor();
    ok(actions <= 3, `${actions} actions`);
  });

  it('shows what is known of each model, and marks the current one', async () => {
    await openList();
    await active(
      /^check\s+Claude Opus 4\.5 \(Thinking\), Lab · 200K · pictures, tools, reasoning · \$5 in, \$25 out per 1M/,
    ).waitFor();
    await screenshot(page, 'picker-sections');
    await quickInput(page).fill('gpt-5');
    await row(/^gpt-5, Lab · 400K · pictures$/).waitFor();
    await row(/^gpt-5, Zuhause · 400K · pictures$/).waitFor();
  });

  it('takes the first match when Enter follows the text at once', async () => {
    await openList();
    await page.keyboard.insertText('zuhause gpt');
    await page.keyboard.press('Enter');
    await quickInput(page).waitFor({ state: 'hidden' });
    const composer = view.getByRole('textbox', { name: 'Message' });
    await composer.fill('Who is there?');
    await composer.press('Enter');
    await view.getByText('Home here.').waitFor();
    equal(home.lastRequest.body.model, 'gpt-5');
    await view.getByRole('heading', { name: 'gpt-5 · Zuhause', exact: true }).waitFor();
    await view.getByRole('button', { name: 'gpt-5 · Zuhause', exact: true }).waitFor();
    await statusBar('Parley model: gpt-5 · Zuhause').waitFor();
  });

  it('has favorites above all other models, by keyboard only', async () => {
    await openList();
    await page.keyboard.type('local-3');
    await active(/^local-3, /).waitFor();
    await pressRowButton(page, 'Add to Favorites');
    await rowButton('Remove from Favorites').waitFor({ state: 'attached' });
    await close();
    await openList();
    await row(/^local-3, Zuhause/)
      .filter({ hasText: 'Favorites' })
      .waitFor();
    equal(
      await quickPickRows(page)
        .first()
        .innerText()
        .then((text) => text.includes('local-3')),
      true,
    );
    await screenshot(page, 'picker-favorites');
  });

  it('hides models, counts them, and shows them on demand, by keyboard only', async () => {
    await openList();
    await page.keyboard.type('chat-59');
    await active(/^maker-19\/chat-59, /).waitFor();
    await pressRowButton(page, 'Hide Model');
    await active(/^maker-10\/chat-590, /).waitFor();
    await row(/Show 1 Hidden Model, 1 hidden by you/).waitFor();
    equal(await row(/^maker-19\/chat-59, /).count(), 0);
    await close();
    await openList();
    await page.keyboard.type('embedding');
    await active(/Show 1 Hidden Model, 1 not for chat/).waitFor();
    await page.keyboard.press('Enter');
    await active(/^text-embedding-3-small, /).waitFor();
    await screenshot(page, 'picker-hidden');
    await quickInput(page).fill('chat-59 lab');
    await active(/^maker-19\/chat-59, /).waitFor();
    await pressRowButton(page, 'Show Model');
    await rowButton('Hide Model').waitFor({ state: 'attached' });
  });

  it('takes a text that matches nothing as the id of a model', async () => {
    await openList();
    await page.keyboard.type('zzz-beta');
    await active(/Use “zzz-beta” as Model ID, Zuhause/).waitFor();
    await row(/Use “zzz-beta” as Model ID, Lab/).waitFor();
    await screenshot(page, 'picker-no-match');
    await page.keyboard.press('Enter');
    await statusBar(/^Parley model: zzz-beta/).waitFor();
    await openList();
    await active(/^check\s+zzz-beta, Zuhause/).waitFor();
  });

  it('starts at another model than the one that wrote the answer that is regenerated', async () => {
    const answer = view.getByRole('article', { name: 'gpt-5' }).last();
    await openList();
    await page.keyboard.type('zuhause gpt');
    await active(/gpt-5, Zuhause/).waitFor();
    await page.keyboard.press('Enter');
    await statusBar(/^Parley model: gpt-5/).waitFor();
    await answer.hover();
    const more = answer.getByRole('button', { name: 'More Actions' });
    if (await more.isVisible()) await more.click();
    await view
      .getByRole('menuitem', { name: 'Regenerate with Another Model' })
      .or(answer.getByRole('button', { name: 'Regenerate with Another Model' }))
      .click();
    await active(/^local-3, Zuhause/).waitFor();
    await row(/^check\s+gpt-5, Zuhause/).waitFor();
    await page.keyboard.press('Enter');
    await view.getByRole('article', { name: 'local-3' }).getByText('Home here.').waitFor();
  });

  it('keeps the checked models of a comparison while other models are searched', async () => {
    await view.getByRole('button', { name: 'Compare Models' }).click();
    await listsFetched();
    await quickPickRows(page).nth(4).waitFor();
    await page.keyboard.insertText('opus think');
    // The list shows the matches alone, and the checked models. A row that is checked before would be replaced.
    await quickPickRows(page).nth(4).waitFor({ state: 'detached' });
    const box = (name: string): Locator =>
      quickPickRows(page).filter({ hasText: name }).getByRole('checkbox').first();
    const opus = 'Claude Opus 4.5 (Thinking)';
    await box(opus).waitFor();
    const focused = quickPickRows(page).filter({ hasText: opus }).and(page.locator('.focused'));
    for (let press = 0; press < 4 && (await focused.count()) === 0; press += 1)
      await page.keyboard.press('ArrowDown');
    await focused.waitFor();
    await page.keyboard.press('Space');
    await checked(opus);
    await screenshot(page, 'picker-compare');
    await quickInput(page).fill('lab gpt mini');
    await box('gpt-5-mini').waitFor();
    await checked(opus);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await view.getByText(/^Comparing .*Claude Opus 4\.5 \(Thinking\)/).waitFor();
    await quickInput(page).waitFor({ state: 'hidden' });
  });
});
