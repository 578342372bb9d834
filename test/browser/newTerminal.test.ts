import { deepEqual, match } from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatWindow } from '../support/chatWindow';

describe('a new terminal', () => {
  let chat: ChatWindow;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-terminal-'));
    const home = join(folder, 'home');
    await mkdir(home);
    await mkdir(join(folder, 'workspace'));
    // A shell that takes its time, as those of people with many plug-ins do.
    await writeFile(join(home, '.bashrc'), "sleep 1.5\nPS1='ready> '\n");
    await chmod(home, 0o700);
    chat = await ChatWindow.open(
      join(folder, 'workspace'),
      {
        'terminal.integrated.gpuAcceleration': 'off',
        'terminal.integrated.env.linux': { HOME: home },
        'terminal.integrated.defaultProfile.linux': 'bash',
        'terminal.integrated.profiles.linux': { bash: { path: '/bin/bash' } },
      },
      { pieces: ['Run this:\n\n```bash\necho one two\n```\n'] },
    );
  });

  after(async () => {
    await chat.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('gets the command once, at its prompt', async () => {
    await chat.askAndWait('How?');
    const block = chat.answer().getByRole('group').first();
    await block.hover();
    await block.getByRole('button', { name: 'More' }).click();
    await chat.view.getByRole('menuitem', { name: 'Run in Terminal' }).click();
    const rows = chat.page.locator('.terminal-wrapper .xterm-rows');
    await rows.filter({ hasText: 'ready>' }).waitFor();
    await rows.filter({ hasText: 'echo one two' }).waitFor();
    const text = ((await rows.textContent()) ?? '').replaceAll('\u00a0', ' ').trim();
    match(text, /ready> echo one two$/);
    deepEqual(text.split('echo one two').length, 2);
  });
});
