import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { offerFor } from '../../../src/core/models/offerFor';
import type { ToHost } from '../../../src/shared/messages/toHost';
import type { AttachmentChip } from '../../../src/shared/messages/toView';
import { exifSegment } from '../../support/exifSegment';
import { readPng, type Pixels } from '../../support/readPng';
import { type PanelPage, readyState } from './panelPage';
import { drawing, pictureAsked, pictureCame } from './pictureSamples';
import { conversationOf, ended } from './samples';
import { TestPanels } from './testPanels';

const gateway = 'https://gateway.example/v1';
const generation = offerFor('image', 'gpt-image-1', gateway);
const harbour: AttachmentChip = {
  kind: 'image',
  id: 'p',
  icon: 'file-media',
  label: 'harbour.png',
  description: 'Picture harbour.png',
  tokens: null,
  hasThumbnail: true,
};
const painted = [255, 255, 255, 0];
const kept = [0, 0, 0, 255];

describe('the mask of a picture', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
  });

  const overlay = (): Locator => panel.page.getByRole('dialog', { name: 'Paint What Changes' });
  const stage = (): Locator => overlay().getByRole('application', { name: 'Mask of harbour.png' });
  const tool = (name: string): Locator => overlay().getByRole('button', { name, exact: true });
  const said = async (text: string): Promise<void> => {
    await overlay().getByText(text, { exact: true }).waitFor();
  };
  const showChip = async (chip: AttachmentChip = harbour): Promise<void> => {
    await panel.show(conversationOf('c1'), { ...readyState, generation, attachments: [chip] });
  };
  /** Opens the overlay of the chip, by the keyboard. */
  const open = async (url = drawing('teal', 300, 200), mask?: string): Promise<void> => {
    await panel.send('thumbnail-loaded', { id: 'p', url, ...(mask !== undefined && { mask }) });
    await panel.page.getByRole('button', { name: /Mask (on|of) harbour\.png$/ }).press('Enter');
    await overlay().waitFor();
  };
  const openStage = async (url?: string, mask?: string): Promise<void> => {
    await open(url, mask);
    await stage().and(panel.page.locator(':focus')).waitFor();
  };
  /** The place of a point of the picture, from 0 to 1, in the page. */
  const pointAt = async (x: number, y: number): Promise<readonly [number, number]> => {
    // It is fitted into the stage when the stage has its size.
    await panel.page.waitForFunction(
      () => (document.querySelector('.mask-picture')?.getBoundingClientRect().width ?? 0) > 100,
    );
    const box = await overlay().locator('.mask-picture').boundingBox();
    ok(box !== null);
    return [box.x + box.width * x, box.y + box.height * y];
  };
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const use = async (): Promise<ToHost['set-mask'] & { readonly pixels: Pixels }> => {
    await tool('Use Mask').click();
    const sent = await panel.intent('set-mask');
    await overlay().waitFor({ state: 'detached' });
    ok(sent.mask !== undefined);
    return { ...sent, pixels: readPng(sent.mask) };
  };

  it('is painted with the mouse, as a PNG in the size of the picture that is transparent there', async () => {
    await showChip();
    await openStage();
    await said('Nothing is painted yet.');
    equal(await tool('Use Mask').getAttribute('aria-disabled'), 'true');
    await panel.page.mouse.move(...(await pointAt(0.2, 0.5)));
    await panel.page.mouse.down();
    await panel.page.mouse.move(...(await pointAt(0.6, 0.5)), { steps: 5 });
    await panel.page.mouse.up();
    await overlay().getByText('% is painted').waitFor();
    const { id, pixels, picture } = await use();
    deepStrictEqual([id, picture, pixels.width, pixels.height], ['p', undefined, 300, 200]);
    // The brush has a diameter of 24 pixels.
    for (const x of [60, 120, 180]) deepStrictEqual(pixels.at(x, 100), painted, `${x}`);
    for (const [x, y] of [
      [20, 100],
      [120, 85],
      [120, 115],
      [230, 100],
      [0, 0],
      [299, 199],
    ] as const)
      deepStrictEqual(pixels.at(x, y), kept, `${x}, ${y}`);
    const alphas = new Set(Array.from({ length: 200 }, (_, y) => pixels.at(60, y)[3]));
    deepStrictEqual([...alphas].sort(), [0, 255], 'no pixel is in between');
  });

  it('is painted with the keyboard alone', async () => {
    await showChip();
    await openStage();
    await press(']', ']', ']', 'Space');
    await overlay().getByText('% is painted').waitFor();
    await press('e');
    await tool('Erase').and(overlay().locator('[aria-pressed=true]')).waitFor();
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'e', 'Space', 'Enter');
    const { mask } = await panel.intent('set-mask');
    await overlay().waitFor({ state: 'detached' });
    const pixels = readPng(mask ?? '');
    deepStrictEqual([pixels.at(150, 100), pixels.at(220, 100), pixels.at(220, 20)], [painted, painted, kept]);
    ok(await panel.button('Paint a Mask on harbour.png').evaluate((node) => node === document.activeElement));
  });

  it('is erased, undone, inverted and cleared', async () => {
    await showChip();
    await openStage();
    await press('Space');
    await overlay().getByText('% is painted').waitFor();
    await tool('Clear').click();
    await said('Nothing is painted yet.');
    await tool('Invert').click();
    await said('100% is painted');
    await stage().press('e');
    await press('Space');
    await overlay().getByText('99% is painted').waitFor();
    await press('Control+z');
    await said('100% is painted');
    await tool('Undo').click();
    await said('Nothing is painted yet.');
    await tool('Undo').click();
    await overlay().getByText('1% is painted').waitFor();
    const { pixels } = await use();
    deepStrictEqual([pixels.at(150, 100), pixels.at(20, 20)], [painted, kept]);
  });

  it('is not changed by Escape, which gives the focus back', async () => {
    await showChip();
    await openStage();
    await press('Space');
    await overlay().getByText('% is painted').waitFor();
    await press('Escape');
    await overlay().waitFor({ state: 'detached' });
    ok(await panel.button('Paint a Mask on harbour.png').evaluate((node) => node === document.activeElement));
    deepStrictEqual(await panel.intents('set-mask'), []);
    deepStrictEqual(await panel.intents('stop'), []);
  });

  it('can be changed and removed later', async () => {
    await showChip();
    await openStage();
    await press('Space');
    await overlay().getByText('% is painted').waitFor();
    const { mask } = await use();
    await panel.send('state', {
      ...readyState,
      generation,
      attachments: [{ ...harbour, hasMask: true }],
    });
    await panel.page.getByText('Edits a part of the picture').waitFor();
    // As after a reload: the page has neither the picture nor the mask.
    await panel.send('thumbnail-loaded', { id: 'p', url: drawing('teal', 300, 200) });
    await panel.button('Change the Mask of harbour.png').click();
    await panel.page.waitForFunction(() => window.intents.at(-1)?.type === 'load-thumbnail');
    await panel.send('thumbnail-loaded', { id: 'p', url: drawing('teal', 300, 200), mask: mask ?? '' });
    await overlay().getByText('% is painted').waitFor();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Space', 'Enter');
    await overlay().waitFor({ state: 'detached' });
    const both = (await panel.intents('set-mask')).at(-1)?.mask ?? '';
    const pixels = readPng(both);
    deepStrictEqual(
      [pixels.at(150, 100), pixels.at(150, 148), pixels.at(150, 180)],
      [painted, painted, kept],
    );
    await panel.button('Change the Mask of harbour.png').click();
    await tool('Remove Mask').click();
    await overlay().waitFor({ state: 'detached' });
    deepStrictEqual((await panel.intents('set-mask')).at(-1), { id: 'p' });
  });

  it('is offered only for models that take it, and the chip says when it is not sent', async () => {
    const masked = { ...harbour, hasMask: true };
    await showChip(masked);
    equal(await panel.button('Change the Mask of harbour.png').count(), 1);
    equal(await panel.page.getByText('Mask not sent').count(), 0);
    for (const other of ['dall-e-3', 'flux-kontext-pro']) {
      const offer = offerFor('image', other, gateway);
      await panel.send('state', { ...readyState, generation: offer, attachments: [masked] });
      equal(await panel.button('Change the Mask of harbour.png').count(), 0, other);
    }
    await panel.page.getByText('Mask not sent').waitFor();
    await panel.send('state', { ...readyState, attachments: [masked] });
    await panel.page.getByText('Mask not sent').waitFor();
    await panel.send('state', {
      ...readyState,
      generation,
      attachments: [
        { ...harbour, hasThumbnail: false },
        { ...harbour, id: 'q', label: 'b.png' },
      ],
    });
    deepStrictEqual(
      await panel.page
        .locator('.chip-mask')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
      ['Paint a Mask on b.png'],
      'the page does not have a picture on the web',
    );
  });

  it('ends in a sentence for a picture that is too large or damaged', async () => {
    await showChip();
    await open(drawing('teal', 9000, 8000));
    await overlay().getByRole('alert').getByText('at most 8192 × 8192 pixels').waitFor();
    await press('Escape');
    await overlay().waitFor({ state: 'detached' });
    await open('data:image/png;base64,AAAA');
    await overlay().getByText("Couldn't read the picture.").waitFor();
    await tool('Cancel').click();
    await overlay().waitFor({ state: 'detached' });
    deepStrictEqual(await panel.intents('set-mask'), []);
  });

  it('goes with an upright copy of a photograph that was taken sideways', async () => {
    const upright = await panel.page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 60;
      canvas.height = 40;
      canvas.getContext('2d')?.fillRect(0, 0, 60, 40);
      return await Promise.resolve(canvas.toDataURL('image/jpeg'));
    });
    const file = Buffer.from(upright.slice(upright.indexOf(',') + 1), 'base64');
    const sideways = Buffer.concat([file.subarray(0, 2), exifSegment(6, true), file.subarray(2)]);
    await showChip();
    await openStage(`data:image/jpeg;base64,${sideways.toString('base64')}`);
    await press('Space');
    await overlay().getByText('% is painted').waitFor();
    const { pixels, picture = '' } = await use();
    deepStrictEqual([pixels.width, pixels.height], [40, 60]);
    match(picture, /^data:image\/jpeg;base64,/);
    const size = await panel.page.evaluate(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, picture);
    deepStrictEqual(size, [40, 60]);
    ok(!Buffer.from(picture.slice(23), 'base64').includes('Exif'), 'nothing turns it again');
  });

  it('is painted on a made picture, which is then attached with it', async () => {
    const url = drawing('red', 300, 200);
    await panel.show(conversationOf('c1', ...pictureAsked({}), pictureCame(url), ended('a1')), {
      ...readyState,
      generation,
    });
    await panel.button('Edit a Part').click();
    await overlay()
      .getByRole('application', { name: 'Mask of Picture 1' })
      .and(panel.page.locator(':focus'))
      .waitFor();
    await press('Space');
    await overlay().getByText('% is painted').waitFor();
    await press('Enter');
    const { mask = '', ...place } = await panel.intent('edit-media');
    deepStrictEqual(place, { id: 'a1', index: 0 });
    equal(readPng(mask).width, 300);
    await panel.page.waitForFunction(() => document.activeElement?.id === 'composer-input');
    await panel.send('state', readyState);
    equal(await panel.button('Edit a Part').count(), 0);
  });
});
