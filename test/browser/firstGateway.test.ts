import { deepEqual, equal, ok } from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { ProfileServer } from '../support/serverProfiles/profileServer';
import { llamaCpp } from '../support/serverProfiles/llamaCpp';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { panel, quickInput } from '../support/workbench';

const key = 'sk-first-0123456789abcdef';

describe('the first gateway', () => {
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;
  let actions: string[];

  beforeEach(async () => {
    vscode = await startVSCode();
    page = await vscode.page();
    actions = [];
  });

  afterEach(async () => {
    await vscode.dispose();
  });

  /** Does what a person does, and counts it. */
  async function act(name: string, action: () => Promise<void>): Promise<void> {
    await action();
    actions.push(name);
  }

  async function openPanel(): Promise<void> {
    await act('icon', () => page.locator('.activitybar [aria-label^="Parley"]').first().click());
    view = await panel(page);
    await view.getByRole('list', { name: 'Gateways' }).waitFor();
  }

  function message(): Locator {
    return view.getByRole('textbox', { name: 'Message' });
  }

  it('takes three actions if a server runs on this computer, and answers the question that was asked before', async () => {
    const server = await ProfileServer.start(llamaCpp, {}, 30_000);
    try {
      await openPanel();
      const card = view
        .getByRole('list', { name: 'Running on this computer' })
        .getByRole('button', { name: /^SGLang/ });
      await card.waitFor();
      await act('question', async () => {
        await message().fill('Why is the sky blue?');
        await message().press('Enter');
      });
      await view.getByText('Your prompt is sent as soon as a gateway is ready.').waitFor();
      // The first card has the focus, so the keyboard goes on from there.
      await card.and(view.locator(':focus')).waitFor();
      await screenshot(page, 'first-local-server');
      ok(server.requests.every(({ method }) => method === 'GET'));
      await act('card', () => page.keyboard.press('Enter'));
      await view.getByText('Hello there.').waitFor();
      equal(await view.getByRole('article', { name: 'You' }).count(), 1);
      const asked = server.requests.filter(({ method }) => method === 'POST');
      equal(asked.filter(({ text }) => text.includes('Why is the sky blue?')).length, 1);
      ok(server.requests.every(({ headers }) => headers.authorization === undefined));
      deepEqual(actions, ['icon', 'question', 'card']);
    } finally {
      await server.stop();
    }
  });

  it('takes six actions for any base URL, from the icon to the first answer', async () => {
    const gateway = await TestGateway.start({ key });
    try {
      await openPanel();
      await act('card', () => view.getByRole('button', { name: /^Any Base URL…/ }).click());
      await act('paste', () => quickInput(page).fill(`${gateway.baseUrl} ${key}`));
      await act('Enter', () => page.keyboard.press('Enter'));
      await page.locator('.quick-input-widget:visible input[type="password"]').waitFor();
      equal(await quickInput(page).inputValue(), key);
      await act('Enter', () => page.keyboard.press('Enter'));
      await view
        .getByRole('status')
        .getByText(/is ready\. Model: /)
        .waitFor();
      await view.locator('textarea:focus').waitFor();
      await act('question', () => page.keyboard.type('Hello\n'));
      await view.getByText('Hello from the gateway.').waitFor();
      equal(gateway.lastRequest.headers.authorization, `Bearer ${key}`);
      equal(actions.length, 6);
    } finally {
      await gateway.stop();
    }
  });

  it('is ready after six actions if the address and the key are pasted one after the other', async () => {
    const gateway = await TestGateway.start({ key });
    try {
      await openPanel();
      await act('card', () => view.getByRole('button', { name: /^Any Base URL…/ }).click());
      await act('paste', () => quickInput(page).fill(gateway.baseUrl));
      await act('Enter', () => page.keyboard.press('Enter'));
      await page.locator('.quick-input-widget:visible input[type="password"]').waitFor();
      await act('paste', () => quickInput(page).fill(key));
      await act('Enter', () => page.keyboard.press('Enter'));
      await view
        .getByRole('status')
        .getByText(/is ready\. Model: /)
        .waitFor();
      equal(actions.length, 6);
    } finally {
      await gateway.stop();
    }
  });

  it('shows where the keys of a preset are, and VS Code asks before it opens the page', async () => {
    await openPanel();
    await view.getByRole('link', { name: 'Get a key from OpenAI' }).click();
    const question = page.getByRole('dialog').filter({ hasText: 'https://platform.openai.com/api-keys' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await view.getByRole('button', { name: /^OpenAI/ }).click();
    await page.getByRole('button', { name: 'Get a Key' }).waitFor();
    await screenshot(page, 'first-key');
  });
});
