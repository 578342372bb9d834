import assert from 'node:assert/strict';
import { withParley } from '../support/withParley';
import { screenshot } from '../support/screenshot';

describe('a streaming answer', () => {
  const parley = withParley();

  it('is displayed before it is complete, and closes its connection when Stop is pressed', async () => {
    Object.assign(parley.gateway.behaviour, {
      pieces: ['First words. ', '\n\n```ts\nconst a = 1;\n```\n'],
      hangs: true,
    });
    const { abandoned } = parley.gateway;
    await parley.ask('Stream, please');
    await parley.answer().getByText('First words.').waitFor();
    await screenshot(parley.page, 'streaming');
    await parley.view.getByRole('button', { name: 'Stop' }).click();
    await parley.view.getByRole('button', { name: 'Send' }).waitFor();
    await parley.answer().getByText('First words.').waitFor();
    await parley.status('Stopped').waitFor({ state: 'attached' });
    assert.equal(parley.gateway.abandoned, abandoned + 1);
    await screenshot(parley.page, 'stopped');
  });

  it('stops with the Stop button and with Escape', async () => {
    parley.gateway.behaviour.hangs = true;
    await parley.ask('Go on for ever');
    await parley.answer().getByText('Hello there.').waitFor();
    await parley.view.getByRole('button', { name: 'Stop' }).click();
    await parley.status('Stopped').waitFor({ state: 'attached' });
    await parley.ask('Once more');
    await parley.view.getByRole('button', { name: 'Stop' }).waitFor();
    await parley.page.keyboard.press('Escape');
    await parley.view.getByRole('button', { name: 'Send' }).waitFor();
  });

  it('keeps its text when it is stopped', async () => {
    parley.gateway.behaviour.hangs = true;
    await parley.ask('Go on for ever');
    await parley.answer().getByText('Hello there.').waitFor();
    await parley.page.keyboard.press('Escape');
    await parley.status('Stopped').waitFor({ state: 'attached' });
    assert.ok(await parley.answer().getByText('Hello there.').isVisible());
    assert.ok(await parley.answer().getByText('Stopped').isVisible());
  });

  it('keeps the end in view until the user scrolls away, and again after Jump to Latest', async () => {
    const lines = (count: number): string[] =>
      Array.from({ length: count }, (_, line) => `Line ${line}.\n\n`);
    parley.gateway.behaviour.pieces = lines(60);
    await parley.askAndWait('Many lines');
    const feed = parley.view.getByRole('feed', { name: 'Conversation' });
    // Text can be there a frame before the feed has scrolled to it, so the end may be out of view for a moment.
    const showsItsEnd = async (): Promise<void> => {
      await feed.evaluate(async (element) => {
        while (element.scrollHeight - element.scrollTop - element.clientHeight >= 2)
          await new Promise((resolve) => requestAnimationFrame(resolve));
      });
    };
    await showsItsEnd();
    parley.gateway.behaviour.pieces = lines(400);
    parley.gateway.behaviour.pause = 10;
    await parley.ask('More');
    await parley.answer().getByText('Line 20.', { exact: true }).waitFor();
    await feed.hover();
    await parley.page.mouse.wheel(0, -600);
    const jump = parley.view.getByRole('button', { name: 'Jump to Latest' });
    await jump.waitFor();
    const top = await feed.evaluate((element) => element.scrollTop);
    await parley.answer().getByText('Line 120.', { exact: true }).waitFor({ state: 'attached' });
    assert.ok(Math.abs((await feed.evaluate((element) => element.scrollTop)) - top) < 2, 'stays where it is');
    await jump.click();
    await jump.waitFor({ state: 'detached' });
    await parley.answer().getByText('Line 220.', { exact: true }).waitFor({ state: 'attached' });
    await showsItsEnd();
    await parley.page.keyboard.press('Escape');
    await parley.view.getByRole('button', { name: 'Send' }).waitFor();
  });

  it('folds its reasoning and displays how long it took', async () => {
    Object.assign(parley.gateway.behaviour, { reasoning: ['Let me ', 'see.'], pause: 600 });
    await parley.ask('Think');
    await parley.answer().getByText('Thinking…').waitFor();
    const fold = parley.answer().getByText(/^Thought for \d+ s$/);
    await fold.waitFor();
    assert.equal(await parley.answer().getByText('Let me see.').count(), 0);
    await fold.click();
    await parley.answer().getByText('Let me see.').waitFor();
    await screenshot(parley.page, 'reasoning');
    await parley.status('Answer complete').waitFor({ state: 'attached' });
    await parley.askAndWait('And on');
    assert.doesNotMatch(parley.lastAsked, /Let me see/, 'what was thought is not sent again');
  });

  it('tells a screen reader that it is complete, stopped or failed, but not its text', async () => {
    await parley.askAndWait('Complete');
    assert.equal(await parley.view.getByRole('feed').getAttribute('aria-live'), null);
    parley.gateway.behaviour.hangs = true;
    await parley.ask('Stopped');
    await parley.view.getByRole('button', { name: 'Stop' }).waitFor();
    await parley.page.keyboard.press('Escape');
    await parley.status('Stopped').waitFor({ state: 'attached' });
    parley.gateway.behaviour.key = 'sk-another';
    await parley.ask('Failed');
    await parley.status('Failed').waitFor({ state: 'attached' });
  });

  it('is replaced by a sentence and one action when it fails', async () => {
    parley.gateway.behaviour.key = 'sk-another';
    await parley.ask('Will this work?');
    const alert = parley.answer().getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /key/i);
    assert.equal(await alert.getByRole('button').count(), 1);
    await alert.getByRole('button', { name: 'Set API Key' }).waitFor();
    await parley.status('Failed').waitFor({ state: 'attached' });
  });
});
