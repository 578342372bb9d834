import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type PanelPage } from './panelPage';
import { drawing, gridActions, pictureAsked, pictureCame } from './pictureSamples';
import { conversationOf, ended } from './samples';
import { TestPanels } from './testPanels';

describe('pictures that a model makes', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
  });

  const answer = (): Locator => panel.article('GPT Image 2 · Demo').or(panel.article('GPT Image 2'));
  const progressbar = (name: string): Locator => answer().getByRole('progressbar', { name });
  const places = (): Locator => answer().getByRole('figure');
  const boxes = async (): Promise<readonly string[]> =>
    await answer()
      .locator('.picture-place')
      .evaluateAll((elements) =>
        elements.map((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return [left, top, width, height].map(Math.round).join();
        }),
      );
  const submitted = (kind: 'image' | 'midjourney') =>
    ({
      kind: 'task-submitted',
      id: 'a1',
      task: { taskId: '7', kind, form: 'task', path: '/v1/tasks/7', submittedAt: 0 },
      at: 0,
    }) as const;

  it('keep their places from the request to the pixels, so that nothing moves', async () => {
    await panel.show(conversationOf('c1', ...pictureAsked({ size: '1536x1024', count: 2 })));
    await progressbar('Making the picture…').waitFor();
    // The panel has scrolled to the end.
    await panel.page.waitForFunction(() => {
      const feed = document.querySelector('[role=feed]');
      return feed !== null && feed.scrollHeight - feed.clientHeight - feed.scrollTop < 2;
    });
    const before = await boxes();
    equal(before.length, 2);
    const [, , width = 0, height = 0] = (before[0] ?? '').split(',').map(Number);
    ok(Math.abs(width / height - 1.5) < 0.02, `${width} × ${height}`);
    await panel.happen({
      kind: 'preview-shown',
      id: 'a1',
      media: { kind: 'image', url: drawing('grey') },
      at: 1,
    });
    await panel.page.getByRole('img', { name: 'Unfinished picture' }).waitFor();
    deepStrictEqual(await boxes(), before);
    await panel.happen(pictureCame('parley-media:1.png'));
    await panel.settle();
    deepStrictEqual(await panel.intent('load-media'), { id: 'a1', index: 0 });
    equal(await places().first().locator('img').getAttribute('src'), drawing('grey'), 'the preview stays');
    await panel.send('media-loaded', { id: 'a1', index: 0, url: drawing('red') });
    await panel.button('Enlarge Picture 1').waitFor();
    deepStrictEqual(await boxes(), before);
    // Not in the size that was asked for.
    await panel.happen(pictureCame(drawing('blue', 400, 900)), ended('a1'));
    await panel.button('Enlarge Picture 2').waitFor();
    equal(await answer().getByRole('progressbar').count(), 0);
    deepStrictEqual(await boxes(), before);
  });

  it('tell where the work is, and what Stop cannot stop', async () => {
    panel = await panels.open({ time: 1_000_000 });
    await panel.show(conversationOf('c1', ...pictureAsked({}, 'image', 1_000_000)));
    await progressbar('Making the picture…').waitFor();
    equal(await progressbar('Making the picture…').getAttribute('aria-valuenow'), null);
    await panel.page.clock.runFor(12_000);
    await answer()
      .getByText(/^(1[2-9]|2\d) s$/)
      .waitFor();
    await answer().getByText('Stop only ends the wait. The gateway may go on and bill.').waitFor();
    await panel.happen(submitted('image'));
    await progressbar("Waiting in the gateway's queue…").waitFor();
    await panel.happen({ kind: 'task-progressed', id: 'a1', state: 'running', percent: 40, at: 1 });
    equal(await progressbar('Making the picture…').getAttribute('aria-valuenow'), '40');
    await panel.happen({ kind: 'task-progressed', id: 'a1', state: 'running', percent: 20, at: 1 });
    equal(await progressbar('Making the picture…').getAttribute('aria-valuenow'), '40', 'it never goes back');
    await answer().getByText('The gateway goes on with the task and bills it.').waitFor();
    await panel.happen(ended('a1', { outcome: 'cancelled' }));
    await answer().getByText('Only the wait was stopped.').waitFor();
    equal(await places().count(), 0);
    await panel.button('Check Again').click();
    deepStrictEqual(await panel.intent('failure-action'), { id: 'a1', action: 'check-again' });
    await panel.happen({ kind: 'answer-resumed', id: 'a1', at: 1 });
    await progressbar('Making the picture…').waitFor();
  });

  it('cannot be checked again when the gateway has not named a task before Stop', async () => {
    await panel.show(conversationOf('c1', ...pictureAsked({}), ended('a1', { outcome: 'cancelled' })));
    await answer().getByText('The gateway may go on and bill.', { exact: true }).waitFor();
    equal(await panel.button('Check Again').count(), 0);
  });

  it('can be saved, inserted, edited and enlarged', async () => {
    await panel.show(
      conversationOf(
        'c1',
        ...pictureAsked({}),
        pictureCame(drawing('red'), { revisedPrompt: 'A ginger cat' }),
        ended('a1'),
      ),
    );
    const place = { id: 'a1', index: 0 };
    await panel.button('Save').click();
    deepStrictEqual(await panel.intent('save-media'), place);
    await panel.button('Insert into File').click();
    deepStrictEqual(await panel.intent('insert-media'), place);
    await panel.button('Edit This').click();
    deepStrictEqual(await panel.intent('edit-media'), place);
    ok(await panel.composer.evaluate((node) => node === document.activeElement));
    await panel.page.getByText('The model changed the prompt.').click();
    await panel.page.getByText('A ginger cat').waitFor();
    await panel.button('Enlarge Picture 1').click();
    await panel.page.getByRole('dialog').waitFor();
  });

  it('say that a file is not a picture, and can still be saved', async () => {
    await panel.show(
      conversationOf('c1', ...pictureAsked({}), pictureCame('data:image/png;base64,bm8='), ended('a1')),
    );
    await places().getByText("VS Code can't show this picture.").waitFor();
    await panel.button('Save').click();
    deepStrictEqual(await panel.intent('save-media'), { id: 'a1', index: 0 });
  });

  it('can be copied as PNG', async () => {
    await panel.page.evaluate(() => {
      // The clipboard of a browser without a window refuses pictures.
      navigator.clipboard.write = async ([item]) => {
        const blob = await item?.getType('image/png');
        document.title = `${blob?.type ?? ''} ${String((blob?.size ?? 0) > 0)}`;
      };
    });
    await panel.show(
      conversationOf('c1', ...pictureAsked({}), pictureCame(drawing('red', 30, 20)), ended('a1')),
    );
    await places().getByRole('button', { name: 'Copy' }).click();
    await panel.page.waitForFunction(() => document.title === 'image/png true');
    equal(await places().getByRole('status').textContent(), 'Copied');
  });

  it('stand in one column in a narrow panel, and in two in a wide one', async () => {
    const pictures = ['red', 'blue', 'green', 'black'].map((colour) => pictureCame(drawing(colour)));
    await panel.show(conversationOf('c1', ...pictureAsked({ count: 4 }), ...pictures, ended('a1')));
    await panel.button('Enlarge Picture 4').waitFor();
    const columns = async (): Promise<number> =>
      new Set((await boxes()).map((box) => box.split(',')[0])).size;
    equal(await columns(), 1);
    await panel.page.setViewportSize({ width: 1000, height: 700 });
    await panel.settle();
    equal(await columns(), 2);
  });

  it('have versions like other answers', async () => {
    const [prompt, request] = pictureAsked({});
    ok(prompt !== undefined && request?.kind === 'message-added');
    await panel.show(
      conversationOf(
        'c1',
        ...[prompt, request, pictureCame(drawing('red')), ended('a1')],
        { ...request, id: 'a2' },
        { kind: 'media-added', id: 'a2', media: { kind: 'image', url: drawing('blue') }, at: 1 },
        ended('a2'),
      ),
    );
    equal(await answer().getByRole('img').getAttribute('src'), drawing('blue'));
    await panel.button('Previous Version').click();
    deepStrictEqual(await panel.intent('select-version'), { id: 'a1' });
    await panel.happen({ kind: 'version-selected', id: 'a1', at: 2 });
    await panel.settle();
    equal(await answer().getByRole('img').getAttribute('src'), drawing('red'));
  });

  it('of Midjourney have their buttons by name, in rows, and start another task', async () => {
    await panel.show(
      conversationOf(
        'c1',
        ...pictureAsked({}, 'midjourney'),
        submitted('midjourney'),
        { kind: 'task-actions-offered', id: 'a1', actions: gridActions, at: 1 },
        pictureCame(drawing('red', 1024, 1024)),
        ended('a1'),
      ),
    );
    const row = (name: string): Locator => answer().getByRole('group', { name });
    equal(await row('Upscale').getByRole('button').count(), 4);
    equal(await row('Variations').getByRole('button').count(), 4);
    await panel.button('Upscale 2').focus();
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intent('run-task-action'), { id: 'a1', index: 1 });
    equal(await panel.button('Reroll').count(), 0);
    await panel.button('More').click();
    await panel.button('Pan Left').waitFor();
    await panel.button('Reroll').dblclick();
    deepStrictEqual(
      (await panel.intents('run-task-action')).slice(1),
      [{ id: 'a1', index: 4 }],
      'a double click starts one task',
    );
  });
});
