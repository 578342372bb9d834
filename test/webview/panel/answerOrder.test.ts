import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { ToolOutcome } from '../../../src/shared/answer/toolCallState';
import { AnswerPanel } from './answerPanel';
import type { PanelPage } from './panelPage';
import { called, ended, picture, said, thought } from './samples';

const media: ConversationEvent = {
  kind: 'media-added',
  id: 'a1',
  media: { kind: 'image', url: picture, name: 'A red square' },
  at: 0,
};
const sources: ConversationEvent = {
  kind: 'sources-added',
  id: 'a1',
  sources: [{ url: 'https://example.com/red', number: 1, title: 'Red' }],
  at: 0,
};
const started = (index: number, name: string): ConversationEvent => ({
  kind: 'tool-call-started',
  id: 'a1',
  index,
  name,
  at: 0,
});
const writes = (index: number, text: string): ConversationEvent => ({
  kind: 'tool-call-arguments',
  id: 'a1',
  index,
  text,
  at: 0,
});
const runs = (call: number): ConversationEvent => ({
  kind: 'tool-call-state',
  id: 'a1',
  call,
  state: 'running',
  at: 0,
});
const gave = (id: string, parent: string, callId: string, outcome: ToolOutcome): ConversationEvent => ({
  kind: 'message-added',
  id,
  parent,
  at: 0,
  content: { role: 'tool', callId, name: 'look', text: `Result ${outcome}`, outcome },
});
const call = (id: string, name = 'look'): ConversationEvent =>
  called('a1', { id, name, arguments: '{"at":1}', complete: true });

describe('the order of an answer', () => {
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;

  beforeEach(async () => {
    ({ panel, answer } = await answers.open());
  });

  /** The parts that the page shows, in the order of its elements. */
  async function shownParts(): Promise<string[]> {
    await panel.settle();
    const parts = answer.locator('.answer-text, .reasoning, .media, .fold, .sources');
    return await parts.evaluateAll((elements) =>
      elements.map((element) => {
        if (element.matches('.media')) return `picture ${element.getAttribute('aria-label') ?? ''}`;
        if (element.matches('.sources')) return 'sources';
        if (element.matches('details')) return element.querySelector('summary')?.textContent ?? '';
        return element.textContent;
      }),
    );
  }

  it('has a picture between two paragraphs, and the sources at the end', async () => {
    await answers.happen(said('a1', 'Before.'), sources, media, said('a1', 'After'));
    deepStrictEqual(await shownParts(), ['Before.', 'picture A red square', 'After', 'sources']);
    await panel.happen(said('a1', ' it[1].'), ended('a1'));
    deepStrictEqual(await shownParts(), ['Before.', 'picture A red square', 'After it[1].', 'sources']);
    await answer.locator('.answer-text a', { hasText: '[1]' }).waitFor();
  });

  it('has reasoning between two tool calls, each with its own words', async () => {
    await answers.happen(thought('a1', 'First thought.'), call('1'), thought('a1', 'Second thought.'));
    // What shows tool calls loads with the first one.
    await answer.getByText('Called look').waitFor();
    deepStrictEqual(await shownParts(), ['Thoughts', 'Called look', 'Thinking…']);
    await answer.getByText('Thinking…').click();
    await answer.getByText('Second thought.').waitFor();
    await panel.happen(thought('a1', ' And more.'));
    await answer.getByText('Second thought. And more.').waitFor();
    await panel.happen(call('2', 'run'), ended('a1'));
    await answer.getByText('Called run').waitFor();
    deepStrictEqual(await shownParts(), ['Thoughts', 'Called look', 'Thoughts', 'Called run']);
  });

  it('has text after reasoning after text, and keeps the elements and the selection of what came before', async () => {
    await answers.happen(said('a1', 'One word.'));
    const first = await answer.getByText('One word.').elementHandle();
    await panel.page.evaluate(() => {
      const text = document.querySelector('.answer-text p')?.firstChild;
      if (text) getSelection()?.setBaseAndExtent(text, 4, text, 8);
    });
    await panel.happen(thought('a1', 'Hm.'));
    await panel.happen(said('a1', 'Two words.'));
    await panel.happen(media, ended('a1'));
    await answer.getByText('Two words.').waitFor();
    equal(await first.evaluate((element) => element.isConnected), true);
    equal(await panel.page.evaluate(() => getSelection()?.toString()), 'word');
    equal((await shownParts()).length, 4);
  });

  it('copies the text of all parts', async () => {
    await answers.happen(said('a1', 'Before.'), media, said('a1', 'After.'), ended('a1'));
    await answer.getByRole('button', { name: 'Copy', exact: true }).click();
    equal((await panel.intent('copy')).text, 'Before.\n\nAfter.');
  });

  it('finds words in every part that is shown', async () => {
    await answers.happen(said('a1', 'A red square.'), media, said('a1', 'Also red.'), ended('a1'));
    await panel.send('show', { part: 'find' });
    await panel.page.getByRole('textbox', { name: 'Find', exact: true }).fill('red');
    await panel.page.getByText(/1 of 2/).waitFor();
  });

  describe('a tool call', () => {
    it('is shown while the model writes it, with its arguments as they come', async () => {
      await answers.happen(said('a1', 'I look.'), started(0, 'look'), writes(0, '{"at"'));
      deepStrictEqual(await shownParts(), ['I look.', 'Writing a call to look…']);
      await answer.getByText('Writing a call to look…').click();
      const args = answer.getByLabel('Arguments');
      equal(await args.innerText(), '{"at"');
      await panel.happen(writes(0, ':1}'));
      equal(await args.innerText(), '{"at":1}');
      await panel.happen({
        kind: 'tool-called',
        id: 'a1',
        call: { id: '1', name: 'look', arguments: '{"at":1}', complete: true },
        index: 0,
        at: 0,
      });
      await answer.getByText('Called look').waitFor();
      ok(await answer.getByText('"at": 1').isVisible(), 'the fold stays open');
    });

    it('says that it runs, and Stop stays until it is over', async () => {
      await answers.happen(call('1'), runs(0), ended('a1'));
      await answer.getByText('Running look…').waitFor();
      ok(await panel.page.getByRole('button', { name: 'Stop' }).isVisible());
      equal(await panel.page.getByRole('status').first().innerText(), '');
      equal(await answer.getByRole('button', { name: 'Regenerate' }).count(), 0);
      await panel.happen(gave('t1', 'a1', '1', 'done'));
      await answer.getByText('Called look').waitFor();
    });

    it('says that it was stopped, and so does the page', async () => {
      await answers.happen(call('1'), runs(0), ended('a1'));
      await panel.happen(gave('t1', 'a1', '1', 'cancelled'));
      await answer.getByText('look was stopped').click();
      await answer.getByText('Result cancelled').waitFor();
      await panel.page.getByRole('status').getByText('Stopped').waitFor();
      equal(await panel.page.getByRole('button', { name: 'Stop' }).count(), 0);
    });

    for (const [outcome, words] of [
      ['failed', 'look failed'],
      ['denied', 'look was not allowed'],
    ] as const) {
      it(`says that it ${outcome === 'failed' ? 'failed' : 'was denied'}`, async () => {
        await answers.happen(call('1'), runs(0), ended('a1'), gave('t1', 'a1', '1', outcome));
        await answer.getByText(words).waitFor();
      });
    }
  });

  it('joins the text again when a cut answer goes on after another thought', async () => {
    const cut = { outcome: 'truncated', failure: { kind: 'stream-cut', retryable: true } } as const;
    await answers.happen(said('a1', 'Hel'), ended('a1', cut));
    await panel.happen({ kind: 'answer-resumed', id: 'a1', at: 0 });
    await panel.happen(thought('a1', 'Where was I?'));
    await panel.happen(said('a1', 'lo'));
    await panel.happen(said('a1', '.'), ended('a1'));
    deepStrictEqual(await shownParts(), ['Thought for 1 s', 'Hello.']);
  });
});
