import { deepStrictEqual, equal } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { Source } from '../../../src/shared/answer/source';
import { AnswerPanel } from './answerPanel';
import type { PanelPage } from './panelPage';
import { ended, said, thought } from './samples';

const rome: Source = { url: 'https://example.com/rome', number: 1, title: 'Rome' };
const paris: Source = { url: 'https://paris.example/a/b?c=d', number: 2 };

describe('the sources of an answer', () => {
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;

  beforeEach(async () => {
    ({ panel, answer } = await answers.open());
  });

  const named = (...sources: Source[]): ConversationEvent => ({
    kind: 'sources-added',
    id: 'a1',
    sources,
    at: 0,
  });

  const show = (...events: ConversationEvent[]): Promise<void> => answers.happen(...events);

  it('stand below it as a list of links, and open outside', async () => {
    await show(said('a1', 'In Rome[1].'), named(rome, paris), ended('a1'));
    const list = answer.getByRole('list', { name: 'Sources' });
    await list.waitFor();
    deepStrictEqual(await list.getByRole('link').allTextContents(), ['Rome', 'paris.example/a/b?c=d']);
    await list.getByRole('link', { name: 'Rome' }).click();
    deepStrictEqual(await panel.intents('open-link'), [{ href: rome.url }]);
  });

  it('come while the answer streams, and are told once more with their titles', async () => {
    await show(said('a1', 'In Rome'));
    await panel.happen(named({ url: rome.url, number: 1 }));
    await answer.getByRole('link', { name: 'example.com/rome' }).waitFor();
    await panel.happen(named(rome));
    await answer.getByRole('link', { name: 'Rome', exact: true }).waitFor();
    equal(await answer.getByRole('link').count(), 1);
  });

  it('are what the marks in the text lead to', async () => {
    await show(said('a1', 'In Rome[1], Paris[2][1] and Oslo[3].'), named(rome, paris), ended('a1'));
    const marks = answer.locator('.streamed a');
    await marks.first().waitFor();
    deepStrictEqual(await marks.allTextContents(), ['[1]', '[2]', '[1]']);
    await marks.nth(1).click();
    deepStrictEqual(await panel.intents('open-link'), [{ href: paris.url }]);
  });

  it('are found from the marks of other makers, too', async () => {
    await show(
      said('a1', 'A[ref_1] b[citation:2] c【1】 d【2†source】 e[^1^]'),
      named(rome, paris),
      ended('a1'),
    );
    const marks = answer.locator('.streamed a.source-mark');
    await marks.first().waitFor();
    deepStrictEqual(await marks.allTextContents(), [
      '[ref_1]',
      '[citation:2]',
      '【1】',
      '【2†source】',
      '[^1^]',
    ]);
  });

  it('are not looked for in code, in links, in formulas or among other brackets', async () => {
    const text =
      '`a[1]` and [x[1]](https://x.example) and [ 1 ] [1a] [01x] [-1] [1.5] [9] $a[1]$\n\n```\na[1]\n```\n\nEnd[1]';
    await show(said('a1', text), named(rome), ended('a1'));
    const marks = answer.locator('.streamed a.source-mark');
    await marks.first().waitFor();
    equal(await marks.count(), 1);
    equal(await answer.locator('code a').count(), 0);
  });

  it('become links again when the text is drawn once more', async () => {
    await show(said('a1', 'In Rome[1].'), named(rome), ended('a1'));
    await answer.locator('.streamed a').waitFor();
    await panel.happen({ kind: 'answer-resumed', id: 'a1', at: 0 });
    await panel.happen(said('a1', ' And again[1].'), ended('a1'));
    await answer.locator('.streamed a').nth(1).waitFor();
    equal(await answer.locator('.streamed').textContent(), 'In Rome[1]. And again[1].');
  });

  it('are not shown for addresses that are no pages', async () => {
    await show(
      said('a1', 'In Rome[1].'),
      named({ url: 'javascript:alert(1)', number: 1 }, { url: 'https://a:b@example.com/', number: 2 }),
      ended('a1'),
    );
    equal(await answer.getByRole('list', { name: 'Sources' }).count(), 0);
    equal(await answer.locator('.streamed a').count(), 0);
  });

  it('keep hostile titles as words', async () => {
    await show(said('a1', 'x'), named({ ...rome, title: '<img src=x onerror=alert(1)>' }), ended('a1'));
    await answer.getByRole('link', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    equal(await answer.locator('img').count(), 0);
  });

  it('are told apart from reasoning that is opened', async () => {
    await show(thought('a1', 'See [1].'), said('a1', 'In Rome[1].'), named(rome), ended('a1'));
    await answer.locator('summary').click();
    await answer.locator('.reasoning .streamed p').waitFor();
    equal(await answer.locator('.reasoning .streamed a').count(), 0);
    equal(await answer.locator('a.source-mark').count(), 1);
  });
});

describe('text that turns out to be reasoning', () => {
  const answers = new AnswerPanel();

  it('moves out of the answer into the fold above it', async () => {
    const { panel, answer } = await answers.open();
    await answers.happen(said('a1', 'The user asks.'));
    await answer.getByText('The user asks.').waitFor();
    await panel.happen(
      { kind: 'text-became-reasoning', id: 'a1', length: 'The user asks.'.length, at: 0 },
      said('a1', 'Because.'),
      ended('a1'),
    );
    await answer.getByText('Because.').waitFor();
    equal(await answer.getByText('The user asks.').count(), 0);
    await answer.locator('summary').click();
    await answer.locator('.reasoning').getByText('The user asks.').waitFor();
  });
});

describe('the progress of a prompt', () => {
  const answers = new AnswerPanel();

  it('is shown until the answer begins, and told to screen readers', async () => {
    const { panel, answer } = await answers.open();
    await answers.happen();
    await panel.happen({ kind: 'prompt-progressed', id: 'a1', done: 68, total: 200, at: 0 });
    const bar = answer.getByRole('progressbar', { name: 'Reading the prompt' });
    await bar.waitFor();
    deepStrictEqual(
      [await bar.textContent(), await bar.getAttribute('aria-valuenow')],
      ['Reading the prompt, 34%', '34'],
    );
    equal(await answer.getByRole('status').textContent(), 'Reading the prompt, 25%');
    await panel.happen({ kind: 'prompt-progressed', id: 'a1', done: 200, total: 200, at: 0 });
    await answer.getByText('Reading the prompt, 100%').first().waitFor();
    await panel.happen(said('a1', 'Because.'));
    await answer.getByText('Because.').waitFor();
    equal(await bar.count(), 0);
  });
});
