import type { Browser } from 'playwright-core';
import type { Stretch } from '../browser/driver';
import type { PageFiles } from '../browser/bundlePages';
import { openContestant } from '../browser/contestantTab';
import type { ContestantName } from '../browser/contestantTab';
import { figureOf } from '../figure';
import type { Figure, GoalLimits } from '../figure';
import { medianOf, quantileOf } from '../quantile';
import { answerOf } from './answer';

const rounds = 5;
/** 100 tokens of 4 characters a second. */
const pace = 400;
/** How long a round takes, in milliseconds. */
const roundTime = 1_500;
const lengths = [20_000, 200_000];
const names = ['ours', 'floor', 'streaming-markdown', 'streamdown', 'react-markdown'] as const;

type Shown = (typeof names)[number];

/** What one round of one contestant came to. */
interface Round {
  readonly framesPerSecond: number;
  /** In milliseconds. */
  readonly middle: number;
  readonly late: number;
  readonly worst: number;
  /** Share of the time that the main thread worked, in percent. */
  readonly busy: number;
}

/** What a reader sees of an answer that comes at 100 tokens a second: frames, delays, and how much of the thread it takes. */
export async function measureFrames(browser: Browser, files: PageFiles): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const length of lengths) figures.push(...(await measureLength(browser, files, length)));
  return figures;
}

async function measureLength(browser: Browser, files: PageFiles, length: number): Promise<Figure[]> {
  const answer = answerOf(length);
  const perRound = (pace * roundTime) / 1000;
  const results = new Map<Shown, Round[]>(names.map((name) => [name, []]));
  for (const name of names) {
    // Only one tab at a time draws frames.
    const tab = await openContestant(browser, files, name satisfies ContestantName);
    const filled = length - rounds * perRound;
    await tab.page.evaluate((text) => window.driver.fill(text), answer.slice(0, filled));
    for (let number = 0; number < rounds; number += 1) {
      const start = filled + number * perRound;
      const text = answer.slice(start, start + perRound);
      const { result, busy } = await tab.measure(() =>
        tab.page.evaluate(([source, speed]) => window.driver.pace(source, speed), [text, pace] as const),
      );
      results.get(name)?.push(roundOf(result, busy));
    }
    await tab.close();
  }
  const figure = (name: string, unit: string, part: keyof Round, goals?: GoalLimits): Figure => {
    const all = names.map(
      (shown) => [shown, medianOf((results.get(shown) ?? []).map((round) => round[part]))] as const,
    );
    const { ours, floor, ...peers } = Object.fromEntries(all) as Record<Shown, number>;
    return figureOf(`${name}-${length / 1000}k`, unit, ours, { floor, peers, ...(goals && { goals }) });
  };
  return [
    // A round has 90 frames, of which one may be left out.
    figure('frames', 'fps', 'framesPerSecond', { timesAtLeast: { floor: 0.98 } }),
    figure('delta-to-paint-p50', 'ms', 'middle'),
    figure('delta-to-paint-p95', 'ms', 'late', { times: { floor: 1.05 } }),
    figure('worst-task', 'ms', 'worst', { times: { 'react-markdown': 1 / 3 } }),
    figure('busy', '%', 'busy', { times: { 'react-markdown': 1 / 3 } }),
  ];
}

function roundOf({ frames, wall, latencies, worst }: Stretch, busy: number): Round {
  return {
    framesPerSecond: (frames * 1000) / wall,
    middle: medianOf(latencies),
    late: quantileOf(latencies, 0.95),
    worst,
    busy: (busy / wall) * 100,
  };
}
