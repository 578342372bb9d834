import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testSound } from '../support/testSound';
import { withParley } from '../support/withParley';
import { quickPickRows } from '../support/workbench';

describe('a sound file that is dropped', () => {
  const parley = withParley({
    behaviour: { models: ['gpt-4o', 'whisper-1'] },
    files: (workspace) => writeFile(join(workspace, 'talk.wav'), testSound(0.2)),
  });

  it('is written down by a model that the user picks, into the message field, unsent', async () => {
    await parley.composer.evaluate(
      (field, uri) => {
        const data = new DataTransfer();
        data.setData('text/uri-list', uri);
        field.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      pathToFileURL(join(parley.workspace, 'talk.wav')).href,
    );
    await quickPickRows(parley.page).filter({ hasText: 'whisper-1' }).first().click();
    assert.equal(parley.gateway.uploads.length, 0);
    await quickPickRows(parley.page).filter({ hasText: 'Transcribe into the Message' }).first().click();
    await parley.view.locator('textarea').evaluate(
      (field: HTMLTextAreaElement) =>
        new Promise<void>((resolve) => {
          const timer = setInterval(() => {
            if (field.value !== 'It rains today.') return;
            clearInterval(timer);
            resolve();
          }, 20);
        }),
    );
    const [upload = ''] = parley.gateway.uploads;
    assert.ok(upload.startsWith('/v1/audio/transcriptions\n'));
    assert.ok(upload.includes('filename="talk.wav"') && upload.includes('RIFF'));
    assert.equal(parley.gateway.requests.length, 0);
  });
});
