/**
 * Measures what it costs to draw an answer that grows: of Parley's panel, of a floor, and of the
 * peers, which take turns. Sends its figures to the parent process. Arguments: the top of the checkout.
 */
import type { Browser } from 'playwright-core';
import { startBrowser } from '../browser/benchTab';
import type { BenchTab } from '../browser/benchTab';
import { bundlePages, bundlePanel } from '../browser/bundlePages';
import type { PageFiles } from '../browser/bundlePages';
import { contestantPrograms, contestants, openContestant } from '../browser/contestantTab';
import type { ContestantName } from '../browser/contestantTab';
import { figureOf } from '../figure';
import type { Figure, GoalLimits } from '../figure';
import { medianOf } from '../quantile';
import { measureGlass } from './measureGlass';
import { answerOf, period } from './answer';
import { measureFrames } from './measureFrames';
import { measureOpenBlocks } from './measureOpenBlocks';

const rounds = 5;
const lengths = [5_000, 20_000, 80_000, 200_000];
/** Characters that come in each frame. */
const step = 16;
/** A round of a slow peer ends after so many milliseconds; its cost a character follows from what it got done. */
const longestRound = 1_500;

const longestGoals: GoalLimits = { times: { 'react-markdown': 1 / 50, streamdown: 1 / 6 } };
const growthGoals: GoalLimits = { atMost: 1.1 };

const names = Object.keys(contestants) as ContestantName[];

async function main(folder: string): Promise<void> {
  const files: PageFiles = new Map([
    ...(await bundlePages(folder, {
      ...contestantPrograms,
      openBlockPage: 'test/bench/render/openBlockPage.ts',
    })),
    ...(await bundlePanel(folder)),
  ]);
  const figures = [...(await measureGlass())];
  const browser = await startBrowser();
  try {
    figures.push(...(await measureCosts(browser, files)));
    figures.push(...(await measureOpenBlocks(browser, files)));
    figures.push(...(await measureFrames(browser, files)));
  } finally {
    await browser.close();
  }
  process.send?.(figures);
}

/** The processor time for a character at each length, and how much it grows from 20,000 to 200,000. */
async function measureCosts(browser: Browser, files: PageFiles): Promise<Figure[]> {
  const costs = new Map<number, Record<ContestantName, number>>();
  for (const length of lengths) costs.set(length, await measureCost(browser, files, length));
  const figures = [...costs].map(([length, { ours, floor, ...peers }]) =>
    figureOf(`cost-${length / 1000}k`, 'µs/char', ours, {
      floor,
      peers,
      ...(length === lengths.at(-1) && { goals: longestGoals }),
    }),
  );
  const growth = names.map(
    (name) => [name, (costs.get(200_000)?.[name] ?? NaN) / (costs.get(20_000)?.[name] ?? NaN)] as const,
  );
  const { ours, floor, ...peers } = Object.fromEntries(growth) as Record<ContestantName, number>;
  return [...figures, figureOf('growth', '×', ours, { floor, peers, goals: growthGoals })];
}

/** The processor time for one more character of an answer of this length, in microseconds. */
async function measureCost(
  browser: Browser,
  files: PageFiles,
  length: number,
): Promise<Record<ContestantName, number>> {
  // Each round is one period of the answer, so that all rounds draw the same.
  const round = Math.min(period, length / rounds);
  const answer = answerOf(length);
  const costs: Record<string, number[]> = {};
  const tabs = new Map<ContestantName, BenchTab>();
  for (const name of names) {
    const tab = await openContestant(browser, files, name);
    await tab.page.evaluate((text) => window.driver.fill(text), answer.slice(0, length - rounds * round));
    tabs.set(name, tab);
  }
  for (let number = 0; number < rounds; number += 1) {
    const start = length - (rounds - number) * round;
    const text = answer.slice(start, start + round);
    const order = number % 2 === 0 ? [...tabs] : [...tabs].reverse();
    for (const [name, tab] of order) {
      const { result, busy } = await tab.measure(() =>
        tab.page.evaluate(
          ([source, characters, longest]) => window.driver.stream(source, characters, longest),
          [text, step, longestRound] as const,
        ),
      );
      (costs[name] ??= []).push((busy * 1000) / result.characters);
      // What a slow peer had no time for is there in the next round all the same.
      await tab.page.evaluate((rest) => window.driver.fill(rest), text.slice(result.characters));
    }
  }
  for (const tab of tabs.values()) await tab.close();
  return Object.fromEntries(names.map((name) => [name, medianOf(costs[name] ?? [])])) as Record<
    ContestantName,
    number
  >;
}

void main(process.argv[2] ?? '.');
