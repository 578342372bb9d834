import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { offerFor } from '../../../src/core/models/offerFor';
import type { AttachmentChip, PanelState } from '../../../src/shared/messages/toView';
import { type PanelPage, readyState } from './panelPage';
import { conversationOf } from './samples';
import { TestPanels } from './testPanels';

const gateway = 'https://gateway.example/v1';
const pictureState: PanelState = { ...readyState, generation: offerFor('image', 'gpt-image-1', gateway) };

function chip(id: string, kind: AttachmentChip['kind']): AttachmentChip {
  return { kind, id, icon: 'file-code', label: id, description: `About ${id}`, tokens: null };
}

describe('the composer of a picture model', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
    await panel.show(conversationOf('c1'), pictureState);
  });

  const dialog = (): Locator => panel.page.getByRole('dialog', { name: 'Picture Options' });
  const size = (name: string): Locator => dialog().getByRole('radio', { name });
  const list = (name: string): Locator => dialog().getByRole('combobox', { name });
  const opener = (): Locator => panel.page.getByRole('button', { name: /^Picture Options/ });
  const open = async (): Promise<void> => {
    await opener().click();
    await dialog().waitFor();
  };
  /** Waits until `count` changes were sent, and applies the last one as the host does. */
  const applied = async (count: number): Promise<unknown> => {
    await panel.page.waitForFunction(
      (wanted) => window.intents.filter(({ type }) => type === 'set-parameters').length >= wanted,
      count,
    );
    const parameters = (await panel.intents('set-parameters')).at(-1)?.parameters ?? {};
    await panel.happen({ kind: 'parameters-changed', parameters, at: 0 });
    return parameters;
  };

  it('asks for a description of a picture', async () => {
    equal(await panel.composer.getAttribute('placeholder'), 'Describe a picture');
    await panel.send('state', { ...readyState, generation: offerFor('video', 'sora-2', gateway) });
    equal(await panel.composer.getAttribute('placeholder'), 'Describe a video');
    await panel.send('state', readyState);
    equal(await panel.composer.getAttribute('placeholder'), 'Ask anything, or type @ # /');
    equal(await opener().count(), 0);
  });

  it('chooses a size with the arrow keys, and sends nothing for Automatic', async () => {
    await panel.button('Picture Options').focus();
    await panel.page.keyboard.press('Enter');
    await dialog().waitFor();
    ok(await size('Automatic').evaluate((node) => node === document.activeElement));
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('ArrowRight');
    deepStrictEqual(await applied(2), { generation: { size: '1536x1024' } });
    ok(await size('Landscape 3:2, 1536 × 1024').isChecked());
    await panel.page.keyboard.press('Escape');
    equal(await dialog().count(), 0);
    const chosen = panel.button('Picture Options: 3:2');
    ok(await chosen.evaluate((node) => node === document.activeElement));
    await chosen.click();
    // The shape is what people click; the radio button itself is only for keys and screen readers.
    await dialog().locator('.size').first().click();
    deepStrictEqual(await applied(3), {});
    await panel.button('Picture Options').waitFor();
  });

  it('shows only what the model takes', async () => {
    await open();
    deepStrictEqual(await dialog().getByRole('combobox').count(), 4);
    for (const name of ['Quality', 'Number', 'Background', 'Format']) ok(await list(name).isVisible(), name);
    await panel.send('state', { ...readyState, generation: offerFor('image', 'dall-e-3', gateway) });
    deepStrictEqual(
      await dialog()
        .getByRole('combobox')
        .evaluateAll((lists) =>
          lists.map((one) => one.closest('.parameter-field')?.querySelector('label')?.textContent),
        ),
      ['Quality', 'Style'],
    );
    equal(await size('Landscape 7:4').count(), 1);
  });

  it('shows of earlier choices only what the new model takes', async () => {
    await panel.happen({
      kind: 'parameters-changed',
      parameters: { generation: { size: '1536x1024', quality: 'high', background: 'opaque', count: 2 } },
      at: 0,
    });
    await panel.button('Picture Options: 3:2 · High · 2 pictures · Opaque').waitFor();
    await panel.send('state', { ...readyState, generation: offerFor('image', 'dall-e-3', gateway) });
    await panel.button('Picture Options: 7:4').waitFor();
  });

  it('keeps the other parameters of the chat, and their form keeps the options', async () => {
    await panel.happen({
      kind: 'parameters-changed',
      parameters: { temperature: 0.5, generation: { quality: 'low' } },
      at: 0,
    });
    await open();
    await list('Format').selectOption('webp');
    deepStrictEqual(await applied(1), {
      temperature: 0.5,
      generation: { quality: 'low', format: 'webp' },
    });
    await panel.button('Parameters').click();
    await dialog().waitFor({ state: 'detached' });
    const form = panel.page.getByRole('dialog', { name: 'Parameters of This Chat' });
    await form.getByRole('spinbutton', { name: 'Temperature' }).fill('1');
    await panel.page.keyboard.press('Escape');
    deepStrictEqual(await applied(2), {
      temperature: 1,
      generation: { quality: 'low', format: 'webp' },
    });
  });

  it('offers no JPEG for a transparent background', async () => {
    await open();
    await list('Background').selectOption('transparent');
    await applied(1);
    deepStrictEqual(await list('Format').locator('option').allTextContents(), ['Automatic', 'PNG', 'WEBP']);
  });

  it('says what the attached pictures do, and what is not sent', async () => {
    const attachments = [chip('a.png', 'image'), chip('b.ts', 'code')];
    await panel.send('state', { ...pictureState, attachments });
    await panel.page.getByText('Edits 1 picture').waitFor();
    const code = panel.page.getByRole('button', { name: /^b\.ts/ });
    match((await code.textContent()) ?? '', /Not sent\. This model takes only a prompt and pictures\./);
    match((await code.getAttribute('title')) ?? '', /This model takes only a prompt and pictures\./);
    await open();
    ok(await list('Likeness to the Attached Picture').isVisible());
    const generation = offerFor('image', 'dall-e-3', gateway);
    await panel.send('state', { ...pictureState, attachments, generation });
    await panel.page.getByText('This model takes no pictures.').waitFor({ state: 'attached' });
    equal(await panel.page.getByText('Edits 1 picture').count(), 0);
  });

  it('sends no attachments without a description', async () => {
    await panel.send('state', { ...pictureState, attachments: [chip('a.png', 'image')] });
    equal(await panel.button('Send').getAttribute('aria-disabled'), 'true');
    await panel.composer.fill('Add a hat');
    await panel.composer.press('Enter');
    deepStrictEqual(await panel.intent('submit'), { text: 'Add a hat' });
  });
});
