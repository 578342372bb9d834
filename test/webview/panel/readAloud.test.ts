import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { testSound } from '../../support/testSound';
import { AnswerPanel } from './answerPanel';
import type { PanelPage } from './panelPage';

const soundUrl = (seconds: number): string =>
  `data:audio/wav;base64,${testSound(seconds).toString('base64')}`;

/** The player of an answer. The host is the test, which makes the sounds. */
describe('Read Aloud', () => {
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;
  let bar: Locator;

  beforeEach(async () => {
    ({ panel, answer } = await answers.show('It rains today. Take an umbrella.'));
    bar = panel.page.getByRole('group', { name: 'Read Aloud' });
  });

  async function open(): Promise<number> {
    const before = (await panel.intents('read-aloud')).length;
    await answer.getByRole('button', { name: 'More Actions' }).click();
    await panel.page.getByRole('menuitem', { name: 'Read Aloud' }).click();
    await panel.page.waitForFunction(
      (count) => window.intents.filter(({ type }) => type === 'read-aloud').length > count,
      before,
    );
    return (await panel.intents('read-aloud')).at(-1)?.request ?? -1;
  }

  const begin = (request: number, parts: number): Promise<void> =>
    panel.send('speech', { kind: 'begun', request, parts, voice: 'alloy · tts-1' });
  const load = (request: number, index: number, seconds: number): Promise<void> =>
    panel.send('speech', { kind: 'loaded', request, index, url: soundUrl(seconds) });
  const loads = async (): Promise<number[]> => (await panel.intents('load-speech')).map(({ index }) => index);
  const requested = async (index: number): Promise<void> => {
    await panel.page.waitForFunction(
      (wanted) =>
        window.intents.some(
          ({ type, body }) => type === 'load-speech' && (body as { index: number }).index === wanted,
        ),
      index,
    );
  };
  /** The time of the sound that plays, in seconds. */
  const time = (): Promise<number> =>
    panel.page.evaluate(() =>
      Math.max(-1, ...[...document.querySelectorAll('audio')].map((a) => a.currentTime)),
    );
  const playing = (): Promise<number> =>
    panel.page.evaluate(() => [...document.querySelectorAll('audio')].filter((a) => !a.paused).length);

  it('plays the parts one after the other, and requests each once, the next one while one plays', async () => {
    const request = await open();
    deepEqual(await panel.intents('read-aloud'), [{ request, id: 'a1', plays: ['mp3', 'wav'] }]);
    await begin(request, 3);
    deepEqual(await loads(), [0]);
    await bar.getByText('Loading sound…').waitFor();
    await load(request, 0, 0.3);
    await requested(1);
    await load(request, 1, 0.3);
    await requested(2);
    await load(request, 2, 0.3);
    await bar.waitFor({ state: 'detached' });
    deepEqual(await loads(), [0, 1, 2]);
    equal(await panel.page.locator('audio').count(), 0);
  });

  it('really plays: the time of the sound goes on, stays while it is paused, and goes on again', async () => {
    const request = await open();
    await begin(request, 1);
    await load(request, 0, 30);
    await panel.page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.1);
    await bar.getByRole('button', { name: 'Pause' }).click();
    await bar.getByText('Paused').waitFor();
    const paused = await time();
    equal(await playing(), 0);
    await bar.getByRole('button', { name: 'Continue' }).click();
    await panel.page.waitForFunction(
      (past) => (document.querySelector('audio')?.currentTime ?? 0) > past + 0.1,
      paused,
    );
  });

  it('stays silent if the user pauses before the sound arrives, and plays it when the user continues', async () => {
    const request = await open();
    await begin(request, 2);
    await bar.getByRole('button', { name: 'Pause' }).click();
    await load(request, 0, 30);
    equal(await playing(), 0);
    deepEqual(await loads(), [0]);
    await bar.getByRole('button', { name: 'Continue' }).click();
    await requested(1);
    equal(await playing(), 1);
  });

  it('stops with its button, and plays nothing that arrives later', async () => {
    const request = await open();
    await begin(request, 2);
    await bar.getByRole('button', { name: 'Stop Reading' }).click();
    await bar.waitFor({ state: 'detached' });
    deepEqual(await panel.intents('stop-speech'), [{ request }]);
    await load(request, 0, 30);
    equal(await panel.page.locator('audio').count(), 0);
    deepEqual(await loads(), [0]);
  });

  it('stops with Escape, also from the message field, and returns the focus', async () => {
    const request = await open();
    await begin(request, 1);
    await load(request, 0, 30);
    await bar.getByText('Reading').waitFor();
    await panel.page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
    await panel.page.waitForFunction(
      () => document.activeElement?.getAttribute('aria-label') === 'More Actions',
    );
    await open();
    await panel.composer.focus();
    await panel.page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
  });

  it('can be paused and continued with the keyboard from the moment it opens', async () => {
    const request = await open();
    await begin(request, 1);
    await load(request, 0, 30);
    await bar.getByText('Reading').waitFor();
    await panel.page.keyboard.press('Space');
    await bar.getByText('Paused').waitFor();
    await panel.page.keyboard.press('Space');
    await bar.getByText('Reading').waitFor();
  });

  it('reads faster at another speed, also in the next part', async () => {
    const request = await open();
    await begin(request, 2);
    await bar.getByRole('combobox', { name: 'Speed' }).selectOption('2×');
    await load(request, 0, 0.4);
    await requested(1);
    await load(request, 1, 30);
    await bar.getByText('Reading 2').waitFor();
    deepEqual(
      await panel.page.evaluate(() => [...document.querySelectorAll('audio')].map((a) => a.playbackRate)),
      [2],
    );
    await bar.getByRole('combobox', { name: 'Speed' }).selectOption('1×');
  });

  it('tells why a part could not be made, and requests it again only when the user wants it', async () => {
    const request = await open();
    await begin(request, 2);
    await panel.send('speech', {
      kind: 'failed',
      request,
      index: 0,
      sentence: 'Demo sent an empty sound.',
      details: 'HTTP 200',
      action: 'retry',
    });
    await bar.getByRole('alert').getByText('Demo sent an empty sound.').waitFor();
    deepEqual(await loads(), [0]);
    await bar.getByRole('button', { name: 'Try Again' }).click();
    deepEqual(await loads(), [0, 0]);
    await load(request, 0, 30);
    await bar.getByText('Reading 1').waitFor();
  });

  it('reads the part before a failed one to its end first', async () => {
    const request = await open();
    await begin(request, 2);
    await bar.getByRole('button', { name: 'Pause' }).click();
    await load(request, 0, 0.3);
    const failure = { sentence: 'It broke.', details: '', action: 'retry' } as const;
    await panel.send('speech', { kind: 'failed', request, index: 1, ...failure });
    ok(await bar.getByText('Paused 1').isVisible());
    equal(await bar.getByText('It broke.').count(), 0);
    await bar.getByRole('button', { name: 'Continue' }).click();
    await bar.getByText('It broke.').waitFor();
  });

  it('offers to save a sound that VS Code cannot play, and requests no further part', async () => {
    const request = await open();
    await begin(request, 2);
    await panel.send('speech', {
      kind: 'loaded',
      request,
      index: 0,
      url: `data:audio/aac;base64,${Buffer.from('no sound at all').toString('base64')}`,
    });
    await bar.getByText("VS Code can't play the format of this sound. You can save it as a file.").waitFor();
    deepEqual(await panel.intents('speech-unplayable'), [{ request, index: 0 }]);
    await bar.getByRole('button', { name: 'Save' }).click();
    deepEqual(await panel.intents('save-speech'), [{ request, index: 0 }]);
    deepEqual(await loads(), [0]);
  });

  it('reads on from the same part with another voice', async () => {
    const first = await open();
    await begin(first, 3);
    await load(first, 0, 0.3);
    await requested(1);
    await load(first, 1, 30);
    await bar.getByText('Reading 2').waitFor();
    await bar.getByRole('button', { name: 'Voice: alloy · tts-1' }).click();
    const { request, choose } = (await panel.intents('read-aloud')).at(-1) ?? { request: -1 };
    equal(choose, true);
    equal(await playing(), 1, 'the old voice reads on while the user chooses');
    await panel.send('speech', { kind: 'begun', request, parts: 3, voice: 'nova · tts-1' });
    equal(await playing(), 0);
    deepEqual((await panel.intents('load-speech')).at(-1), { request, index: 1 });
  });

  it('closes if the user chooses no voice', async () => {
    const request = await open();
    await panel.send('speech', { kind: 'declined', request });
    await bar.waitFor({ state: 'detached' });
  });

  it('begins again when another reading of the answer is started', async () => {
    const first = await open();
    await begin(first, 1);
    await load(first, 0, 30);
    await bar.getByText('Reading').waitFor();
    const second = await open();
    ok(second > first);
    deepEqual(await panel.intents('stop-speech'), [{ request: first }]);
    equal(await panel.page.locator('audio').count(), 0);
    await begin(second, 1);
    await load(second, 0, 30);
    await bar.getByText('Reading').waitFor();
    equal(await playing(), 1);
  });
});
