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
/** So many pairs of answers, a short one and a long one, of what the growth follows from: the rounds of one pair differ by more than it. */
const pairsForGrowth = 3;
const shortLength = 20_000;
const longLength = 200_000;
/** Characters that come in each frame. */
const step = 16;
/** A round of a slow peer ends after so many milliseconds; its cost a character follows from what it got done. */
const longestRound = 1_500;

/** The goals of each length. All are ratios, because machines differ. */
const costGoals: Readonly<Record<number, GoalLimits>> = {
  5_000: { times: { 'streaming-markdown': 1 } },
  20_000: { times: { 'streaming-markdown': 0.9 } },
  200_000: { times: { floor: 1.15, 'react-markdown': 1 / 60, streamdown: 1 / 7 } },
};
const growthGoals: GoalLimits = { times: { floor: 1.05 } };

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
  const groups: (readonly GrowingAnswer[])[] = [];
  for (const name of names) {
    const isPaired = name === 'ours' || name === 'floor';
    for (const length of lengths) {
      if (isPaired && (length === shortLength || length === longLength)) continue;
      groups.push([await beginAnswer(browser, files, name, length)]);
    }
    for (let pair = 0; isPaired && pair < pairsForGrowth; pair += 1) {
      const short = await beginAnswer(browser, files, name, shortLength);
      groups.push([short, await beginAnswer(browser, files, name, longLength)]);
    }
  }
  // All take turns. The two of a pair follow each other, in either order: the machine is as fast for one as for the other.
  for (let number = 0; number < rounds; number += 1) {
    const isForward = number % 2 === 0;
    for (const group of isForward ? groups : groups.toReversed())
      for (const answer of isForward ? group : group.toReversed()) await streamRound(answer, number);
  }
  const answers = groups.flat();
  for (const { tab } of answers) await tab.close();
  const costsOf = (length: number): Record<ContestantName, number> =>
    recordOf((name) => {
      const own = answers.filter((answer) => answer.name === name && answer.length === length);
      return medianOf(own.flatMap(({ costs }) => costs));
    });
  const figures = lengths.map((length) => {
    const { ours, floor, ...peers } = costsOf(length);
    const goals = costGoals[length];
    return figureOf(`cost-${length / 1000}k`, 'µs/char', ours, { floor, peers, ...(goals && { goals }) });
  });
  const [short, long] = [costsOf(shortLength), costsOf(longLength)];
  const { ours, floor, ...peers } = recordOf((name) => {
    const ratios = groups.filter(([first]) => first?.name === name).flatMap(ratiosOf);
    return ratios.length === 0 ? long[name] / short[name] : medianOf(ratios);
  });
  return [...figures, figureOf('growth', '×', ours, { floor, peers, goals: growthGoals })];
}

/** Of a pair, what a character costs in the long answer over what it costs in the short one, round by round. */
function ratiosOf([short, long]: readonly GrowingAnswer[]): number[] {
  if (short === undefined || long === undefined) return [];
  return short.costs.map((cost, round) => (long.costs[round] ?? Number.NaN) / cost);
}

function recordOf(valueOf: (name: ContestantName) => number): Record<ContestantName, number> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<ContestantName, number>;
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
