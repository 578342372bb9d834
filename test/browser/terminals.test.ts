import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { chooseRow, clickMenuItem, quickInput, quickPickRows, runCommand } from '../support/workbench';

/** Fails with colours and a progress bar, when Enter is pressed: VS Code loses the output of commands that end at once. */
const failing = `printf '\\r 10%%\\r 60%%\\r100%%\\n'
printf '\\033[31mE_NO_CONFIG\\033[0m: the file app.conf is missing\\n'
read answer
exit 3
`;
/** Runs until it is stopped. */
const waiting = "echo 'waiting for input'\nread line\n";

describe('the terminal', () => {
  const window = withParley({
    settings: {
      'terminal.integrated.gpuAcceleration': 'off',
      'terminal.integrated.env.linux': { HOME: '${workspaceFolder}/home', PS1: 'plain> ' },
      'terminal.integrated.defaultProfile.linux': 'bash',
      'terminal.integrated.profiles.linux': { bash: { path: '/bin/bash' }, plain: { path: '/bin/sh' } },
    },
    async files(workspace) {
      await mkdir(join(workspace, 'home'));
      await writeFile(join(workspace, 'home', '.bashrc'), "PS1='ready> '\n");
      for (const [name, script] of [
        ['fail.sh', failing],
        ['wait.sh', waiting],
      ] as const) {
        await writeFile(join(workspace, name), `#!/bin/sh\n${script}`);
        await chmod(join(workspace, name), 0o700);
      }
    },
  });

  const rows = (): Locator => window.page.locator('.terminal-wrapper.active .xterm-rows');

  /** The text of the terminal. */
  async function shown(): Promise<string> {
    return ((await rows().textContent()) ?? '').replaceAll('\u00a0', ' ').trim();
  }

  /** Opens a terminal and waits for its prompt. */
  async function openTerminal(): Promise<void> {
    await runCommand(window.page, 'Terminal: Create New Terminal');
    await rows().getByText('ready>').waitFor();
  }

  /** Types a line at the prompt, presses Enter and waits for output. */
  async function run(line: string, output: string): Promise<void> {
    await window.page.keyboard.type(line);
    await rows().getByText(line).waitFor();
    await window.page.keyboard.press('Enter');
    await rows().getByText(output).last().waitFor();
  }

  afterEach(async () => {
    await runCommand(window.page, 'Terminal: Kill All Terminals');
    await window.page.locator('.terminal-wrapper').first().waitFor({ state: 'detached' });
  });

  it('has its last failed command explained, then fixed with a command that only Enter runs', async () => {
    const { page, gateway, view } = window;
    await openTerminal();
    await run('./fail.sh', 'is missing');
    await page.keyboard.press('Enter');
    await rows()
      .filter({ hasText: /ready>.*ready>/ })
      .waitFor();
    await run('echo "fi""ne"', 'fine');
    gateway.behaviour.pieces = ['The file app.conf is missing.'];
    await page.locator('.terminal-wrapper.active').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Parley' }).hover();
    await page.getByRole('menuitem', { name: 'Explain Last Failed Command' }).waitFor();
    await screenshot(page, 'terminal-menu');
    await clickMenuItem(page.getByRole('menuitem', { name: 'Explain Last Failed Command' }));
    await window.answer().getByText('The file app.conf is missing.').waitFor();
    await view.getByRole('article', { name: 'You' }).getByText('./fail.sh (exit code 3)').first().waitFor();
    await screenshot(page, 'terminal-explained');
    const asked = gateway.lastRequest.body.messages.at(-1)?.content ?? '';
    assert.match(
      asked,
      /\$ \.\/fail\.sh\n100%\nE_NO_CONFIG: the file app\.conf is missing\n+\[exit code 3, in .*parley-workspace/,
    );

    await runCommand(page, 'Terminal: Focus Terminal');
    await page.locator('.terminal-wrapper.active .xterm.focus').waitFor();
    await run('cd nowhere', 'No such file');
    // A hostile model adds an interrupt, the end of a paste and line ends.
    gateway.behaviour.pieces = [
      '```bash\ntouch app.conf\u0003\u001b[201~\rrm -rf $(date)\n```\n\nThe file **app.conf** was missing.',
    ];
    await runCommand(page, 'Parley: Fix Last Failed Command');
    const command = quickPickRows(page).filter({ hasText: 'touch app.conf && rm -rf $(date)' });
    await command.filter({ hasText: 'Caution: this command deletes files.' }).waitFor();
    await command.filter({ hasText: 'The file app.conf was missing.' }).waitFor();
    await screenshot(page, 'terminal-fix');
    const [system, user] = gateway.lastRequest.body.messages;
    assert.match(system?.content ?? '', /Shell: `bash`/);
    assert.match(user?.content ?? '', /\n\$ cd nowhere\n.*No such file or directory\n\[exit code 1, in /);
    await page.keyboard.press('Enter');
    await rows().getByText('rm -rf').waitFor();
    assert.match(await shown(), /ready> touch app\.conf && rm -rf \$\(date\)$/);
  });

  it('gets a command from words, which can be refined and goes to a free terminal', async () => {
    const { page, gateway } = window;
    await openTerminal();
    await run('./wait.sh', 'waiting for input');
    gateway.behaviour.pieces = ['```bash\nls -l\n```\n列出所有文件。'];
    await runCommand(page, 'Parley: Write Terminal Command');
    await quickInput(page).fill('列出最大的文件');
    await page.keyboard.press('Enter');
    await quickPickRows(page).filter({ hasText: '列出所有文件。' }).waitFor();
    assert.match(window.lastAsked, /Operating system: Linux/);
    gateway.behaviour.pieces = ['```bash\nls -lS\n```\n按大小排序。'];
    await chooseRow(page, 'Refine…');
    await quickInput(page).and(page.getByPlaceholder('What should be different?')).waitFor();
    await quickInput(page).fill('按大小排序');
    await page.keyboard.press('Enter');
    await quickPickRows(page).filter({ hasText: '按大小排序。' }).waitFor();
    assert.deepEqual(
      gateway.lastRequest.body.messages.slice(1).map(({ content }) => content),
      ['列出最大的文件', '```bash\nls -l\n```\n列出所有文件。', '按大小排序'],
    );
    await screenshot(page, 'terminal-write');
    await page.keyboard.press('Enter');
    // A program runs in the first terminal, and would read the command as its input.
    await rows()
      .filter({ hasText: /ready>\s*ls -lS\s*$/ })
      .waitFor();
  });

  it('without shell integration has its selection explained, and shows code in a chat', async () => {
    const { page, gateway, view } = window;
    await runCommand(page, 'Create New Terminal (With Profile)');
    await chooseRow(page, 'plain');
    await rows().getByText('plain>').waitFor();
    await run('./fail.sh', 'is missing');
    await runCommand(page, 'Parley: Explain Last Failed Command');
    await runCommand(page, 'Notifications: Show Notifications');
    const notice = page
      .locator('.notifications-center')
      .getByText('Parley knows no command of this terminal')
      .first();
    await notice.waitFor();
    await screenshot(page, 'terminal-unknown');
    const hide = page.getByRole('button', { name: /^Hide Notifications/ });
    await hide.click();
    await hide.waitFor({ state: 'hidden' });
    await runCommand(page, 'Terminal: Select All');
    gateway.behaviour.pieces = ['It needs app.conf.'];
    await runCommand(page, 'Parley: Explain Terminal Selection');
    await window.answer().getByText('It needs app.conf.').waitFor();
    assert.match(window.lastAsked, /E_NO_CONFIG: the file app\.conf is missing/);

    const before = gateway.requests.length;
    gateway.behaviour.pieces = ['Write this file:\n\n```ini app.conf\nport=1\n```\n'];
    await runCommand(page, 'Parley: Write Terminal Command');
    await quickInput(page).fill('Create the file app.conf');
    await page.keyboard.press('Enter');
    await window.answer().getByText('port=1').waitFor();
    await view.getByRole('article', { name: 'You' }).getByText('Create the file app.conf').waitFor();
    assert.equal(gateway.requests.length, before + 1);
  });
});
