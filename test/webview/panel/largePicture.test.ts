import { equal } from 'node:assert/strict';
import { type PanelPage } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

/** A valid picture with so many bytes of comment behind its end, as a `data:` URL. */
function pictureOf(bytes: number): string {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  return `data:image/png;base64,${Buffer.concat([pixel, Buffer.alloc(bytes, 0x41)]).toString('base64')}`;
}

describe('a picture that an answer holds in its text', function () {
  this.timeout(60_000);
  const panels = new TestPanels();
  let panel: PanelPage;

  for (const megabytes of [0.01, 1.1, 6]) {
    it(`is named in the text and shown below it, with ${String(megabytes)} MB of data`, async () => {
      const url = pictureOf(megabytes * 750_000);
      panel = await panels.open();
      const text = `好的，这是图片：\n\n![图](${url})\n\n还要改吗？`;
      await panel.show(
        conversationOf(
          'c1',
          asked('q1', 'Why?'),
          begun('a1', 'q1'),
          said('a1', text),
          { kind: 'media-added', id: 'a1', media: { kind: 'image', url, name: '图' }, at: 1 },
          ended('a1'),
        ),
      );
      const answer = panel.article('GPT-5 mini');
      await answer.getByText('还要改吗？').waitFor();
      await answer.locator('.picture', { hasText: '图' }).waitFor();
      equal(await answer.getByText('too long to show').count(), 0);
      equal(await answer.getByText('iVBORw0K').count(), 0);
      const width = await answer
        .locator('img.media-picture')
        .evaluate(async (image: HTMLImageElement) => (await image.decode(), image.naturalWidth));
      equal(width, 1);
      await answer.getByRole('button', { name: 'Enlarge 图' }).click();
      await panel.page.getByRole('dialog', { name: '图' }).waitFor();
    });
  }

  it('is cut out while the answer grows, too', async () => {
    panel = await panels.open();
    await panel.show(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1')));
    const text = `Here: ![p](${pictureOf(900_000)}) and words`;
    for (const piece of text.match(/[^]{1,200000}/g) ?? []) await panel.happen(said('a1', piece));
    await panel.happen(ended('a1'));
    await panel.article('GPT-5 mini').getByText('and words').waitFor();
    equal(await panel.article('GPT-5 mini').getByText('too long to show').count(), 0);
  });
});
