import type { Browser } from 'playwright-core';
import { type Conversation, messageText } from '../../../src/shared/conversation/conversation';
import { BenchTab } from '../browser/benchTab';
import type { PageFiles } from '../browser/bundlePages';
import { openPanel, snapshotOf } from '../browser/contestantTab';
import { figureOf } from '../figure';
import type { Figure, GoalLimits } from '../figure';
import { medianOf, quantileOf } from '../quantile';
import type { Found } from './findPage';

const rounds = 5;
const screens = 40;
const widths = 20;
const steps = 15;

/** Stands in every answer, several times. */
const commonWord = 'value';
/** Stands in the second prompt alone, at the beginning of the conversation. */
const rareWords = 'step 2 of it';

/** The floor is the same panel with a conversation of 12 messages. */
const goals: Readonly<Record<string, GoalLimits>> = {
  'first-paint': { times: { floor: 1, 'react-markdown': 1 / 50 } },
  'scroll-p95': { times: { 'react-markdown': 1.1 } },
  'resize-p95': { times: { floor: 1.5, 'react-markdown': 1 / 20 } },
  'find-before-drawn': { times: { floor: 3 } },
};

/** What was measured, round by round, by the figure's name; in milliseconds. */
type Times = Map<string, number[]>;

/** What a reader does with a conversation that is long already; beside one of 12 messages, and a list of react-markdown. */
export async function measureReading(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
  few: Conversation,
): Promise<Figure[]> {
  const ours: Times = new Map();
  const short: Times = new Map();
  const react: Times = new Map();
  for (let round = 0; round < rounds; round += 1) {
    const turns = [
      () => readPanel(browser, files, conversation, ours),
      () => findAtOnce(browser, files, conversation, ours),
      () => readPanel(browser, files, few, short),
      () => findAtOnce(browser, files, few, short),
      () => readReact(browser, files, conversation, react),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  return Array.from(ours, ([name, times]) => {
    const ofReact = react.get(name);
    const limits = goals[name];
    return figureOf(name, 'ms', medianOf(times), {
      floor: medianOf(short.get(name) ?? []),
      ...(ofReact && { peers: { 'react-markdown': medianOf(ofReact) } }),
      ...(limits && { goals: limits }),
    });
  });
}

async function readPanel(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
  times: Times,
): Promise<void> {
  const tab = await showInPanel(browser, files, conversation, times);
  await tab.page.evaluate((count) => window.historyDriver.filled(count), conversation.messages.size);
  await scrollAndResize(tab, '.transcript', times);
  await tab.page.evaluate(() => window.findDriver.openBar());
  const find = async (query: string): Promise<Found> =>
    await tab.page.evaluate((words) => window.findDriver.find(words), query);
  note(times, 'find-common', timeOf(await find(commonWord)));
  const next = await tab.page.evaluate((count) => window.findDriver.next(count), steps);
  note(times, 'find-next-p95', quantileOf(next, 0.95));
  note(times, 'find-rare', timeOf(await find(rareWords)));
  await tab.close();
}

/** Looks for what is far above as soon as the end of the conversation is painted. */
async function findAtOnce(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
  times: Times,
): Promise<void> {
  const tab = await showInPanel(browser, files, conversation);
  const found = await tab.page.evaluate(async (query) => {
    await window.findDriver.openBar();
    return await window.findDriver.find(query);
  }, rareWords);
  note(times, 'find-before-drawn', timeOf(found));
  await tab.close();
}

async function showInPanel(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
  times: Times = new Map(),
): Promise<BenchTab> {
  const tab = await openPanel(browser, files);
  for (const name of ['historyPage', 'findPage']) {
    await tab.page.addScriptTag({ url: `${name}.js`, type: 'module' });
  }
  await tab.page.waitForFunction('window.historyDriver !== undefined && window.findDriver !== undefined');
  const last = [...conversation.messages.keys()].at(-1) ?? '';
  const opened = await tab.page.evaluate(
    ([snapshot, message]) => window.historyDriver.open(snapshot, message),
    [snapshotOf(conversation), last] as const,
  );
  note(times, 'first-paint', opened);
  return tab;
}

async function readReact(
  browser: Browser,
  files: PageFiles,
  conversation: Conversation,
  times: Times,
): Promise<void> {
  const scripts = ['reactHistory', 'historyPage', 'findPage'].map(
    (name) => `<script type="module" src="${name}.js"></script>`,
  );
  const tab = await BenchTab.open(browser, files, { body: scripts.join('') });
  await tab.page.waitForFunction('window.findDriver !== undefined && window.drawHistory !== undefined');
  const texts = Array.from(conversation.messages.values(), messageText);
  note(times, 'first-paint', await tab.page.evaluate((all) => window.drawHistory(all), texts));
  await scrollAndResize(tab, '#scroller', times);
  const find = async (query: string): Promise<Found> =>
    await tab.page.evaluate((words) => window.findDriver.findPlainly(words), query);
  note(times, 'find-common', timeOf(await find(commonWord)));
  const next = await tab.page.evaluate(([words, count]) => window.findDriver.nextPlainly(words, count), [
    commonWord,
    steps,
  ] as const);
  note(times, 'find-next-p95', quantileOf(next, 0.95));
  note(times, 'find-rare', timeOf(await find(rareWords)));
  await tab.close();
}

async function scrollAndResize(tab: BenchTab, selector: string, times: Times): Promise<void> {
  const scrolled = await tab.page.evaluate(
    ([place, count]) => window.historyDriver.scroll(place, count, 'up'),
    [selector, screens] as const,
  );
  note(times, 'scroll-p95', quantileOf(scrolled, 0.95));
  const resized = await tab.page.evaluate((count) => window.historyDriver.resize(count), widths);
  note(times, 'resize-p95', quantileOf(resized, 0.95));
}

function timeOf({ time, count }: Found): number {
  if (!(count > 0)) throw new Error('Nothing was found.');
  return time;
}

function note(times: Times, name: string, time: number): void {
  const all = times.get(name);
  if (all === undefined) times.set(name, [time]);
  else all.push(time);
}
