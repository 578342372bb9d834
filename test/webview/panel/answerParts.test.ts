import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { Failure } from '../../../src/shared/failure/failure';
import type { Media } from '../../../src/shared/answer/media';
import type { Token } from '../../../src/shared/answer/token';
import type { Usage } from '../../../src/shared/answer/usage';
import { codeAttachment } from '../../support/messages';
import { AnswerPanel } from './answerPanel';
import { readyState, type PanelPage } from './panelPage';
import { asked, begun, called, completed, conversationOf, ended, picture, said, sound } from './samples';

const limited: Failure = { kind: 'rate-limited', retryable: true, gatewayName: 'Demo', seconds: 3 };

describe('parts of an answer', () => {
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;

  beforeEach(async () => {
    ({ panel, answer } = await answers.open());
  });

  const show = (...events: ConversationEvent[]): Promise<void> => answers.happen(...events);

  const media = (medium: Media): ConversationEvent => ({
    kind: 'media-added',
    id: 'a1',
    media: medium,
    at: 0,
  });
  const adapted = (part: string): ConversationEvent => ({ kind: 'request-adapted', id: 'a1', part, at: 0 });
  const endedWith = (usage: Usage | null, servedModel: string | null = null): ConversationEvent => ({
    kind: 'answer-ended',
    id: 'a1',
    ending: completed,
    usage,
    servedModel,
    at: 0,
  });

  describe('a retry', () => {
    it('says why nothing came yet and counts down, until the answer begins', async () => {
      ({ panel, answer } = await answers.open({ time: 0 }));
      await show();
      await panel.happen({
        kind: 'retry-scheduled',
        id: 'a1',
        retry: { attempt: 2, until: 60_000, failure: limited },
        at: 0,
      });
      await answer.getByText('Demo is limiting requests.').waitFor();
      // The page's clock also goes by itself, so some of the seconds may have passed.
      await answer.getByText(/Trying again in (60|5\d) s \(attempt 2\)/).waitFor();
      await panel.page.clock.runFor(20_000);
      await answer.getByText(/Trying again in (40|3\d) s \(attempt 2\)/).waitFor();
      await panel.page.clock.runFor(40_000);
      await answer.getByText('Trying again (attempt 2)').waitFor();
      equal(await panel.page.getByRole('alert').count(), 0, 'it is no failure yet');
      await panel.happen(said('a1', 'At last.'));
      await answer.getByText('At last.').waitFor();
      equal(await answer.getByText('Trying again').count(), 0);
    });

    it('says that the server loads its model, and how long it may take', async () => {
      ({ panel, answer } = await answers.open({ time: 0 }));
      await show();
      const failure = { kind: 'model-loading', retryable: true, gatewayName: 'Local', seconds: 9 } as const;
      await panel.happen({
        kind: 'retry-scheduled',
        id: 'a1',
        retry: { attempt: 2, until: 120_000, failure },
        at: 0,
      });
      await answer.getByText('Local is still loading the model.').waitFor();
      await answer.getByText(/Waiting for up to 1(20|1\d) s more/).waitFor();
      await panel.page.clock.runFor(20_000);
      await answer.getByText(/Waiting for up to (100|9\d) s more/).waitFor();
    });

    it('is called off by Stop', async () => {
      await show({
        kind: 'retry-scheduled',
        id: 'a1',
        retry: { attempt: 3, until: Date.now() + 60_000, failure: limited },
        at: 0,
      });
      await answer.getByText('(attempt 3)').waitFor();
      await panel.button('Stop').click();
      deepStrictEqual(await panel.intents('stop'), [{}]);
    });
  });

  it('tells what of the request was left out, each once', async () => {
    await show(adapted('temperature'), adapted('system role'), adapted('temperature'), said('a1', 'Yes.'));
    await answer
      .getByText('Sent without temperature and the system role, which the gateway refused.')
      .waitFor();
  });

  it('tells of earlier pictures, of fields that do not go together, and of a prompt that the server cut', async () => {
    await show(
      adapted('array content'),
      adapted('top_p with temperature'),
      adapted('prompt 763/2811'),
      said('a1', 'Yes.'),
    );
    await answer
      .getByText(
        'Sent without earlier pictures and top_p (together with temperature), which the gateway refused.',
      )
      .waitFor();
    await answer.getByText('The gateway read only 763 of about 2811 tokens of the prompt.').waitFor();
  });

  it('tells that the oldest messages stayed behind, and what stood for them', async () => {
    await show(
      { kind: 'context-shortened', id: 'a1', from: 'q1', summary: 'They spoke of blue.', at: 0 },
      said('a1', 'Yes.'),
      endedWith(null),
    );
    await answer.getByText('Sent with a summary of the oldest messages.').click();
    ok(await answer.getByText('They spoke of blue.').isVisible());
    await panel.happen({ kind: 'context-shortened', id: 'a1', from: 'q1', summary: null, at: 0 });
    ok(await answer.getByText('Sent without the oldest messages of this chat.').isVisible());
  });

  describe('usage', () => {
    it('says how many tokens went up and came down, how many were cached and how many were reasoning', async () => {
      await show(
        said('a1', 'Yes.'),
        endedWith({ promptTokens: 1000, cachedTokens: 600, completionTokens: 24, reasoningTokens: 8 }),
      );
      const figure = answer.locator('.usage');
      await figure.waitFor();
      match(await figure.innerText(), /^↑ 1,000 ↓ 24 · 600 cached · 8 reasoning/);
      const words = ['Prompt: 1,000 tokens', 'Cached: 600', 'Answer: 24 tokens', 'Reasoning: 8'];
      deepStrictEqual((await figure.getAttribute('title'))?.split('\n'), words);
      // A screen reader gets the words in place of the arrows.
      match(
        await figure.ariaSnapshot(),
        /Prompt: 1,000 tokens Cached: 600 Answer: 24 tokens Reasoning: 8"?$/m,
      );
    });

    it('has no cached and no reasoning tokens where the gateway told none', async () => {
      await show(said('a1', 'Yes.'), endedWith({ promptTokens: 98, completionTokens: 72, cachedTokens: 0 }));
      const figure = answer.getByText('↑ 98 ↓ 72', { exact: true });
      await figure.waitFor();
    });

    it('is short for large numbers, and hides the rest in a narrow panel', async () => {
      await panel.page.setViewportSize({ width: 240, height: 600 });
      await show(
        said('a1', 'Yes.'),
        endedWith({ promptTokens: 118_432, cachedTokens: 9_000, completionTokens: 1_286 }),
      );
      await answer.getByText('↑ 118.4k ↓ 1,286').waitFor();
      equal(await answer.getByText('9,000 cached').isVisible(), false);
      match(
        (await answer.locator('.usage').getAttribute('title')) ?? '',
        /Prompt: 118,432 tokens\nCached: 9,000/,
      );
    });

    it('is marked when it is an estimate', async () => {
      await show(said('a1', 'Yes.'), endedWith({ totalTokens: 1024, estimated: true }));
      await answer.getByText('≈ 1,024 tokens').waitFor();
      match((await answer.locator('.usage').getAttribute('title')) ?? '', /Estimated/);
    });
  });

  describe('cost', () => {
    const tokens = { promptTokens: 1_204, completionTokens: 380 };

    it('is displayed with its source and with what the cache saved', async () => {
      const cost = { amount: 0.0042, currency: 'USD', source: 'reported', saved: 0.0012 } as const;
      await show(said('a1', 'Yes.'), endedWith({ ...tokens, cost }));
      const figure = answer.locator('.cost');
      await answer.getByText('$0.0042', { exact: true }).waitFor();
      const words = ['Cost: $0.0042', 'Reported by the gateway.', 'Cached tokens saved $0.0012.'];
      deepStrictEqual((await figure.getAttribute('title'))?.split('\n'), words);
      match(await figure.ariaSnapshot(), /Cost: \$0\.0042 Reported by the gateway\. Cached tokens/);
    });

    it('is marked as approximate, with the reasons', async () => {
      const doubts: ('tokens' | 'cache' | 'group')[] = ['tokens', 'cache', 'group'];
      const cost = { amount: 0.000012, currency: 'CNY', source: 'listed', doubts } as const;
      await show(said('a1', 'Yes.'), endedWith({ ...tokens, cost }));
      await answer.getByText('≈ ¥0.000012', { exact: true }).waitFor();
      deepStrictEqual((await answer.locator('.cost').getAttribute('title'))?.split('\n'), [
        'Cost: ≈ ¥0.000012',
        "Calculated from the gateway's listed prices.",
        'The gateway sent no token count, so the tokens are estimated.',
        'The price of cached tokens is unknown. They count at the full price.',
        'This is the lowest price of the gateway. Your user group may pay more.',
      ]);
    });

    it('is displayed without any count of tokens, and not at all when unknown', async () => {
      const cost = { amount: 0.3, currency: 'USD', source: 'settings' } as const;
      await show(said('a1', 'Yes.'), endedWith({ cost }));
      await answer.getByText('$0.30', { exact: true }).waitFor();
      equal(await answer.locator('.usage').count(), 0);
      await show(said('a1', 'Yes.'), endedWith(tokens));
      await answer.getByText('↑ 1,204 ↓ 380').waitFor();
      equal(await answer.locator('.cost').count(), 0);
    });

    it('is the sum of all requests for an answer that was resumed', async () => {
      const cost = { amount: 0.1, currency: 'USD', source: 'listed' } as const;
      await show(
        said('a1', 'Yes'),
        endedWith({ ...tokens, cost }),
        { kind: 'answer-resumed', id: 'a1', at: 0 },
        said('a1', '.'),
        endedWith({ ...tokens, cost: { ...cost, amount: 0.2 } }),
      );
      await answer.getByText('$0.30', { exact: true }).waitFor();
    });
  });

  it('names the model actually used when it is another one', async () => {
    await show(said('a1', 'Yes.'), endedWith(null, 'gpt-5-mini-2025-08-07'));
    ok(await answer.getByText('→ gpt-5-mini-2025-08-07').isVisible());
    equal(await answer.getByText('Answered by gpt-5-mini-2025-08-07').count(), 1);
  });

  it('says nothing of the model used when it is the one asked for', async () => {
    await show(said('a1', 'Yes.'), endedWith(null, 'gpt-5-mini'));
    equal(await answer.getByText('→').count(), 0);
  });

  describe('media', () => {
    it('shows a picture that came with the answer, and saves it', async () => {
      await show(media({ kind: 'image', url: picture, name: 'A red square' }), endedWith(null));
      const figure = answer.getByRole('figure', { name: 'A red square' });
      const image = figure.getByRole('img', { name: 'A red square' });
      await image.waitFor();
      equal(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth), 120);
      await figure.getByRole('button', { name: 'Save' }).click();
      deepStrictEqual(await panel.intents('save-media'), [{ id: 'a1', index: 0 }]);
    });

    it('fetches nothing from elsewhere, but offers to show it', async () => {
      const outside: string[] = [];
      panel.page.on('request', (request) => outside.push(request.url()));
      await show(
        media({ kind: 'image', url: picture }),
        media({ kind: 'image', url: 'https://pictures.example/secret.png' }),
        media({ kind: 'video', url: 'https://videos.example/clip.mp4' }),
      );
      const card = answer.getByRole('figure', { name: 'Picture 2' });
      await card.getByText('pictures.example').waitFor();
      await answer.getByRole('figure', { name: 'Video 3' }).getByText('videos.example').waitFor();
      await card.getByRole('button', { name: 'Show' }).click();
      deepStrictEqual(await panel.intents('load-media'), [{ id: 'a1', index: 1 }]);
      deepStrictEqual(
        outside.filter((url) => url.includes('example')),
        [],
      );
      await panel.send('media-loaded', { id: 'a1', index: 1, url: picture });
      await card.getByRole('img', { name: 'Picture 2' }).waitFor();
      const save = card.getByRole('button', { name: 'Save' });
      ok(await save.evaluate((button) => button === document.activeElement), 'the keyboard has a place');
    });

    it('say that VS Code cannot play a format, and can still be saved', async () => {
      const broken = (mimeType: string): string =>
        `data:${mimeType};base64,${Buffer.from('neither sound nor picture').toString('base64')}`;
      await show(
        media({ kind: 'audio', url: broken('audio/aac') }),
        media({ kind: 'video', url: broken('video/mp4') }),
        media({ kind: 'image', url: broken('image/png') }),
        endedWith(null),
      );
      const words = [
        ['Audio 1', "VS Code can't play the format of this file."],
        ['Video 2', "VS Code can't play the format of this file."],
        ['Picture 3', "VS Code can't show this picture."],
      ] as const;
      for (const [name, sentence] of words) {
        const card = answer.getByRole('figure', { name });
        await card.getByText(sentence).waitFor();
        await card.getByRole('button', { name: 'Save' }).waitFor();
      }
      await answer.getByRole('figure', { name: 'Audio 1' }).getByRole('button', { name: 'Save' }).click();
      deepStrictEqual(await panel.intent('save-media'), { id: 'a1', index: 0 });
    });

    it('plays sounds that came with the answer', async () => {
      await show(media({ kind: 'audio', url: sound }), endedWith(null));
      const player = answer.getByRole('figure', { name: 'Audio 1' }).locator('audio');
      await player.waitFor();
      ok(await player.evaluate((element) => (element as HTMLAudioElement).controls));
      // The page's policy lets it in: what is refused ends in an error.
      await panel.page.waitForFunction(() => {
        const audio = document.querySelector('audio');
        return audio !== null && (audio.readyState > 0 || audio.error !== null);
      });
      equal(await player.evaluate((element) => (element as HTMLAudioElement).error?.message ?? null), null);
    });
  });

  describe('probabilities', () => {
    const token = (text: string, probability: number, ...alternatives: [string, number][]): Token => ({
      text,
      logprob: Math.log(probability),
      alternatives: alternatives.map(([other, its]) => ({ text: other, logprob: Math.log(its) })),
    });
    const tokens = [
      token('The', 0.95, ['The', 0.95], ['A', 0.04]),
      token(' sky', 0.3, [' sky', 0.3], [' sea', 0.25]),
      token('\n', 0.7),
    ];

    beforeEach(async () => {
      await show(
        said('a1', 'The sky\n'),
        { kind: 'tokens-appended', id: 'a1', tokens: tokens.slice(0, 1), at: 0 },
        { kind: 'tokens-appended', id: 'a1', tokens: tokens.slice(1), at: 0 },
        endedWith(null),
      );
      await answer.getByRole('button', { name: 'Probabilities' }).click();
    });

    it('show each token with its alternatives, by keyboard alone', async () => {
      const list = answer.getByRole('group', { name: 'Probabilities' });
      await list.getByRole('button').nth(2).waitFor();
      equal(await list.getByRole('button').count(), 3);
      await list.getByRole('button', { name: 'The 95%' }).focus();
      const tooltip = panel.page.getByRole('tooltip');
      match(await tooltip.innerText(), /The\s+95%\s+A\s+4%/);
      await panel.page.keyboard.press('ArrowRight');
      const second = list.getByRole('button', { name: '␣sky 30%' });
      ok(await second.evaluate((element) => element === document.activeElement));
      match(await tooltip.innerText(), /␣sky\s+30%\s+␣sea\s+25%/);
      equal(await second.getAttribute('aria-describedby'), await tooltip.getAttribute('id'));
      equal(await list.locator('[tabindex="0"]').count(), 1, 'one stop for Tab');
      await panel.page.keyboard.press('End');
      ok(await list.getByRole('button', { name: '↵ 70%' }).evaluate((it) => it === document.activeElement));
      await panel.page.keyboard.press('Escape');
      equal(await tooltip.count(), 0);
    });

    it('give the text back when switched off', async () => {
      const toggle = answer.getByRole('button', { name: 'Probabilities' });
      equal(await toggle.getAttribute('aria-pressed'), 'true');
      equal(await answer.getByRole('paragraph').getByText('The sky').isVisible(), false);
      await toggle.click();
      equal(await toggle.getAttribute('aria-pressed'), 'false');
      ok(await answer.getByText('The sky').isVisible());
    });
  });

  it('offers no probabilities where none came', async () => {
    await show(said('a1', 'Yes.'), endedWith(null));
    equal(await answer.getByRole('button', { name: 'Probabilities' }).count(), 0);
  });

  describe('tool calls', () => {
    it('are folded lines with arguments and result, and results are no messages', async () => {
      await show(
        called('a1', { id: 'call-1', name: 'get_weather', arguments: '{"city":"Bern"}', complete: true }),
        ended('a1', { outcome: 'completed', finishReason: 'tool_calls' }),
      );
      await panel.happen({
        kind: 'message-added',
        id: 't1',
        parent: 'a1',
        at: 0,
        content: { role: 'tool', callId: 'call-1', name: 'get_weather', text: 'Sunny, 21 °C' },
      });
      await panel.happen(begun('a2', 't1'), said('a2', 'It is sunny.'), ended('a2'));
      equal(await panel.page.getByRole('article').count(), 3, 'a question and two answers');
      const caller = answer.first();
      await caller.getByText('Called get_weather').click();
      await caller.getByText('"city": "Bern"').waitFor();
      ok(await caller.getByText('Result', { exact: true }).isVisible());
      ok(await caller.getByText('Sunny, 21 °C').isVisible());
    });

    it('say that they were cut', async () => {
      await show(
        called('a1', { id: 'call-1', name: 'delete_all', arguments: '{"pat', complete: false }),
        ended('a1', { outcome: 'truncated', failure: { kind: 'stream-cut', retryable: true } }),
      );
      await answer.getByText('Call was truncated and not run').click();
      ok(await answer.getByText('{"pat').isVisible());
      equal(await answer.getByText('Result').count(), 0);
    });
  });

  it('lets the versions of one question stream side by side', async () => {
    await panel.show(
      conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), begun('a2', 'q1'), begun('a3', 'q1')),
    );
    await panel.happen({ kind: 'version-selected', id: 'a1', at: 0 });
    await panel.happen(said('a1', 'One'), said('a2', 'Two'), said('a3', 'Three'));
    ok(await answer.getByText('1 of 3').isVisible());
    equal(await answer.getByRole('button', { name: 'Regenerate' }).count(), 0);
    await answer.getByRole('button', { name: 'Next Version' }).click();
    deepStrictEqual(await panel.intents('select-version'), [{ id: 'a2' }]);
    await panel.happen({ kind: 'version-selected', id: 'a2', at: 0 });
    await panel.happen(said('a2', ' goes on'));
    ok(await answer.getByText('Two goes on').isVisible());
    ok(await answer.getByText('2 of 3').isVisible());
    const next = answer.getByRole('button', { name: 'Next Version' });
    ok(await next.evaluate((button) => button === document.activeElement), 'the keyboard stays where it was');
    await panel.happen(ended('a1'));
    equal(await panel.page.getByRole('status').innerText(), '', 'others are still streaming');
    await panel.happen(ended('a2'), ended('a3'));
    equal(await panel.page.getByRole('status').innerText(), 'Answer complete');
    ok(await next.evaluate((button) => button === document.activeElement), 'also when the answer ends');
    await answer.getByRole('button', { name: 'Regenerate' }).waitFor();
  });

  describe('beside the answer', () => {
    it('shows pictures that went with a prompt small, and names those on the web', async () => {
      await panel.show(
        conversationOf(
          'c1',
          asked('q1', 'What is this?', null, [
            { kind: 'image', id: 'i1', name: 'square.svg', url: picture },
            { kind: 'image', id: 'i2', name: 'far.png', url: 'https://pictures.example/far.png' },
            codeAttachment({ id: 'x', name: 'add.ts', startLine: 3, endLine: 9 }),
          ]),
        ),
      );
      const prompt = panel.article('You');
      ok(await prompt.getByRole('img', { name: 'square.svg' }).isVisible());
      ok(await prompt.getByText('far.png').isVisible());
      equal(await prompt.getByRole('img', { name: 'far.png' }).count(), 0);
      ok(await prompt.getByRole('button', { name: 'add.ts 3–9' }).isVisible());
    });

    it('has chips for pictures that are to go with the next prompt', async () => {
      await panel.show(conversationOf('c1'), {
        ...readyState,
        attachments: [
          {
            kind: 'image',
            icon: 'file-media',
            id: 'i1',
            label: 'square.png',
            description: 'Picture square.png',
            tokens: null,
          },
        ],
      });
      const context = panel.page.getByRole('list', { name: 'Context' });
      ok(await context.getByText('square.png').isVisible());
      await context.getByRole('button', { name: 'Remove square.png' }).click();
      deepStrictEqual(await panel.intents('remove-attachment'), [{ id: 'i1' }]);
    });

    it("measures the conversation against the model's window", async () => {
      const context = { used: 12_000, reserved: 4_096, window: 128_000, dropped: 2 };
      await panel.show(conversationOf('c1'), { ...readyState, context });
      const meter = panel.page.getByRole('meter', { name: 'Context' });
      equal(
        await meter.getAttribute('aria-valuetext'),
        '12,000 of 128,000 tokens. Reserved for the answer: 4,096. Oldest messages left out: 2',
      );
      await panel.send('state', { ...readyState, context: { ...context, window: null } });
      equal(await meter.count(), 0);
      ok(await panel.page.getByText('12,000 tokens').isVisible());
      await panel.send('state', readyState);
      equal(await panel.page.getByText('12,000 tokens').count(), 0);
    });
  });
});
