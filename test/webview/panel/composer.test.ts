import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import type { PanelState } from '../../../src/shared/messages/toView';
import { type PanelPage, readyState } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

const streamingConversation = (): ReturnType<typeof conversationOf> =>
  conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Because'));

const chips: PanelState['attachments'] = [
  {
    kind: 'instructions',
    icon: 'book',
    id: 'i',
    label: 'AGENTS.md',
    description: 'Instructions',
    tokens: 1_234,
  },
  {
    kind: 'code',
    icon: 'list-selection',
    id: 'x',
    label: 'format.ts:12-30',
    description: 'src/format.ts',
    tokens: 300,
  },
  { kind: 'image', icon: 'file-media', id: 'p', label: 'sketch.png', description: 'Picture', tokens: null },
];

describe('composer', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
  });

  const isFocused = async (name: string): Promise<boolean> =>
    (await panel.page.evaluate(() => {
      const element = document.activeElement;
      const parts = [...(element?.querySelectorAll('.chip-label, .visually-hidden') ?? [])];
      return element?.getAttribute('aria-label') ?? parts.map((part) => part.textContent).join(' ');
    })) === name;

  describe('input', () => {
    it('sends on Enter and breaks the line on Shift+Enter', async () => {
      await panel.show(conversationOf('c1'));
      await panel.composer.pressSequentially('one');
      await panel.composer.press('Shift+Enter');
      await panel.composer.pressSequentially('two');
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), [{ text: 'one\ntwo' }]);
    });

    it('leaves Enter, Up and Escape to an input method that composes', async () => {
      await panel.show(streamingConversation());
      await panel.composer.focus();
      const session = await panel.page.context().newCDPSession(panel.page);
      const compose = { text: 'nihao', selectionStart: 5, selectionEnd: 5 };
      await session.send('Input.imeSetComposition', compose);
      equal(await panel.composer.inputValue(), 'nihao');
      for (const key of ['Enter', 'ArrowUp', 'Escape'])
        await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode: 229 });
      equal(await panel.composer.inputValue(), 'nihao');
      deepStrictEqual(await panel.intents('submit'), []);
      deepStrictEqual(await panel.intents('stop'), []);
      await session.send('Input.imeSetComposition', compose);
      await session.send('Input.insertText', { text: '你好' });
      match(await panel.composer.inputValue(), /你好$/u);
      await panel.composer.fill('你好');
      await panel.page.keyboard.press('Enter');
      deepStrictEqual(await panel.intents('submit'), [{ text: '你好' }]);
    });

    it('searches nothing while an input method composes', async () => {
      await panel.show(conversationOf('c1'));
      await panel.composer.pressSequentially('@');
      await panel.settle();
      const session = await panel.page.context().newCDPSession(panel.page);
      await session.send('Input.imeSetComposition', { text: 'zh', selectionStart: 2, selectionEnd: 2 });
      await panel.settle();
      deepStrictEqual(
        (await panel.intents('find-context')).map(({ query }) => query),
        [''],
      );
      await session.send('Input.insertText', { text: '中' });
      await panel.settle();
      deepStrictEqual(
        (await panel.intents('find-context')).map(({ query }) => query),
        ['', '中'],
      );
    });

    it('stops the answer with Stop and with Escape, even if there is a draft', async () => {
      await panel.show(streamingConversation());
      await panel.composer.fill('next');
      await panel.button('Stop').click();
      await panel.composer.press('Escape');
      equal((await panel.intents('stop')).length, 2);
      equal(await panel.composer.inputValue(), 'next');
    });

    it('keeps the draft when an earlier prompt is only looked at', async () => {
      await panel.show(conversationOf('c1', asked('q1', 'first'), begun('a1', 'q1'), ended('a1')));
      await panel.composer.fill('draft');
      await panel.composer.press('ArrowUp');
      equal(await panel.composer.inputValue(), 'first');
      const savedState = await panel.savedState();
      panel = await panels.open({ savedState });
      await panel.show(conversationOf('c1', asked('q1', 'first'), begun('a1', 'q1'), ended('a1')));
      equal(await panel.composer.inputValue(), 'draft');
    });

    it('grows up to 40 % of the panel and then scrolls, with the placeholder on one line', async () => {
      await panel.show(conversationOf('c1'));
      const height = async (): Promise<number> => (await panel.composer.boundingBox())?.height ?? 0;
      const one = await height();
      await panel.page.setViewportSize({ width: 240, height: 700 });
      equal(await height(), one);
      await panel.composer.fill('line\n'.repeat(200));
      ok(Math.abs((await height()) - 700 * 0.4) <= 1);
      ok(await panel.composer.evaluate((input) => input.scrollHeight > input.clientHeight));
    });

    it('moves the cursor into the input when the frame is clicked', async () => {
      await panel.show(conversationOf('c1'));
      await panel.page.locator('.composer-footer').click({ position: { x: 2, y: 2 } });
      ok(await isFocused('Message'));
    });

    it('displays the size of each kind of chip, and opens and removes it', async () => {
      await panel.show(conversationOf('c1'), { ...readyState, attachments: chips });
      const list = panel.page.getByRole('list', { name: 'Context' });
      ok(await list.getByText('1.2k tokens', { exact: true }).isVisible());
      for (const name of ['AGENTS.md 1,234 tokens', 'format.ts:12-30 300 tokens', 'sketch.png'])
        await list.getByRole('button', { name, exact: true }).click();
      deepStrictEqual(await panel.intents('open-attachment'), [{ id: 'i' }, { id: 'x' }, { id: 'p' }]);
      await list.getByRole('button', { name: 'Remove AGENTS.md' }).click();
      deepStrictEqual(await panel.intents('remove-attachment'), [{ id: 'i' }]);
    });

    it('moves between chips by keyboard and never loses the focus', async () => {
      await panel.show(conversationOf('c1'), { ...readyState, attachments: chips });
      await panel.composer.fill('a');
      await panel.composer.press('Backspace');
      ok(await isFocused('Message'), 'there was something to delete');
      await panel.page.keyboard.press('Backspace');
      ok(await isFocused('sketch.png'));
      await panel.page.keyboard.press('ArrowLeft');
      await panel.page.keyboard.press('ArrowLeft');
      ok(await isFocused('AGENTS.md 1,234 tokens'));
      await panel.page.keyboard.press('ArrowRight');
      ok(await isFocused('format.ts:12-30 300 tokens'));
      await panel.page.keyboard.press('Delete');
      deepStrictEqual(await panel.intents('remove-attachment'), [{ id: 'x' }]);
      await panel.send('state', { ...readyState, attachments: chips.filter(({ id }) => id !== 'x') });
      ok(await isFocused('sketch.png'), 'the next chip');
      await panel.page.keyboard.press('Delete');
      await panel.send('state', { ...readyState, attachments: chips.slice(0, 1) });
      ok(await isFocused('Message'), 'none is left after it');
      await panel.page.keyboard.press('Backspace');
      await panel.page.keyboard.press('Delete');
      await panel.send('state', readyState);
      ok(await isFocused('Message'), 'none is left');
    });

    it('its icons and their buttons grow with the font of the chat', async () => {
      await panel.show(conversationOf('c1'), { ...readyState, attachments: chips });
      const sizes = async (): Promise<number[]> =>
        await panel.page.evaluate(() => {
          const icons = [...document.querySelectorAll('.codicon')].map(
            (icon) => getComputedStyle(icon).fontSize,
          );
          const buttons = [...document.querySelectorAll('.icon-button')].map(
            (each) => getComputedStyle(each).height,
          );
          return [...icons, ...buttons].map(parseFloat);
        });
      const usual = await sizes();
      ok(usual.includes(16) && usual.includes(14) && usual.includes(22), usual.join());
      await panel.page.evaluate(() => {
        document.documentElement.style.setProperty('--parley-chat-font-size', '26px');
      });
      deepStrictEqual(
        await sizes(),
        usual.map((size) => size * 2),
      );
    });

    it('keeps the input visible with any number of queued prompts and attachments', async () => {
      await panel.page.setViewportSize({ width: 240, height: 420 });
      const many = Array.from({ length: 30 }, (_, n) => ({
        id: `w${n}`,
        text: 'Why? '.repeat(20),
        attachments: [],
      }));
      const attachments = many.map(({ id }) => ({
        kind: 'code' as const,
        icon: 'file-code' as const,
        id,
        label: id,
        description: '',
        tokens: 1,
      }));
      await panel.show(streamingConversation(), { ...readyState, queue: many, attachments });
      await panel.page.evaluate(() => {
        document.documentElement.style.setProperty('--vscode-font-size', '26px');
      });
      await panel.composer.fill('line\n'.repeat(50));
      await panel.settle();
      const box = await panel.composer.boundingBox();
      const send = await panel.button('Send').boundingBox();
      ok(box !== null && box.y >= 0 && box.y + box.height <= 420, JSON.stringify(box));
      ok(send !== null && send.y + send.height <= 420, JSON.stringify(send));
    });

    it('shows instructions only once there is a model that follows them', async () => {
      await panel.show(conversationOf('c1'), { ...readyState, model: null, attachments: chips });
      equal(await panel.page.getByText('AGENTS.md').count(), 0);
      equal(await panel.page.getByText('sketch.png').count(), 1);
      await panel.send('state', { ...readyState, attachments: chips });
      equal(await panel.page.getByText('AGENTS.md').count(), 1);
    });

    it('sends context without a word, but not instructions alone', async () => {
      await panel.show(conversationOf('c1'), { ...readyState, attachments: chips.slice(0, 1) });
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), []);
      await panel.send('state', { ...readyState, attachments: chips });
      await panel.button('Send').click();
      deepStrictEqual(await panel.intents('submit'), [{ text: '' }]);
    });
  });

  describe('earlier prompts', () => {
    const threePrompts = conversationOf(
      'c1',
      asked('q1', 'first'),
      begun('a1', 'q1'),
      ended('a1'),
      asked('q2', 'second\nline', 'a1'),
      begun('a2', 'q2'),
      ended('a2'),
    );

    it('recalls earlier prompts with Up on the first line, and the draft with Down', async () => {
      await panel.show(threePrompts);
      await panel.composer.fill('my\ndraft');
      const press = async (key: string): Promise<string> => {
        await panel.composer.press(key);
        return await panel.composer.inputValue();
      };
      equal(await press('ArrowUp'), 'my\ndraft', 'from the last line to the first');
      equal(await press('ArrowUp'), 'second\nline');
      equal(
        await panel.composer.evaluate((input) => (input as HTMLTextAreaElement).selectionStart),
        'second\nline'.length,
        'the cursor is at the end',
      );
      equal(await press('ArrowUp'), 'second\nline', 'to its first line');
      equal(await press('ArrowUp'), 'first');
      equal(await press('ArrowUp'), 'first', 'and then none');
      equal(await press('ArrowDown'), 'second\nline');
      equal(await press('ArrowDown'), 'my\ndraft');
      equal(await press('ArrowDown'), 'my\ndraft');
    });

    it('counts wrapped lines as lines', async () => {
      await panel.show(threePrompts);
      const long = 'many words '.repeat(30).trim();
      await panel.composer.fill(long);
      await panel.composer.press('ArrowUp');
      equal(await panel.composer.inputValue(), long);
      await panel.composer.press('Control+Home');
      await panel.composer.press('ArrowDown');
      equal(await panel.composer.inputValue(), long);
      await panel.composer.press('Control+Home');
      await panel.composer.press('ArrowUp');
      equal(await panel.composer.inputValue(), 'second\nline');
    });

    it('makes an edited prompt the draft', async () => {
      await panel.show(threePrompts);
      await panel.composer.press('ArrowUp');
      await panel.composer.press('End');
      await panel.composer.pressSequentially('!');
      await panel.composer.press('ArrowUp');
      await panel.composer.press('ArrowUp');
      equal(await panel.composer.inputValue(), 'second\nline');
      await panel.composer.press('ArrowDown');
      equal(await panel.composer.inputValue(), 'second\nline!');
    });
  });

  describe('while an answer streams', () => {
    it('queues the prompt on Enter, and stops the answer and sends on Ctrl+Enter', async () => {
      await panel.show(streamingConversation());
      equal(await panel.button('Send').count(), 0);
      await panel.composer.fill('later');
      ok(await panel.button('Stop').isVisible());
      equal(await panel.button('Send').getAttribute('title'), 'Queue (Enter) · Stop and send (Ctrl+Enter)');
      await panel.composer.press('Enter');
      await panel.composer.fill('now');
      await panel.composer.press('Control+Enter');
      await panel.composer.fill('by button');
      await panel.button('Send').click();
      deepStrictEqual(await panel.intents('submit'), [
        { text: 'later' },
        { text: 'now', interrupt: true },
        { text: 'by button' },
      ]);
      equal(await panel.composer.inputValue(), '');
      ok(await isFocused('Message'));
    });

    it('keeps the focus when the answer ends', async () => {
      await panel.show(streamingConversation());
      await panel.composer.fill('later');
      await panel.button('Send').focus();
      await panel.happen(ended('a1'));
      ok(await isFocused('Send'));
      equal(await panel.button('Send').count(), 1);
    });

    it('sends, edits and removes queued prompts, and tells why they wait', async () => {
      const queue = [
        { id: 'w1', text: 'And then?', attachments: ['a.ts', 'b.ts'] },
        { id: 'w2', text: 'word '.repeat(200), attachments: [] },
      ];
      await panel.show(streamingConversation(), { ...readyState, queue });
      const list = panel.page.getByRole('list', { name: 'Queued Prompts' });
      equal(await list.getByRole('listitem').count(), 2);
      ok(await list.getByText('a.ts, b.ts').isVisible());
      const line = await list.getByText('And then?').boundingBox();
      const clamped = await list.locator('.queue-text').last().boundingBox();
      ok((clamped?.height ?? 0) <= 2 * (line?.height ?? 0) + 1, 'two lines at most');
      ok(await panel.page.getByText('Queued', { exact: true }).isVisible());
      await panel.happen(ended('a1', { outcome: 'cancelled' }));
      ok(await panel.page.getByText('Queued prompts wait until you send them').isVisible());
      const first = list.getByRole('listitem').first();
      await first.getByRole('button', { name: 'Send Now' }).click();
      await first.getByRole('button', { name: 'Edit' }).click();
      await panel.settle();
      ok(await isFocused('Message'));
      await first.getByRole('button', { name: 'Remove' }).focus();
      await panel.page.keyboard.press('Enter');
      deepStrictEqual(await panel.intents('send-queued'), [{ id: 'w1' }]);
      deepStrictEqual(await panel.intents('edit-queued'), [{ id: 'w1' }]);
      deepStrictEqual(await panel.intents('remove-queued'), [{ id: 'w1' }]);
      await panel.send('state', { ...readyState, queue: queue.slice(1) });
      ok(await isFocused('Remove'), 'of the next one');
      await panel.send('state', readyState);
      ok(await isFocused('Message'));
    });
  });

  describe('models', () => {
    it('compares, and goes back to one model', async () => {
      await panel.show(conversationOf('c1'));
      await panel.button('Compare Models').click();
      equal((await panel.intents('choose-comparison')).length, 1);
      const comparison = ['GPT-5 mini', 'Claude', 'Gemini'].map((name) => ({
        reference: { gatewayId: 'demo', modelId: name },
        name,
      }));
      await panel.send('state', { ...readyState, comparison });
      ok(await panel.page.getByText('Comparing GPT-5 mini, Claude, Gemini').isVisible());
      equal(await panel.page.locator('.model-button').count(), 0);
      await panel.button('End Comparison').focus();
      await panel.page.keyboard.press('Enter');
      equal((await panel.intents('end-comparison')).length, 1);
      await panel.send('state', readyState);
      ok(await isFocused('Compare Models'));
      ok(await panel.page.locator('.model-button').isVisible());
    });

    it('says what a request costs before it is sent, by currency when several models are asked', async () => {
      const model = {
        reference: { gatewayId: 'demo', modelId: 'painter' },
        name: 'Painter',
        gatewayName: 'Demo',
        requestPrice: { amount: 0.3, currency: 'USD' },
      };
      await panel.show(conversationOf('c1'), { ...readyState, model });
      await panel.page.getByText('About $0.30 per request', { exact: true }).waitFor();
      await panel.composer.fill('A cat');
      match(await panel.button('Send').ariaSnapshot(), /button "Send"/);
      const described = await panel.button('Send').getAttribute('aria-describedby');
      equal(await panel.page.locator(`#${described}`).innerText(), 'About $0.30 per request');
      const price = { amount: 2, currency: 'CNY', isLowest: true, hasTokenPrice: true };
      const comparison = [model, model, { ...model, requestPrice: price }];
      await panel.send('state', { ...readyState, comparison });
      await panel.page.getByText('From $0.60 + ¥2 per request, plus tokens', { exact: true }).waitFor();
      await panel.send('state', readyState);
      await panel.page.getByText('per request').waitFor({ state: 'detached' });
      equal(await panel.button('Send').getAttribute('aria-describedby'), null);
    });

    it('lists compared models as the language does', async () => {
      const comparison = ['One', 'Two', 'Three'].map((name) => ({
        reference: { gatewayId: 'demo', modelId: name },
        name,
      }));
      for (const [language, list] of [
        ['en', 'One, Two, Three'],
        ['zh-cn', 'One、Two、Three'],
      ] as const) {
        panel = await panels.open({ language });
        await panel.show(conversationOf('c1'), { ...readyState, comparison });
        ok(await panel.page.getByText(`Comparing ${list}`).isVisible(), language);
      }
    });

    it('displays how much of the context window is used, in words if there is room', async () => {
      const context = { used: 15_360, reserved: 4_096, window: 128_000, dropped: 0 };
      await panel.show(conversationOf('c1'), { ...readyState, context });
      ok(await panel.page.getByText('12% of 128k').isVisible());
      await panel.page.setViewportSize({ width: 240, height: 600 });
      ok(!(await panel.page.getByText('12% of 128k').isVisible()));
      ok(await panel.page.getByRole('meter', { name: 'Context' }).isVisible());
    });
  });
});
