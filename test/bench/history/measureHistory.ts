/**
 * Measures what a conversation of 1,000 messages costs: to open, to scroll, to resize, and to stream
 * below; beside a list of react-markdown. Sends its figures to the parent process. Arguments: the top of the checkout.
 */
import type { Browser } from 'playwright-core';
import type { Conversation } from '../../../src/shared/conversation';
import { BenchTab, startBrowser } from '../browser/benchTab';
import { bundlePages, bundlePanel } from '../browser/bundlePages';
import type { PageFiles } from '../browser/bundlePages';
import {
  askedConversation,
  contestantPrograms,
  openContestant,
  openPanel,
  snapshotOf,
} from '../browser/contestantTab';
import { figureOf } from '../figure';
import type { Figure } from '../figure';
import { medianOf, quantileOf } from '../quantile';
import { answerOf } from '../render/answer';
import { longConversation } from './longConversation';

const rounds = 5;
const messageCount = 1_000;
/** 100 tokens of 4 characters a second. */
const pace = 400;
/** Characters that stream in each round. */
const streamed = 800;

/** What was measured, round by round; in milliseconds. */
type Times = Record<'open' | 'scroll' | 'resize', number[]>;

async function main(folder: string): Promise<void> {
  const files: PageFiles = new Map([
    ...(await bundlePages(folder, {
      ...contestantPrograms,
      historyPage: 'test/bench/history/historyPage.ts',
      reactHistory: 'test/bench/history/reactHistory.ts',
    })),
    ...(await bundlePanel(folder)),
  ]);
  const conversation = longConversation(messageCount);
  const browser = await startBrowser();
  try {
    process.send?.([
      ...(await measureReading(browser, files, conversation)),
      ...(await measureStreaming(browser, files)),
    ]);
  } finally {
    await browser.close();
  }
}

async function measureReading(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
): Promise<Figure[]> {
  const ours: Times = { open: [], scroll: [], resize: [] };
  const short: Times = { open: [], scroll: [], resize: [] };
  const react: Times = { open: [], scroll: [], resize: [] };
  const few = longConversation(12);
  for (let round = 0; round < rounds; round += 1) {
    const turns = [
      () => readPanel(browser, files, conversation, ours),
      () => readPanel(browser, files, few, short),
      () => readReact(browser, files, conversation, react),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  const figure = (name: string, part: keyof Times): Figure =>
    figureOf(name, 'ms', medianOf(ours[part]), {
      floor: medianOf(short[part]),
      peers: { 'react-markdown': medianOf(react[part]) },
    });
  return [figure('first-paint', 'open'), figure('scroll-p95', 'scroll'), figure('resize-p95', 'resize')];
}

async function readPanel(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
  times: Times,
): Promise<void> {
  const tab = await openPanel(browser, files);
  await tab.page.addScriptTag({ url: 'historyPage.js', type: 'module' });
  await tab.page.waitForFunction('window.historyDriver !== undefined');
  const last = [...conversation.messages.keys()].at(-1) ?? '';
  const opened = await tab.page.evaluate(
    ([snapshot, message]) => window.historyDriver.open(snapshot, message),
    [snapshotOf(conversation), last] as const,
  );
  times.open.push(opened);
  await tab.page.evaluate((count) => window.historyDriver.filled(count), conversation.messages.size);
  await read(tab, '.transcript', times);
}

async function readReact(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
  times: Times,
): Promise<void> {
  const tab = await BenchTab.open(browser, files, {
    body: `<script type="module" src="reactHistory.js"></script><script type="module" src="historyPage.js"></script>`,
  });
  await tab.page.waitForFunction('window.historyDriver !== undefined && window.drawHistory !== undefined');
  const texts = Array.from(conversation.messages.values(), ({ text }) => text);
  times.open.push(await tab.page.evaluate((all) => window.drawHistory(all), texts));
  await read(tab, '#scroller', times);
}

async function read(tab: BenchTab, scroller: string, times: Times): Promise<void> {
  const scrolled = await tab.page.evaluate((selector) => window.historyDriver.scroll(selector, 40), scroller);
  times.scroll.push(quantileOf(scrolled, 0.95));
  const resized = await tab.page.evaluate(() => window.historyDriver.resize(20));
  times.resize.push(quantileOf(resized, 0.95));
  await tab.close();
}

/** An answer that streams below 1,000 messages, beside the same one in an empty conversation. */
async function measureStreaming(browser: Browser, files: PageFiles): Promise<Figure[]> {
  const busy: Record<'below' | 'empty', number[]> = { below: [], empty: [] };
  const late: Record<'below' | 'empty', number[]> = { below: [], empty: [] };
  const tabs = {
    below: await openContestant(browser, files, 'ours', askedConversation(longConversation(messageCount))),
    empty: await openContestant(browser, files, 'ours'),
  };
  for (const tab of Object.values(tabs)) {
    // The messages above are drawn before anything is measured.
    await tab.page.evaluate((text) => window.driver.fill(text), answerOf(1_600));
    await tab.page.waitForTimeout(8_000);
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
  return [
    figureOf('stream-below', 'ms/flush', medianOf(busy.below), { floor: medianOf(busy.empty) }),
    figureOf('stream-below-delta-to-paint-p95', 'ms', medianOf(late.below), { floor: medianOf(late.empty) }),
  ];
}

void main(process.argv[2] ?? '.');
