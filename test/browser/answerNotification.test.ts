import { strict as assert } from 'node:assert';
import { withParley } from '../support/withParley';
import { composerFocused, runCommand } from '../support/workbench';

describe('an answer that ends while the window does not have the focus', () => {
  const parley = withParley();

  it('is announced by a notification that shows the answer', async () => {
    const { page, gateway, view } = parley;
    await parley.askAndWait('While I look');

    const end = Promise.withResolvers<undefined>();
    gateway.behaviour.hangs = end.promise;
    await parley.ask('While I am away');
    await view.getByRole('button', { name: 'Stop' }).waitFor();
    // VS Code in a browser does not notice that a webview loses the focus to another window.
    await runCommand(page, 'View: Focus Active Editor Group');
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
    const other = await page.context().newPage();
    await other.bringToFront();
    await page.locator('.part.titlebar.inactive').waitFor({ state: 'attached' });
    end.resolve(undefined);
    await view.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });

    await other.close();
    await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    await page.bringToFront();
    await view.getByRole('button', { name: 'New Chat' }).click();
    await view.getByRole('article').first().waitFor({ state: 'detached' });
    // VS Code shows no toasts while a test drives it.
    await page
      .locator('.statusbar-item')
      .getByRole('button', { name: /notification/i })
      .click();
    const notices = page
      .locator('.notification-list-item')
      .filter({ hasText: '“While I look” has a new answer.' });
    await notices.first().waitFor();
    assert.equal(await notices.count(), 1);
    await notices.getByRole('button', { name: 'Show Answer' }).press('Enter');
    await view.getByText('While I am away').waitFor();
    await composerFocused(page);
  });
});
