import { deepEqual, match } from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withParley } from '../support/withParley';

describe('a new terminal', () => {
  const parley = withParley({
    settings: {
      'terminal.integrated.gpuAcceleration': 'off',
      'terminal.integrated.env.linux': { HOME: '${workspaceFolder}/home' },
      'terminal.integrated.defaultProfile.linux': 'bash',
      'terminal.integrated.profiles.linux': { bash: { path: '/bin/bash' } },
    },
    behaviour: { pieces: ['Run this:\n\n```bash\necho one two\n```\n'] },
    async files(workspace) {
      const home = join(workspace, 'home');
      await mkdir(home);
      // A slow shell, like those with many plug-ins.
      await writeFile(join(home, '.bashrc'), "sleep 1.5\nPS1='ready> '\n");
      await chmod(home, 0o700);
    },
  });

  it('gets the command once, at its prompt', async () => {
    await parley.askAndWait('How?');
    const block = parley.answer().getByRole('group').first();
    await block.getByRole('button', { name: 'Run in Terminal' }).click();
    const rows = parley.page.locator('.terminal-wrapper .xterm-rows');
    await rows.filter({ hasText: 'ready>' }).waitFor();
    await rows.filter({ hasText: 'echo one two' }).waitFor();
    const text = ((await rows.textContent()) ?? '').replaceAll('\u00a0', ' ').trim();
    match(text, /ready> echo one two$/);
    deepEqual(text.split('echo one two').length, 2);
  });
});
