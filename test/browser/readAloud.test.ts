import assert from 'node:assert/strict';
import { screenshot } from '../support/screenshot';
import { withParley } from '../support/withParley';
import { quickPickRows } from '../support/workbench';

describe('Read Aloud', () => {
  const sentence = 'This sentence is as long as any other sentence of this answer. ';
  const parley = withParley({
    behaviour: {
      models: ['gpt-4o', 'tts-1'],
      pieces: [`## Weather\n\n${sentence.repeat(8)}\n\n`, '```js\nconst secret = 1;\n```\n\nThe end.'],
    },
  });

  const read = async (): Promise<void> => {
    await parley.pressOnAnswer('Read Aloud');
  };

  it('asks for a model and a voice once, and then really plays the prose of the answer', async () => {
    await parley.askAndWait('How is the weather?');
    await read();
    await quickPickRows(parley.page).filter({ hasText: 'tts-1' }).first().click();
    await quickPickRows(parley.page).filter({ hasText: 'nova' }).first().click();
    const bar = parley.view.getByRole('group', { name: 'Read Aloud' });
    await bar.getByText('Reading 1 of 2').waitFor();
    await parley.view
      .locator('audio')
      .first()
      .evaluate(
        (sound: HTMLAudioElement) =>
          new Promise<void>((resolve) => {
            sound.ontimeupdate = () => {
              if (sound.currentTime > 0.1) resolve();
            };
          }),
      );
    await screenshot(parley.page, 'read-aloud');
    await bar.waitFor({ state: 'detached' });
    assert.equal(parley.gateway.spoken.length, 2);
    const spoken = parley.gateway.spoken.join(' ');
    assert.ok(spoken.startsWith('Weather.\nThis sentence'));
    assert.ok(spoken.endsWith('The end.'));
    assert.ok(!spoken.includes('secret'));
  });

  it('asks the gateway for nothing when the same answer is read again', async () => {
    await parley.askAndWait('How is the weather?');
    const before = parley.gateway.spoken.length;
    await read();
    const bar = parley.view.getByRole('group', { name: 'Read Aloud' });
    await bar.getByText('Reading 2 of 2').waitFor();
    await bar.getByRole('button', { name: 'Stop Reading' }).click();
    await bar.waitFor({ state: 'detached' });
    assert.equal(parley.gateway.spoken.length, before);
  });
});
