import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { offerFor } from '../../../src/core/models/offerFor';
import { modalAction, type Generation } from '../../../src/shared/answer/generation';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { AttachmentChip, PanelState } from '../../../src/shared/messages/toView';
import { readPng } from '../../support/readPng';
import { type PanelPage, readyState } from './panelPage';
import { drawing, pictureAsked, pictureCame, taskWaits } from './pictureSamples';
import { conversationOf, ended } from './samples';
import { TestPanels } from './testPanels';

const gateway = 'https://gateway.example/v1';
const midjourneyState: PanelState = {
  ...readyState,
  generation: offerFor('midjourney', 'midjourney', gateway),
};

function picture(id: string): AttachmentChip {
  return { kind: 'image', id, icon: 'file-media', label: `${id}.png`, description: id, tokens: null };
}

describe('Midjourney', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
  });

  const form = (): Locator =>
    panel.page.getByRole('group', { name: /Midjourney needs a prompt|paint what changes/ });
  const prompt = (): Locator => form().getByRole('textbox', { name: 'Prompt' });
  const press = async (name: string): Promise<void> => {
    await form().getByRole('button', { name, exact: true }).click();
  };
  const grid = (): ConversationEvent[] => [
    ...pictureAsked({}, 'midjourney'),
    pictureCame(drawing('teal', 300, 200)),
    ended('a1'),
  ];
  const showWaiting = async (customId: string, path?: string): Promise<void> => {
    await panel.show(conversationOf('c1', ...grid(), ...taskWaits(customId, path)), midjourneyState);
    await form().waitFor();
  };

  describe('a task that waits', () => {
    it('gets the prompt that the user changes', async () => {
      await showWaiting('MJ::CustomZoom::uuid');
      equal(await prompt().inputValue(), 'A cat in the sun --zoom 2');
      await prompt().fill('A cat in the sun --zoom 1.4');
      await press('Continue');
      deepStrictEqual(await panel.intent('run-task-action'), {
        id: 'a2',
        index: 0,
        text: 'A cat in the sun --zoom 1.4',
      });
      await form().waitFor({ state: 'detached' });
    });

    it('can wait on after Cancel, and keeps what was written', async () => {
      await showWaiting('MJ::CustomZoom::uuid');
      await prompt().fill('A cat --zoom 3');
      await prompt().press('Escape');
      const opener = panel.button('Enter a Prompt for Custom Zoom');
      await opener.and(panel.page.locator(':focus')).waitFor();
      deepStrictEqual([await panel.intents('run-task-action'), await panel.intents('stop')], [[], []]);
      await opener.press('Enter');
      await prompt().and(panel.page.locator(':focus')).waitFor();
      equal(await prompt().inputValue(), 'A cat --zoom 3');
      await prompt().press('Enter');
      equal((await panel.intent('run-task-action')).text, 'A cat --zoom 3');
    });

    it('gets no empty prompt', async () => {
      await showWaiting('MJ::CustomZoom::uuid');
      await prompt().fill(' ');
      await form().locator('.button[aria-disabled=true]').waitFor();
      await prompt().press('Enter');
      await panel.settle();
      deepStrictEqual(await panel.intents('run-task-action'), []);
    });

    it('gets a mask for a region of the picture above', async () => {
      await showWaiting('MJ::Inpaint::1::uuid::SOLO');
      await form().locator('.button[aria-disabled=true]').getByText('Continue').waitFor();
      await press('Paint What Changes');
      const stage = panel.page.getByRole('application', { name: 'Mask of Picture 1' });
      await stage.and(panel.page.locator(':focus')).waitFor();
      await panel.page.keyboard.press('Space');
      await panel.page.getByText('% is painted').waitFor();
      await panel.page.keyboard.press('Enter');
      await form()
        .getByRole('button', { name: 'Change the Mask' })
        .and(panel.page.locator(':focus'))
        .waitFor();
      await press('Continue');
      const { mask = '', ...sent } = await panel.intent('run-task-action');
      deepStrictEqual(sent, { id: 'a2', index: 0, text: 'A cat in the sun' });
      const pixels = readPng(mask);
      deepStrictEqual(
        [pixels.width, pixels.height, pixels.at(150, 100)[3], pixels.at(5, 5)[3]],
        [300, 200, 0, 255],
      );
    });

    it('gets no mask where the gateway does not document one', async () => {
      await showWaiting('MJ::Inpaint::1::uuid::SOLO', '/v1/midjourney/7');
      equal(await form().getByRole('button', { name: 'Paint What Changes' }).count(), 0);
      await press('Continue');
      await panel.intent('run-task-action');
    });

    it('is not asked about again below its answer', async () => {
      const generation: Generation = {
        kind: 'midjourney',
        settings: {},
        action: { ...modalAction, taskId: '8' },
      };
      await showWaiting('MJ::CustomZoom::uuid');
      await panel.happen(
        {
          kind: 'message-added',
          id: 'q3',
          parent: 'a2',
          at: 2,
          content: { role: 'user', text: 'A cat', attachments: [] },
        },
        {
          kind: 'message-added',
          id: 'a3',
          parent: 'q3',
          at: 2,
          content: {
            role: 'assistant',
            model: { gatewayId: 'demo', modelId: 'midjourney' },
            modelName: 'Midjourney',
            generation,
          },
        },
      );
      await form().waitFor({ state: 'detached' });
      await panel.button('Enter a Prompt for Custom Zoom').waitFor();
    });
  });

  describe('in the composer', () => {
    const dialog = (): Locator => panel.page.getByRole('dialog', { name: 'Midjourney Options' });
    const send = (): Locator => panel.button('Send');
    const choose = async (
      generation: Generation['settings'],
      attachments: readonly AttachmentChip[],
    ): Promise<void> => {
      await panel.show(
        conversationOf('c1', { kind: 'parameters-changed', parameters: { generation }, at: 0 }),
        { ...midjourneyState, attachments },
      );
    };

    for (const [mode, placeholder, fewest, most] of [
      ['blend', 'Attach 2 to 5 pictures', 2, 5],
      ['describe', 'Attach a picture', 1, 1],
      ['swap-face', 'Attach 2 pictures.', 2, 2],
    ] as const)
      it(`sends ${mode} with ${fewest} to ${most} pictures and without a text`, async () => {
        const pictures = ['a', 'b', 'c', 'd', 'e', 'f'].map(picture);
        await choose({ mode }, pictures.slice(0, fewest - 1));
        equal(await panel.composer.getAttribute('placeholder'), placeholder);
        equal(await send().getAttribute('aria-disabled'), 'true');
        await choose({ mode }, pictures);
        equal(await panel.page.getByText('Not sent').count(), pictures.length - most);
        await send().click();
        deepStrictEqual(await panel.intent('submit'), { text: '' });
      });

    it('does not imagine pictures without a text', async () => {
      await choose({}, [picture('a')]);
      await panel.page.getByText('Starts from 1 picture').waitFor();
      equal(await send().getAttribute('aria-disabled'), 'true');
      await panel.composer.fill('A cat');
      await send().click();
      deepStrictEqual(await panel.intent('submit'), { text: 'A cat' });
    });

    it('shortens only a text', async () => {
      await choose({ mode: 'shorten' }, [picture('a')]);
      await panel.page.getByText('Not sent').waitFor();
      equal(await send().getAttribute('aria-disabled'), 'true');
      await panel.composer.fill('A cat on a very long wall');
      await send().click();
      deepStrictEqual(await panel.intent('submit'), { text: 'A cat on a very long wall' });
    });

    it('offers what belongs to the chosen task', async () => {
      await choose({ mode: 'video' }, []);
      await panel.page.getByRole('button', { name: /^Midjourney Options/ }).click();
      await dialog().getByRole('combobox', { name: 'Motion' }).waitFor();
      equal(await dialog().getByRole('radio').count(), 0);
      await dialog().getByRole('combobox', { name: 'Task' }).selectOption('blend');
      const { parameters } = await panel.intent('set-parameters');
      deepStrictEqual(parameters.generation, { mode: 'blend' });
      await panel.happen({ kind: 'parameters-changed', parameters, at: 1 });
      await dialog().getByRole('radio', { name: 'Portrait 2:3' }).waitFor();
      equal(await dialog().getByRole('radio').count(), 4);
      ok(await dialog().getByRole('combobox', { name: 'Motion' }).isHidden());
    });
  });
});
