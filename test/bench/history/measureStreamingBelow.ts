import type { Browser } from 'playwright-core';
import type { Conversation } from '../../../src/shared/conversation/conversation';
import type { PageFiles } from '../browser/bundlePages';
import { askedConversation, openContestant } from '../browser/contestantTab';
import { figureOf } from '../figure';
import type { Figure } from '../figure';
import { medianOf, quantileOf } from '../quantile';
import { answerOf } from '../render/answer';

const rounds = 5;
/** 100 tokens of 4 characters a second. */
const pace = 400;
/** Characters that stream in each round. */
const streamed = 800;
/** What comes before is drawn after so many milliseconds. */
const timeToDraw = 8_000;

/** An answer that streams below a long conversation, beside the same one in an empty conversation. */
export async function measureStreamingBelow(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
): Promise<Figure[]> {
  const busy: Record<'below' | 'empty', number[]> = { below: [], empty: [] };
  const late: Record<'below' | 'empty', number[]> = { below: [], empty: [] };
  const tabs = {
    below: await openContestant(browser, files, 'ours', askedConversation(conversation)),
    empty: await openContestant(browser, files, 'ours'),
  };
  for (const tab of Object.values(tabs)) {
    // The messages above are drawn before anything is measured.
    await tab.page.evaluate((text) => window.driver.fill(text), answerOf(1_600));
    await tab.page.waitForTimeout(timeToDraw);
  }
  const answer = answerOf(1_600 + rounds * streamed).slice(1_600);
  for (let round = 0; round < rounds; round += 1) {
    const text = answer.slice(round * streamed, (round + 1) * streamed);
    for (const place of round % 2 === 0 ? (['below', 'empty'] as const) : (['empty', 'below'] as const)) {
      const tab = tabs[place];
      const { result, busy: time } = await tab.measure(() =>
        tab.page.evaluate(([source, speed]) => window.driver.pace(source, speed), [text, pace] as const),
      );
      busy[place].push(time / result.flushes);
      late[place].push(quantileOf(result.latencies, 0.95));
    }
  }
  for (const tab of Object.values(tabs)) await tab.close();
  return [
    figureOf('stream-below', 'ms/flush', medianOf(busy.below), {
      floor: medianOf(busy.empty),
      goals: { times: { floor: 2 } },
    }),
    figureOf('stream-below-delta-to-paint-p95', 'ms', medianOf(late.below), {
      floor: medianOf(late.empty),
      goals: { times: { floor: 1.25 } },
    }),
  ];
}
