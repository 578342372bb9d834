import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ChatWindow } from '../support/chatWindow';
import { screenshot } from '../support/screenshot';
import { quickInput, quickPickRows } from '../support/workbench';

/** Items of Should about prompts and answers; those about what goes along are in shouldAttach.test.ts. */
describe('should', () => {
  let chat: ChatWindow;
  let page: Page;
  let workspace: string;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    chat = await ChatWindow.open(workspace);
    page = chat.page;
  });

  after(async () => {
    await chat.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await chat.newChat();
  });

  it('should 21: Up and Down recall earlier prompts from the first and last line, and give the draft back', async () => {
    const { composer } = chat;
    await chat.askAndWait('The first prompt');
    await chat.askAndWait('The second prompt');
    await composer.fill('Half a\nthought');
    await page.keyboard.press('ArrowUp');
    assert.equal(await composer.inputValue(), 'Half a\nthought', 'from the last line Up goes to the first');
    await page.keyboard.press('ArrowUp');
    assert.equal(await composer.inputValue(), 'The second prompt');
    await page.keyboard.press('ArrowUp');
    assert.equal(await composer.inputValue(), 'The first prompt');
    await page.keyboard.press('ArrowDown');
    assert.equal(await composer.inputValue(), 'The second prompt');
    await page.keyboard.press('ArrowDown');
    assert.equal(await composer.inputValue(), 'Half a\nthought');
  });

  it('should 31: a prompt sent while an answer streams waits for its end', async () => {
    const { behaviour } = chat.gateway;
    Object.assign(behaviour, { pieces: Array.from({ length: 30 }, (_, n) => `Part ${n}. `), pause: 100 });
    await chat.ask('The first');
    await chat.answer().getByText('Part 1.').waitFor();
    behaviour.pieces = ['Second answer.'];
    await chat.ask('The second');
    const waiting = chat.view.getByRole('list', { name: 'Waiting Prompts' });
    await waiting.getByText('The second').waitFor();
    await screenshot(page, 'waiting-prompts');
    await chat.answer().getByText('Second answer.').waitFor();
    await waiting.waitFor({ state: 'detached' });
    const contents = chat.gateway.lastRequest.body.messages.map(({ content }) => content);
    assert.equal(contents.at(-1), 'The second');
    assert.match(contents.at(-2) ?? '', /Part 29/, 'the first answer was not cut short');
  });

  it('should 31: Ctrl+Enter stops the answer and sends', async () => {
    const { gateway } = chat;
    gateway.behaviour.hangs = true;
    await chat.ask('The first');
    await chat.answer().getByText('Hello there.').waitFor();
    Object.assign(gateway.behaviour, { hangs: false, pieces: ['Second answer.'] });
    await chat.composer.fill('The second');
    await page.keyboard.press('Control+Enter');
    await chat.answer().getByText('Second answer.').waitFor();
    assert.equal(gateway.lastRequest.body.messages.at(-1)?.content, 'The second');
    await chat.view.getByRole('article', { name: 'gpt-4o' }).first().getByText('Stopped').waitFor();
    assert.equal(await chat.view.getByRole('list', { name: 'Waiting Prompts' }).count(), 0);
  });

  it("should 32: a meter shows the tokens used of the model's window", async () => {
    const meter = chat.view.getByRole('meter', { name: 'Context' });
    await chat.askAndWait('Short');
    assert.equal(await meter.getAttribute('aria-valuemax'), '10000');
    const used = async (): Promise<number> => Number(await meter.getAttribute('aria-valuenow'));
    const before = await used();
    await chat.askAndWait('many words '.repeat(900));
    const after = await used();
    assert.ok(after > before + 1_000, `${before} → ${after}`);
    assert.match((await meter.getAttribute('aria-valuetext')) ?? '', /of 10,000 tokens/);
  });

  it('should 33: an answer is regenerated with another model', async () => {
    await chat.askAndWait('Say it');
    chat.gateway.behaviour.pieces = ['Said otherwise.'];
    await press(chat, 'Regenerate with Another Model');
    await quickPickRows(page).filter({ hasText: 'gpt-5' }).first().click();
    await chat.answer('gpt-5').getByText('Said otherwise.').waitFor();
    assert.equal(chat.gateway.lastRequest.body.model, 'gpt-5');
    await page.getByRole('button', { name: 'Parley model: gpt-4o' }).waitFor();
  });

  it('should 34: versions of an answer are gone through by ‹ and ›', async () => {
    await chat.askAndWait('Say it');
    for (const version of ['Second.', 'Third.']) {
      chat.gateway.behaviour.pieces = [version];
      await chat.answer().hover();
      await chat.answer().getByRole('button', { name: 'Regenerate', exact: true }).click();
      await chat.answer().getByText(version).waitFor();
      await chat.view.getByRole('button', { name: 'Send' }).waitFor();
    }
    await chat.answer().getByText('3 of 3').waitFor();
    await chat.answer().getByRole('button', { name: 'Previous Version' }).click();
    await chat.answer().getByText('2 of 3').waitFor();
    await chat.answer().getByText('Second.').waitFor();
    // The focus stays on the button: the next press goes on.
    await page.keyboard.press('Enter');
    await chat.answer().getByText('1 of 3').waitFor();
    await chat.answer().getByText('Hello there.').waitFor();
    await chat.answer().getByRole('button', { name: 'Next Version' }).click();
    await chat.answer().getByText('Second.').waitFor();
    await chat.askAndWait('Go on');
    assert.match(chat.lastAsked, /Second\./);
    assert.doesNotMatch(chat.lastAsked, /Third\./);
  });

  it('should 38: reasoning is folded, with its time', async () => {
    Object.assign(chat.gateway.behaviour, { reasoning: ['Let me ', 'see.'], pause: 600 });
    await chat.ask('Think');
    await chat.answer().getByText('Thinking…').waitFor();
    const fold = chat.answer().getByText(/^Thought for \d+ s$/);
    await fold.waitFor();
    assert.equal(await chat.answer().getByText('Let me see.').count(), 0);
    await fold.click();
    await chat.answer().getByText('Let me see.').waitFor();
    await screenshot(page, 'reasoning');
    await chat.status('Answer complete').waitFor({ state: 'attached' });
    await chat.askAndWait('And on');
    assert.doesNotMatch(chat.lastAsked, /Let me see/, 'what was thought is not sent again');
  });

  it('compare: two models answer side by side, one is picked, and the chat goes on with it', async () => {
    const { view, gateway } = chat;
    await view.getByRole('button', { name: 'Compare Models' }).click();
    await quickInput(page).waitFor();
    for (const name of ['gpt-4o', 'gpt-5']) {
      const box = quickPickRows(page).filter({ hasText: name }).getByRole('checkbox').first();
      if (!(await box.isChecked())) await box.click();
    }
    await screenshot(page, 'choose-comparison');
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await view.getByText(/^Comparing /).waitFor();
    const asked = gateway.requests.length;
    await chat.ask('Which is better?');
    const columns = view.getByRole('group', { name: 'Comparison of 2 answers' });
    await columns.getByRole('article', { name: 'gpt-5' }).getByText('Hello there.').waitFor();
    await columns.getByRole('article', { name: 'gpt-4o' }).getByText('Hello there.').waitFor();
    const models = gateway.requests.slice(asked).map(({ body }) => body.model);
    assert.deepEqual(models.toSorted(), ['gpt-4o', 'gpt-5']);
    await screenshot(page, 'comparison');
    await columns
      .getByRole('article', { name: 'gpt-5' })
      .getByRole('button', { name: 'Pick This Answer' })
      .click();
    await columns.waitFor({ state: 'detached' });
    await chat.answer('gpt-5').getByText('2 of 2').waitFor();
    assert.equal(await view.getByText(/^Comparing /).count(), 0, 'a comparison is for one prompt');
    await chat.ask('Go on');
    await view.getByRole('article').nth(3).getByText('Hello there.').waitFor();
    const roles = gateway.lastRequest.body.messages.map(({ role }) => role);
    assert.deepEqual(roles, ['user', 'assistant', 'user'], 'only the picked answer goes along');
  });

  it('compare: the models are checked by Space and confirmed by Enter', async () => {
    await chat.view.getByRole('button', { name: 'Compare Models' }).focus();
    await page.keyboard.press('Enter');
    await quickInput(page).waitFor();
    const other = quickPickRows(page).filter({ hasText: 'gpt-5' });
    // The model that was used last is the first row: whichever it is, the keys lead to this one.
    const focused = other.and(page.locator('.focused'));
    for (let row = 0; row < 4 && (await focused.count()) === 0; row += 1)
      await page.keyboard.press('ArrowDown');
    await focused.waitFor();
    // The models of the last comparison are checked already: those are unchecked first.
    const before = await other.getByRole('checkbox').first().isChecked();
    for (const checked of before ? [false, true] : [true]) {
      await page.keyboard.press('Space');
      await other.getByRole('checkbox', { checked }).first().waitFor();
    }
    await page.keyboard.press('Enter');
    await chat.view.getByText(/^Comparing /).waitFor();
    await quickInput(page).waitFor({ state: 'hidden' });
  });
});

describe('should, with titles from the model', () => {
  let chat: ChatWindow;
  let workspace: string;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'parley-workspace-'));
    chat = await ChatWindow.open(
      workspace,
      { 'parley.automaticTitles': true },
      { pieces: ['Sums in Short'] },
    );
  });

  after(async () => {
    await chat.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  it('should 35: a chat gets a title from its model after the first answer, and only then', async () => {
    const title = chat.view.getByRole('button', { name: 'Sums in Short' });
    await chat.ask('How do I add two numbers without a plus?');
    await title.waitFor();
    assert.equal(chat.gateway.requests.length, 2);
    await chat.askAndWait('And three?');
    assert.equal(chat.gateway.requests.length, 3);
    await chat.view.getByRole('button', { name: 'History' }).click();
    await chat.view.getByRole('searchbox').waitFor();
    await chat.view.getByText('Sums in Short').last().waitFor();
  });
});

/** Presses one of an answer's less used buttons, which a narrow panel keeps in a menu. */
async function press(chat: ChatWindow, name: string): Promise<void> {
  await chat.answer().hover();
  const button = chat.answer().getByRole('button', { name });
  if (await button.isVisible()) {
    await button.click();
    return;
  }
  await chat.answer().getByRole('button', { name: 'More Actions' }).click();
  await chat.view.getByRole('menuitem', { name }).click();
}
