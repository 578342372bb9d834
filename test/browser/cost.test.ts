import { equal, match } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { chooseRow, quickInput, runCommand } from '../support/workbench';

describe('cost and balance', () => {
  const window = withParley({
    settings: { 'parley.automaticTitles': false },
    behaviour: {
      usage: {
        prompt_tokens: 1_204,
        completion_tokens: 380,
        total_tokens: 1_584,
        prompt_tokens_details: { cached_tokens: 1_000 },
        cost: 0.0042,
      },
      pages: { '/api/account': { success: true, data: { name: 'Kim', quota: 6_170_000, requests: 12 } } },
    },
  });

  function row(name: RegExp): Locator {
    return window.page.getByRole('option', { name });
  }

  const choose = (text: string): Promise<void> => chooseRow(window.page, text);

  async function asked(title: string): Promise<void> {
    await window.page
      .locator('.quick-input-widget:visible .quick-input-title')
      .getByText(title, { exact: true })
      .waitFor();
  }

  it("keeps the user's own balance request only after it has worked, and shows the balance", async () => {
    const { page, gateway } = window;
    await runCommand(page, 'Parley: Manage Gateways');
    await asked('Manage Gateways');
    await choose('Loopback');
    await asked('Loopback');
    await choose('Set Balance Request');
    await asked('Balance Request of Loopback');
    await quickInput(page).fill('//evil.example/account');
    await page.keyboard.press('Enter');
    await page.getByText('Enter a path that starts with a slash, such as /api/user/self.').waitFor();
    await quickInput(page).fill('/api/account');
    await page.keyboard.press('Enter');
    await row(/^12, data\.requests/).waitFor();
    await choose('6,170,000');
    await page.getByText(/Divide it by what to get the balance/).waitFor();
    await quickInput(page).fill('500000');
    await page.keyboard.press('Enter');
    await page.getByText(/The currency of the balance/).waitFor();
    await quickInput(page).fill('usd');
    await page.keyboard.press('Enter');
    await asked('Loopback');
    await row(/Check Balance.*\$12\.34 left.*As of/).waitFor();
    await row(/Set Balance Request….*\/api\/account/).waitFor();
    await screenshot(page, 'own-balance');
    equal(new Set(gateway.pagesAsked).size, 1);
    await page.keyboard.press('Escape');
  });

  it('shows what each answer and the chat cost, also after a reload', async () => {
    await window.askAndWait('How much is this?');
    const answer = window.view.getByRole('article').last();
    await answer.getByText('$0.0042', { exact: true }).waitFor();
    await window.askAndWait('And this?');
    await window.page.reload();
    await window.composer.waitFor();
    await window.view.getByRole('button', { name: 'Show Context Window' }).click();
    const table = window.view.getByRole('table', { name: 'Cost of This Chat' });
    await table.waitFor();
    match(await table.innerText(), /Answers \(2\)\s+\$0\.0084/);
    await window.view.getByText('Reported by the gateway.', { exact: true }).waitFor();
    await screenshot(window.page, 'chat-cost');
  });
});
