import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { writeFakeRecorder } from '../support/fakeRecorder';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { quickPickRows } from '../support/workbench';

describe('Dictate', () => {
  const parley = withParley({
    models: ['whisper-1'],
    behaviour: { models: ['gpt-4o', 'whisper-1'] },
    async files(workspace) {
      const bin = join(workspace, 'bin');
      await mkdir(bin);
      await writeFakeRecorder(bin, 'parec');
      // VS Code takes PATH from the user's shell. This one finds the fake before any other recorder that this computer has.
      const shell = `#!/bin/sh\nPATH='${bin}':"$PATH"\nexport PATH\nfor command; do :; done\nexec /bin/sh -c "$command"\n`;
      await writeFile(join(bin, 'shell'), shell);
      await chmod(join(bin, 'shell'), 0o755);
    },
    env: (workspace) => ({ SHELL: join(workspace, 'bin', 'shell') }),
  });
  const button = (): Locator => parley.view.getByRole('button', { name: 'Dictate' });

  /** Waits until at least a second is recorded. */
  async function record(): Promise<void> {
    await parley.view
      .locator('.dictation-time')
      .getByText(/^\d:(?!00)\d\d$/)
      .waitFor();
  }

  /** Waits until the program that recorded last has ended. */
  async function recorderEnded(): Promise<void> {
    const pid = Number(await readFile(join(parley.workspace, 'bin', 'parec.pid'), 'utf8'));
    for (;;) {
      try {
        process.kill(pid, 0);
      } catch {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function composerHas(text: string): Promise<void> {
    await parley.view.locator('textarea').evaluate(
      (field: HTMLTextAreaElement, wanted) =>
        new Promise<void>((resolve) => {
          const timer = setInterval(() => {
            if (field.value !== wanted) return;
            clearInterval(timer);
            resolve();
          }, 20);
        }),
      text,
    );
  }

  it('records the microphone with a program of the computer and writes what was said into the message field, unsent', async () => {
    await parley.composer.pressSequentially('First:');
    await button().click();
    await quickPickRows(parley.page).filter({ hasText: 'whisper-1' }).first().click();
    await record();
    await screenshot(parley.page, 'dictation');
    await button().click();
    await composerHas('First: It rains today.');
    await recorderEnded();
    const [upload = ''] = parley.gateway.uploads;
    assert.ok(upload.startsWith('/v1/audio/transcriptions\n'));
    assert.ok(upload.includes('filename="dictation.wav"') && upload.includes('RIFF'));
    assert.equal(parley.gateway.uploads.length, 1);
    assert.equal(parley.gateway.requests.length, 0);
  });

  it('discards the recording with Escape, sends nothing, and ends the program', async () => {
    const before = parley.gateway.uploads.length;
    await button().click();
    await record();
    await parley.page.keyboard.press('Escape');
    await parley.view.locator('.dictation-on').waitFor({ state: 'detached' });
    await recorderEnded();
    assert.equal(parley.gateway.uploads.length, before);
    await parley.composed('');
  });
});
