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
/** So many answers each of what the growth follows from: the rounds of one differ by more than it. */
const answersForGrowth = 3;
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
  const answers: GrowingAnswer[] = [];
  for (const length of lengths) {
    for (const name of names) {
      const count = isForGrowth(name, length) ? answersForGrowth : 1;
      for (let at = 0; at < count; at += 1) answers.push(await beginAnswer(browser, files, name, length));
    }
  }
  // All take turns, the lengths as well: what else the machine does is the same for all, and so falls out of the growth.
  for (let number = 0; number < rounds; number += 1)
    for (const answer of number % 2 === 0 ? answers : answers.toReversed()) await streamRound(answer, number);
  for (const { tab } of answers) await tab.close();
  const costsOf = (length: number): Record<ContestantName, number> =>
    Object.fromEntries(
      names.map((name) => {
        const own = answers.filter((answer) => answer.name === name && answer.length === length);
        return [name, medianOf(own.flatMap(({ costs }) => costs))] as const;
      }),
    ) as Record<ContestantName, number>;
  const figures = lengths.map((length) => {
    const { ours, floor, ...peers } = costsOf(length);
    const goals = length === lengths.at(-1) ? { goals: longestGoals } : {};
    return figureOf(`cost-${length / 1000}k`, 'µs/char', ours, { floor, peers, ...goals });
  });
  const [short, long] = [costsOf(20_000), costsOf(200_000)];
  const growth = names.map((name) => [name, long[name] / short[name]] as const);
  const { ours, floor, ...peers } = Object.fromEntries(growth) as Record<ContestantName, number>;
  return [...figures, figureOf('growth', '×', ours, { floor, peers, goals: growthGoals })];
}

function isForGrowth(name: ContestantName, length: number): boolean {
  return (name === 'ours' || name === 'floor') && (length === 20_000 || length === 200_000);
}

/** An answer of which all but the rounds that are measured is drawn. */
interface GrowingAnswer {
  readonly name: ContestantName;
  readonly length: number;
  readonly tab: BenchTab;
  readonly source: string;
  /** Characters of one round: one period of the answer, so that all rounds draw the same. */
  readonly round: number;
  /** The processor time for one more character, in microseconds, round by round. */
  readonly costs: number[];
}

async function beginAnswer(
  browser: Browser,
  files: PageFiles,
  name: ContestantName,
  length: number,
): Promise<GrowingAnswer> {
  const round = Math.min(period, length / rounds);
  const source = answerOf(length);
  const tab = await openContestant(browser, files, name);
  await tab.page.evaluate((text) => window.driver.fill(text), source.slice(0, length - rounds * round));
  return { name, length, tab, source, round, costs: [] };
}

async function streamRound(
  { length, tab, source, round, costs }: GrowingAnswer,
  number: number,
): Promise<void> {
  const start = length - (rounds - number) * round;
  const text = source.slice(start, start + round);
  const { result, busy } = await tab.measure(() =>
    tab.page.evaluate(
      ([characters, perFrame, longest]) => window.driver.stream(characters, perFrame, longest),
      [text, step, longestRound] as const,
    ),
  );
  costs.push((busy * 1000) / result.characters);
  // What a slow peer had no time for is there in the next round all the same.
  await tab.page.evaluate((rest) => window.driver.fill(rest), text.slice(result.characters));
}

void main(process.argv[2] ?? '.');
