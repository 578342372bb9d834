import { equal } from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { startVSCode, type VSCode } from '../support/startVSCode';
import { TestGateway } from '../support/testGateway';
import { clickMenuItem, composerFocused, openParley, quickInput, runCommand } from '../support/workbench';

/** The history of the panel, as a user of the real VS Code reaches it. */
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
      await startChat(prompt);
      await view.getByRole('status').filter({ hasText: 'Answer complete' }).waitFor({ state: 'attached' });
    }
  });

  after(async () => {
    await vscode.dispose();
    await gateway.stop();
  });

  const history = (): Locator => view.getByRole('region', { name: 'History' });
  const row = (text: string): Locator => history().getByRole('listitem').filter({ hasText: text });

  async function startChat(prompt: string): Promise<void> {
    await view.getByRole('button', { name: 'New Chat' }).click();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    await composerFocused(page);
    await view.getByRole('textbox', { name: 'Message' }).fill(prompt);
    await page.keyboard.press('Enter');
  }

  async function openHistory(): Promise<void> {
    await runCommand(page, 'Parley: Show Chat History');
    await row('About').first().waitFor();
  }

  async function closeHistory(): Promise<void> {
    await history().getByRole('searchbox', { name: 'Search Chats' }).press('Escape');
    await history().waitFor({ state: 'detached' });
  }

  async function press(text: string, button: string): Promise<void> {
    await row(text).first().hover();
    await row(text).first().getByRole('button', { name: button, exact: true }).click();
  }

  const menuItem = (name: string): Locator => page.getByRole('menuitem', { name, exact: true });

  async function openViewMenu(): Promise<void> {
    await page.locator('.pane-header, .title').filter({ hasText: 'Parley' }).first().hover();
    await page.getByRole('button', { name: 'Views and More Actions...' }).first().click();
    await menuItem('Find in Chat').waitFor();
  }

  it('opens in the panel from the command, the button of the view and the button of the panel', async () => {
    await openHistory();
    await history().getByRole('searchbox', { name: 'Search Chats' }).and(view.locator(':focus')).waitFor();
    await quickInput(page).waitFor({ state: 'hidden' });
    await screenshot(page, 'history');
    await closeHistory();
    await page.getByRole('button', { name: 'Show Chat History' }).first().click();
    await row('About colours').waitFor();
    await closeHistory();
    await view.getByRole('button', { name: 'History', exact: true }).click();
    await row('About colours').waitFor();
    await closeHistory();
  });

  it('opens an earlier chat in place, with the keyboard alone', async () => {
    await openHistory();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await row('About colours').locator(':focus').waitFor();
    await page.keyboard.press('Enter');
    await view.getByRole('article', { name: 'You' }).getByText('About').waitFor();
    await history().waitFor({ state: 'detached' });
  });

  it('finds words of an answer that was streamed in pieces, and chats by their model', async () => {
    await openHistory();
    const search = history().getByRole('searchbox');
    await search.fill('scatters');
    await row('The sky scatters light.').first().waitFor();
    await search.fill('nowhere');
    await history().getByText('No chats found').waitFor();
    await search.fill('gpt-4o heights');
    await row('About heights').locator('mark').getByText('gpt-4o').waitFor();
    equal(await row('About colours').count(), 0);
    await closeHistory();
  });

  it('lists a pinned chat first', async () => {
    await openHistory();
    await press('About heights', 'Pin');
    await history().getByRole('heading', { name: 'Pinned' }).waitFor();
    await press('About heights', 'Unpin');
    await history().getByRole('heading', { name: 'Pinned' }).waitFor({ state: 'detached' });
    await closeHistory();
  });

  it('deletes the current chat and restores it with Undo, without closing', async () => {
    await openHistory();
    await press('About colours', 'Delete');
    await row('About colours').getByText('Deleted').waitFor();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    await screenshot(page, 'history-deleted');
    await row('About colours').getByRole('button', { name: 'Undo deleting About colours' }).click();
    await row('About colours').getByText('Deleted').waitFor({ state: 'detached' });
    await row('About colours')
      .getByRole('button', { name: /^About colours/ })
      .click();
    await view.getByRole('article', { name: 'You' }).getByText('About colours').waitFor();
  });

  it('renames a chat', async () => {
    await openHistory();
    await press('About heights', 'Rename');
    const title = history().getByRole('textbox', { name: 'Chat Title' });
    await title.fill('Mountains');
    await title.press('Enter');
    await row('Mountains').waitFor();
    await closeHistory();
  });

  it("has Find, Compare, Export, Shortcuts and Delete in the view's menu, and Delete can be undone", async () => {
    await openViewMenu();
    for (const name of ['Compare Models', 'Export Chat', 'Show Keyboard Shortcuts', 'Delete Chat'])
      await menuItem(name).waitFor();
    await screenshot(page, 'view-menu');
    await clickMenuItem(menuItem('Find in Chat'));
    await view.getByRole('search').or(view.locator('.find-field')).first().waitFor();
    await page.keyboard.press('Escape');
    await openViewMenu();
    await clickMenuItem(menuItem('Delete Chat'));
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    // VS Code shows no toasts while a test drives it.
    await page
      .locator('.statusbar-item')
      .getByRole('button', { name: /notification/i })
      .click();
    const notice = page.locator('.notification-list-item').filter({ hasText: /Deleted "About/ });
    await notice.waitFor();
    await screenshot(page, 'chat-deleted');
    await notice.getByRole('button', { name: 'Undo' }).press('Enter');
    await view.getByRole('article', { name: 'You' }).getByText('About').waitFor();
  });

  it('collapses chats that hold only a failed prompt into one line', async () => {
    gateway.behaviour.refusal = { status: 400, body: { error: { message: 'No.' } } };
    for (const prompt of ['Broken one', 'Broken two', 'Broken three']) {
      await startChat(prompt);
      await view.getByRole('alert').getByText('Loopback rejected the request.').waitFor();
    }
    gateway.behaviour.refusal = null;
    await openHistory();
    // The current chat is never collapsed.
    const line = history().getByRole('button', { name: '2 failed chats' });
    await line.waitFor();
    await row('Broken three').waitFor();
    equal(await row('Broken one').count(), 0);
    await screenshot(page, 'history-failed');
    await line.click();
    await row('Broken one').waitFor();
    await closeHistory();
  });
});
