import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { Ending } from '../../../src/shared/answer/ending';
import { codeAttachment } from '../../support/messages';
import { type PanelPage, readyState } from './panelPage';
import type { PanelPageOptions } from './panelPage';
import { asked, begun, conversationOf, ended, said, thought } from './samples';
import { TestPanels } from './testPanels';

describe('panel', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  /** The panel with a conversation, ready to ask. */
  async function open(conversation = conversationOf('c1'), options: PanelPageOptions = {}): Promise<void> {
    panel = await panels.open(options);
    await panel.show(conversation);
  }

  const answered = (id: string): Conversation =>
    conversationOf(id, asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Because **so**.'), ended('a1'));

  describe('composer', () => {
    it('sends on Enter, breaks the line on Shift+Enter', async () => {
      await open();
      await panel.composer.pressSequentially('one');
      await panel.composer.press('Shift+Enter');
      await panel.composer.pressSequentially('two');
      equal(await panel.composer.inputValue(), 'one\ntwo');
      deepStrictEqual(await panel.intents('submit'), []);
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), [{ text: 'one\ntwo' }]);
      equal(await panel.composer.inputValue(), '');
    });

    it('sends by its button, and nothing when nothing is written', async () => {
      await open();
      await panel.button('Send').click({ force: true });
      await panel.composer.press('Enter');
      await panel.composer.fill('  \n ');
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), []);
      await panel.composer.fill('hello');
      await panel.button('Send').click();
      deepStrictEqual(await panel.intents('submit'), [{ text: 'hello' }]);
      ok(
        await panel.composer.evaluate((input) => input === document.activeElement),
        'the cursor is back in the input',
      );
    });

    it('does not send with the Enter that ends a composition', async () => {
      await open();
      await panel.composer.fill('にほん');
      for (const event of [{ isComposing: true }, { keyCode: 229 }]) {
        await panel.composer.evaluate((input, init) => {
          input.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }),
          );
        }, event);
      }
      deepStrictEqual(await panel.intents('submit'), []);
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), [{ text: 'にほん' }]);
    });

    it('keeps what is typed while an answer streams, and sends it afterwards', async () => {
      await open(conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1')));
      await panel.composer.fill('next question');
      await panel.happen(said('a1', 'So.'), ended('a1'));
      deepStrictEqual(await panel.intents('submit'), []);
      equal(await panel.composer.inputValue(), 'next question');
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), [{ text: 'next question' }]);
    });

    it('stops by its button and by Escape while an answer streams, and only then', async () => {
      await open();
      await panel.composer.press('Escape');
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'));
      equal(await panel.button('Send').count(), 0);
      await panel.button('Stop').click();
      await panel.composer.press('Escape');
      equal((await panel.intents('stop')).length, 2);
      await panel.happen(ended('a1', { outcome: 'cancelled' }));
      await panel.composer.press('Escape');
      equal((await panel.intents('stop')).length, 2);
      ok(await panel.button('Send').isVisible());
    });

    it('grows with its text, up to less than half of the panel', async () => {
      await open();
      const height = async (): Promise<number> => (await panel.composer.boundingBox())?.height ?? 0;
      const one = await height();
      await panel.composer.fill('a\nb\nc');
      const three = await height();
      ok(three > one * 1.8, `${three} after ${one}`);
      await panel.composer.fill('line\n'.repeat(200));
      ok((await height()) <= 700 * 0.4 + 1);
      await panel.composer.fill('');
      equal(await height(), one);
    });

    it('tells the first focus once, and takes the cursor when the host asks', async () => {
      await open();
      await panel.send('focus-composer', {});
      await panel.settle();
      ok(await panel.composer.evaluate((input) => input === document.activeElement));
      await panel.composer.blur();
      await panel.composer.focus();
      equal((await panel.intents('composer-focused')).length, 1);
    });

    it('keeps drafts through a reload and with their conversations', async () => {
      await open();
      await panel.composer.fill('for a new chat');
      await panel.show(answered('c2'));
      equal(await panel.composer.inputValue(), '');
      await panel.composer.fill('for the first');
      const savedState = await panel.savedState();
      await open(answered('c2'), { savedState });
      equal(await panel.composer.inputValue(), 'for the first');
      await panel.show(conversationOf('c9'));
      equal(await panel.composer.inputValue(), 'for a new chat');
    });

    it('puts a prompt that is given back before the draft', async () => {
      await open();
      await panel.composer.fill('draft');
      await panel.send('give-back-prompt', { text: 'prompt' });
      equal(await panel.composer.inputValue(), 'prompt\n\ndraft');
    });

    it('shows context as chips that open and go', async () => {
      panel = await panels.open();
      const attachments = [
        {
          kind: 'code' as const,
          icon: 'list-selection' as const,
          id: 'x',
          label: 'format.ts:12-30',
          description: 'src/format.ts',
          tokens: 3,
        },
      ];
      await panel.show(conversationOf('c1'), { ...readyState, attachments });
      const list = panel.page.getByRole('list', { name: 'Context' });
      equal(await list.getByRole('listitem').count(), 1);
      await list.getByRole('button', { name: 'format.ts:12-30 3 tokens', exact: true }).click();
      await list.getByRole('button', { name: 'Remove format.ts:12-30' }).click();
      deepStrictEqual(await panel.intents('open-attachment'), [{ id: 'x' }]);
      deepStrictEqual(await panel.intents('remove-attachment'), [{ id: 'x' }]);
      await panel.send('state', readyState);
      equal(await list.count(), 0);
    });

    it('names the model, and leads to others', async () => {
      await open();
      await panel.page.getByRole('button', { name: 'GPT-5 mini' }).click();
      await panel.button('Attach').click();
      await panel.button('New Chat').click();
      for (const type of ['select-model', 'attach', 'new-chat'] as const) {
        equal((await panel.intents(type)).length, 1, type);
      }
    });
  });

  describe('messages', () => {
    it('streams an answer under the name of its model, and announces its end', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1', 'Opus'));
      const answer = panel.article('Opus');
      ok(await answer.locator('.waiting').isVisible());
      await panel.happen(said('a1', 'Be'));
      await panel.happen(said('a1', 'cause **so**.'));
      equal(await answer.locator('.waiting').count(), 0);
      ok((await answer.innerText()).includes('Because so'));
      equal(await panel.page.getByRole('status').innerText(), '');
      await panel.happen(ended('a1'));
      equal(await panel.page.getByRole('status').innerText(), 'Answer complete');
      ok(await panel.article('You').getByText('Why?').isVisible());
    });

    it('touches no other message while one streams', async () => {
      await open(
        conversationOf(
          'c1',
          asked('q1', 'A'),
          begun('a1', 'q1'),
          said('a1', 'B'),
          ended('a1'),
          asked('q2', 'C', 'a1'),
          begun('a2', 'q2'),
          said('a2', 'D'),
        ),
      );
      await panel.page.evaluate(() => {
        const touched: string[] = [];
        Object.assign(window, { touched });
        new MutationObserver((records) => {
          for (const { target } of records) {
            const element = target instanceof Element ? target : target.parentElement;
            touched.push(
              element?.closest('article')?.getAttribute('data-message') ?? element?.className ?? '?',
            );
          }
        }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      });
      for (const word of ['one ', 'two ', 'three\n\nfour']) await panel.happen(said('a2', word));
      const touched = await panel.page.evaluate(() => (window as unknown as { touched: string[] }).touched);
      deepStrictEqual([...new Set(touched)], ['a2']);
    });

    it('copies a prompt and an answer as they were written', async () => {
      await open(answered('c1'));
      await panel.article('You').hover();
      await panel.article('You').getByRole('button', { name: 'Copy', exact: true }).click();
      await panel.article('GPT-5 mini').getByRole('button', { name: 'Copy', exact: true }).click();
      deepStrictEqual(await panel.intents('copy'), [{ text: 'Why?' }, { text: 'Because **so**.' }]);
    });

    it('edits a prompt in place, or lets it be', async () => {
      await open(answered('c1'));
      const mine = panel.article('You');
      const edit = mine.getByRole('button', { name: 'Edit', exact: true });
      await edit.click();
      await mine.getByRole('textbox').fill('nonsense');
      await mine.getByRole('textbox').press('Escape');
      ok(await mine.getByText('Why?').isVisible());
      ok(await edit.evaluate((button) => button === document.activeElement), 'the keyboard is where it was');
      await edit.click();
      await mine.getByRole('button', { name: 'Cancel' }).click();
      await edit.click();
      await mine.getByRole('textbox').fill('Why not?');
      deepStrictEqual(await panel.intents('begin-edit'), [{ id: 'q1' }, { id: 'q1' }, { id: 'q1' }]);
      deepStrictEqual(await panel.intents('end-edit'), [{ id: 'q1' }, { id: 'q1' }]);
      await mine.getByRole('button', { name: 'Send', exact: true }).click();
      deepStrictEqual(await panel.intents('edit'), [{ id: 'q1', text: 'Why not?' }]);
      deepStrictEqual(await panel.intents('stop'), []);
    });

    it('regenerates, and goes through the versions by keyboard', async () => {
      await open(answered('c1'));
      const answer = panel.article('GPT-5 mini');
      await answer.getByRole('button', { name: 'Regenerate' }).click();
      deepStrictEqual(await panel.intents('regenerate'), [{ id: 'a1' }]);
      await panel.happen(begun('a2', 'q1'), said('a2', 'Second.'), ended('a2'));
      await panel.happen(begun('a3', 'q1'), said('a3', 'Third.'), ended('a3'));
      ok(await answer.getByText('3 of 3').isVisible());
      await answer.getByRole('button', { name: 'Previous Version' }).focus();
      await panel.page.keyboard.press('Enter');
      deepStrictEqual(await panel.intents('select-version'), [{ id: 'a2' }]);
      await panel.happen({ kind: 'version-selected', id: 'a2', at: 0 });
      ok(await answer.getByText('2 of 3').isVisible());
      ok(await answer.getByText('Second.').isVisible());
      await panel.page.keyboard.press('Enter');
      deepStrictEqual(await panel.intents('select-version'), [{ id: 'a2' }, { id: 'a1' }]);
    });

    it('offers neither edit nor regenerate while an answer streams', async () => {
      await open(answered('c1'));
      await panel.happen(asked('q2', 'More', 'a1'), begun('a2', 'q2'));
      equal(await panel.button('Edit').count(), 0);
      equal(await panel.button('Regenerate').count(), 0);
      await panel.happen(ended('a2'));
      equal(await panel.button('Edit').count(), 2);
    });

    it('says where the answer would be what failed, with the one button that helps', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'));
      const failure = {
        kind: 'unauthorized',
        retryable: false,
        gatewayName: 'Demo',
        url: 'http://x/v1',
        status: 401,
        requestId: 'r-7',
      } as const;
      await panel.happen(ended('a1', { outcome: 'failed', failure }));
      const alert = panel.article('GPT-5 mini').getByRole('alert');
      ok(await alert.getByText('Demo rejected the API key.').isVisible());
      equal(await alert.getByText('r-7').isVisible(), false);
      await alert.getByText('Details').click();
      ok(await alert.getByText('Request ID: r-7').isVisible());
      equal(await alert.getByRole('button').count(), 1);
      await alert.getByRole('button', { name: 'Set API Key' }).click();
      deepStrictEqual(await panel.intents('failure-action'), [{ id: 'a1', action: 'set-key' }]);
      equal(await panel.page.getByRole('status').innerText(), 'Failed');
    });

    it('tells screen readers why an answer was cut', async () => {
      for (const [kind, words] of [
        ['output-limit', 'Answer stopped at the output limit'],
        ['window-full', 'Answer stopped because the context window is full'],
        ['stream-cut', 'Answer incomplete'],
      ] as const) {
        await open();
        const ending = { outcome: 'truncated', failure: { kind, retryable: true } } as const;
        await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Be'), ended('a1', ending));
        equal(await panel.page.getByRole('status').innerText(), words);
      }
    });

    it("shows the gateway's own words below the sentence, the beginning of long ones", async () => {
      await open();
      const words = 'image input is not supported - hint: you may need to provide the mmproj';
      const failure = { kind: 'bad-request', retryable: false, gatewayName: 'Demo', detail: words } as const;
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'), ended('a1', { outcome: 'failed', failure }));
      const alert = panel.article('GPT-5 mini').getByRole('alert');
      ok(await alert.getByText(words).isVisible());
      equal(await alert.getByText('Details').count(), 0, 'there is nothing more to tell');
      const long = `${'word '.repeat(100)}END`;
      await panel.happen(
        begun('a2', 'q1'),
        ended('a2', { outcome: 'failed', failure: { ...failure, detail: long } }),
      );
      equal(await alert.getByText('END').count(), 0);
      await alert.getByRole('button', { name: 'Show More' }).click();
      ok(await alert.getByText('END').isVisible());
      await alert.getByRole('button', { name: 'Show Less' }).click();
      equal(await alert.getByText('END').count(), 0);
    });

    const cuts: Record<string, [ending: Ending, sentence: RegExp, button: string]> = {
      'at the output limit': [
        { outcome: 'truncated', failure: { kind: 'output-limit', retryable: true } },
        /reached the output limit/,
        'Continue',
      ],
      'at the output limit, in a journal of an earlier version': [
        { outcome: 'completed', finishReason: 'length' },
        /reached the output limit/,
        'Continue',
      ],
      'because the window is full': [
        { outcome: 'truncated', failure: { kind: 'window-full', retryable: true, limit: 1_024 } },
        /context window of the model is full/,
        'Shorten Chat',
      ],
      'by a content filter': [
        { outcome: 'completed', finishReason: 'SAFETY' },
        /content filter stopped the answer/,
        'Try Again',
      ],
      'for a reason of its own': [
        { outcome: 'completed', finishReason: 'because' },
        /stopped with the finish reason “because”/,
        'Continue',
      ],
    };
    for (const [how, [ending, sentence, button]] of Object.entries(cuts)) {
      it(`says where the answer ends that it stopped ${how}`, async () => {
        await open();
        await panel.happen(
          asked('q1', 'Why?'),
          begun('a1', 'q1'),
          said('a1', 'Once upon'),
          ended('a1', ending),
        );
        const answer = panel.article('GPT-5 mini');
        const alert = answer.getByRole('alert');
        await alert.getByText(sentence).waitFor();
        ok(await answer.getByText('Once upon').isVisible());
        equal(await alert.locator('.button:not(.secondary)').count(), 1);
        ok((await alert.getByRole('button').count()) <= 2);
        ok(await alert.getByRole('button', { name: button }).isVisible());
      });
    }

    it('offers another model and the billing page when the balance is used up, by keyboard', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'));
      const failure = {
        kind: 'payment-required',
        retryable: false,
        gatewayName: 'OpenRouter',
        url: 'https://openrouter.ai/api/v1/chat/completions',
        status: 402,
        detail: 'Insufficient credits',
      } as const;
      await panel.happen(ended('a1', { outcome: 'failed', failure }));
      const alert = panel.article('GPT-5 mini').getByRole('alert');
      await alert.getByText('Your balance with OpenRouter is used up. Add credit or').waitFor();
      ok(await alert.getByText('Insufficient credits').isVisible());
      equal(await alert.getByText('openrouter.ai').isVisible(), false, 'the address is in the details');
      const main = alert.getByRole('button', { name: 'Choose Another Model', exact: true });
      const billing = alert.getByRole('button', { name: 'Open Billing Page', exact: true });
      await alert.locator('summary').focus();
      await panel.page.keyboard.press('Enter');
      await alert.getByText('HTTP 402 from https://openrouter.ai/api/v1/chat/completions').waitFor();
      await panel.page.keyboard.press('Tab');
      // The details can scroll, so they may be a stop of their own.
      if (!(await main.evaluate((button) => button === document.activeElement)))
        await panel.page.keyboard.press('Tab');
      await panel.page.keyboard.press('Enter');
      await panel.page.keyboard.press('Tab');
      ok(await billing.evaluate((button) => button === document.activeElement));
      await panel.page.keyboard.press('Enter');
      deepStrictEqual(await panel.intents('failure-action'), [
        { id: 'a1', action: 'select-model' },
        { id: 'a1', action: 'open-billing-page' },
      ]);
    });

    it('offers no billing page of a gateway that it does not know', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'));
      const failure = { kind: 'payment-required', retryable: false, gatewayName: 'Lab' } as const;
      await panel.happen(ended('a1', { outcome: 'failed', failure }));
      const alert = panel.article('GPT-5 mini').getByRole('alert');
      await alert.getByRole('button', { name: 'Choose Another Model' }).waitFor();
      equal(await alert.getByRole('button').count(), 1);
    });

    it('says that the model used up its limit before it answered', async () => {
      await open();
      await panel.happen(
        asked('q1', 'Why?'),
        begun('a1', 'q1'),
        thought('a1', 'Hm'),
        ended('a1', { outcome: 'failed', failure: { kind: 'output-limit-unanswered', retryable: true } }),
      );
      const alert = panel.article('GPT-5 mini').getByRole('alert');
      await alert.getByText(/reached its output limit before it answered/).waitFor();
      ok(await alert.getByRole('button', { name: 'Open Parameter Settings' }).isVisible());
    });

    it('says nothing of an answer that ended as answers do', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'));
      for (const [at, finishReason] of [null, 'stop', 'END_TURN', 'eos_token', 'tool_calls'].entries()) {
        const id = `a${at}`;
        await panel.happen(
          begun(id, 'q1'),
          said(id, 'Once'),
          ended(id, { outcome: 'completed', finishReason }),
        );
        equal(await panel.page.getByRole('alert').count(), 0, String(finishReason));
      }
    });

    it('keeps the text of a cut answer, and goes on with it', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Once upon'));
      await panel.happen(
        ended('a1', { outcome: 'truncated', failure: { kind: 'stream-cut', retryable: true } }),
      );
      const answer = panel.article('GPT-5 mini');
      ok(await answer.getByText('Once upon').isVisible());
      await answer.getByRole('button', { name: 'Continue' }).click();
      deepStrictEqual(await panel.intents('failure-action'), [{ id: 'a1', action: 'continue' }]);
      await panel.happen({ kind: 'answer-resumed', id: 'a1', at: 0 });
      equal(await answer.getByRole('alert').count(), 0);
      ok(await answer.locator('.waiting').isVisible());
      await panel.happen(said('a1', ' a time.'), ended('a1'));
      ok(await answer.getByText('Once upon a time.').isVisible());
    });

    it('keeps what came before a stop, and says that it was stopped', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Once'));
      await panel.happen(ended('a1', { outcome: 'cancelled' }));
      ok(await panel.article('GPT-5 mini').getByText('Once').isVisible());
      ok(await panel.article('GPT-5 mini').getByText('Stopped').isVisible());
      equal(await panel.page.getByRole('status').innerText(), 'Stopped');
    });

    it('folds the reasoning, with its time', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'), thought('a1', 'Let me see'));
      const answer = panel.article('GPT-5 mini');
      ok(await answer.getByText('Thinking…').isVisible());
      equal(await answer.getByText('Let me see').count(), 0);
      await panel.happen(said('a1', 'So.', 4), ended('a1'));
      await answer.getByText('Thought for 4 s').click();
      await answer.getByText('Let me see').waitFor();
    });

    it('shows the code that went with a prompt, to open', async () => {
      await open(
        conversationOf(
          'c1',
          asked('q1', 'Explain', null, [
            codeAttachment({ id: 'x', name: 'add.ts', startLine: 3, endLine: 9 }),
          ]),
          begun('a1', 'q1'),
          ended('a1'),
        ),
      );
      await panel.article('You').getByRole('button', { name: 'add.ts 3–9' }).click();
      deepStrictEqual(await panel.intents('open-attachment'), [{ id: 'x' }]);
      equal(await panel.page.getByRole('button', { name: /^Remove/ }).count(), 0);
    });

    it('recovers from a lost message', async () => {
      await open();
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'One'));
      panel.lose(said('a1', ' two'));
      await panel.happen(said('a1', ' three'));
      equal((await panel.intents('ready')).length, 2);
      await panel.show(panel.conversation);
      await panel.happen(said('a1', ' four'), ended('a1'));
      ok(await panel.article('GPT-5 mini').getByText('One two three four').isVisible());
    });
  });

  describe('empty', () => {
    const card = (
      id: string,
      name: string,
    ): { id: string; name: string; description: string; ready: boolean } => ({
      id,
      name,
      description: 'models',
      ready: false,
    });

    it('leads a new user to a gateway', async () => {
      panel = await panels.open();
      await panel.show(conversationOf('c1'), {
        model: null,
        gateways: [card('one', 'One'), card('two', 'Two')],
        attachments: [],
        context: null,
        queue: [],
        comparison: [],
      });
      await panel.page.getByRole('button', { name: 'Two' }).click();
      await panel.page.getByRole('button', { name: /^Any Base URL…/ }).click();
      deepStrictEqual(await panel.intents('add-gateway'), [
        { gatewayId: 'two' },
        { gatewayId: null, kind: 'custom' },
      ]);
    });

    it('offers first questions: one to send, others to complete', async () => {
      await open();
      await panel.page.getByRole('button', { name: /regular expression/ }).click();
      await panel.settle();
      ok((await panel.composer.inputValue()).startsWith('Write a regular expression'));
      deepStrictEqual(await panel.intents('submit'), []);
      await panel.page.getByRole('button', { name: 'What can you help me with?' }).click();
      deepStrictEqual(await panel.intents('submit'), [{ text: 'What can you help me with?' }]);
    });

    it("speaks the user's language", async () => {
      await open(conversationOf('c1'), { language: 'zh-cn', bundle: { Send: '发送', Message: '消息' } });
      ok(await panel.button('发送').isVisible());
      ok(await panel.page.getByRole('textbox', { name: '消息' }).isVisible());
      equal(await panel.page.evaluate(() => document.documentElement.lang), 'zh-cn');
    });
  });
});
