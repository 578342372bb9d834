import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { composerFocused, openParley, quickInput, quickPickRows, runCommand } from '../support/workbench';

/** The list of chats, as a user of the real VS Code meets it in the quick pick. */
describe('history', () => {
  let gateway: TestGateway;
  let vscode: VSCode;
  let page: Page;
  let view: FrameLocator;

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['The sky scat', 'ters light.'] });
    vscode = await startVSCode({
      settings: {
        'parley.gateways': [{ id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' }],
        'parley.defaultModel': 'loopback/gpt-4o',
      },
    });
    page = await vscode.page();
    view = await openParley(page);
    for (const prompt of ['About colours', 'About heights']) {
      await view.getByRole('button', { name: 'New Chat' }).click();
      await view.getByRole('article').first().waitFor({ state: 'detached' });
      await composerFocused(page);
      await view.getByRole('textbox', { name: 'Message' }).fill(prompt);
      await page.keyboard.press('Enter');
      await view.getByRole('status').filter({ hasText: 'Answer complete' }).waitFor({ state: 'attached' });
    }
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
  });

  const row = (text: string): Locator => quickPickRows(page).filter({ hasText: text });

  async function openHistory(): Promise<void> {
    await runCommand(page, 'Parley: Show Chat History');
    await row('About').first().waitFor();
  }

  async function press(text: string, button: string): Promise<void> {
    await row(text).first().hover();
    await row(text).first().getByRole('button', { name: button, exact: true }).click();
  }

  it('opens an earlier chat', async () => {
    await openHistory();
    await row('About colours').click();
    await view.getByRole('article', { name: 'You' }).getByText('About colours').waitFor();
  });

  it('finds words of an answer that was streamed in pieces', async () => {
    await openHistory();
    await quickInput(page).fill('scatters');
    await row('The sky scatters light.').first().waitFor();
    await quickInput(page).fill('nowhere');
    await row('No chats found').waitFor();
    await page.keyboard.press('Escape');
  });

  it('lists a pinned chat first', async () => {
    await openHistory();
    await press('About colours', 'Pin');
    await quickPickRows(page)
      .first()
      .filter({ hasText: 'About colours' })
      .filter({ hasText: 'Pinned' })
      .waitFor();
    await press('About colours', 'Unpin');
    await quickPickRows(page).first().filter({ hasText: 'About heights' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('deletes a chat and restores it with Undo', async () => {
    await openHistory();
    await press('About colours', 'Delete');
    await row('Deleted. Select to restore.').waitFor();
    await press('About colours', 'Undo Delete');
    await row('Deleted. Select to restore.').waitFor({ state: 'detached' });
    await row('About colours').waitFor();
    await page.keyboard.press('Escape');
  });

  it('renames a chat', async () => {
    await openHistory();
    await press('About heights', 'Rename');
    const title = page.getByRole('textbox', { name: 'Rename Chat' });
    await title.fill('Mountains');
    await title.press('Enter');
    await runCommand(page, 'Parley: Show Chat History');
    await row('Mountains').waitFor();
    await page.keyboard.press('Escape');
  });
});
