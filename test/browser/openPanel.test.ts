import { openParley } from '../support/workbench';
import { startVSCode } from '../support/startVSCode';
import type { VSCode } from '../support/startVSCode';

describe('the icon in the Activity Bar', () => {
  let vscode: VSCode;

  before(async () => {
    vscode = await startVSCode();
  });
  after(async () => {
    await vscode.dispose();
  });

  it('opens the panel with a place to type in', async () => {
    const panel = await openParley(await vscode.page());
    await panel.getByRole('textbox', { name: 'Message' }).waitFor();
  });
});
