/**
 * Measures in the real VS Code how long a token takes from the gateway's socket to the pixels of the panel: Parley's, beside
 * a floor (raw `http`, text put below text) and the usual way (`openai`, react-markdown) in the same window. Sends its
 * figures to the parent process. Arguments: the top of the checkout.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Frame, Page } from 'playwright-core';
import type { startVSCode as StartVSCode } from '../../support/startVSCode';
import { figureOf } from '../figure';
import type { Figure } from '../figure';
import { medianOf, quantileOf } from '../quantile';
import { buildOthers } from './buildOthers';
import { PacedGateway } from './pacedGateway';
import type { Pace, Sent } from './pacedGateway';
import { clockAhead, watchPage } from './paintWatch';

const rounds = 5;
const paces: readonly Pace[] = [
  { tokensPerSecond: 50, tokens: 150 },
  { tokensPerSecond: 1000, tokens: 2000 },
];
const names = ['ours', 'floor', 'openai + react-markdown'] as const;

type Name = (typeof names)[number];

/** The usual way may be far behind when the last token has left; in milliseconds. */
const longestWait = 90_000;

/** A page that takes an answer. */
interface Contestant {
  readonly frame: Frame;
  /** Where the answer stands in it. */
  readonly selector: string;
  /** Takes away the answer before. */
  clear(): Promise<void>;
  ask(): Promise<void>;
}

/** Delays of one answer, from the gateway on, in milliseconds. */
interface Delays {
  /** Until the text came to the page. */
  readonly arrived: readonly number[];
  /** Until it was painted. */
  readonly painted: readonly number[];
}

async function main(folder: string): Promise<void> {
  const target = await mkdtemp(join(tmpdir(), 'parley-bench-others-'));
  const gateway = await PacedGateway.start();
  try {
    await promisify(execFile)(process.execPath, ['esbuild.mjs', '--production'], { cwd: folder });
    await buildOthers(folder, target);
    process.send?.(await measureVSCode(folder, target, gateway));
  } finally {
    await gateway.stop();
    await rm(target, { recursive: true, force: true });
  }
}

async function measureVSCode(folder: string, others: string, gateway: PacedGateway): Promise<Figure[]> {
  const models = [{ id: 'paced', contextWindow: 1_000_000 }];
  const startVSCode = await loadStartVSCode(folder);
  const vscode = await startVSCode({
    others: [others],
    env: { BENCH_GATEWAY: gateway.baseUrl },
    settings: {
      'parley.gateways': [
        { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none', models },
      ],
      'parley.defaultModel': 'loopback/paced',
    },
  });
  try {
    const page = await vscode.page();
    await page.locator('.activitybar [aria-label^="Parley"]').first().click();
    const contestants: Record<Name, Contestant> = {
      ours: await parley(page),
      floor: await other(page, 'floor'),
      'openai + react-markdown': await other(page, 'usual'),
    };
    const figures: Figure[] = [];
    for (const pace of paces) figures.push(...(await measurePace(contestants, gateway, pace)));
    return figures;
  } finally {
    await vscode.dispose();
  }
}

/** What starts VS Code finds its files by its own place, so that it is loaded from there. */
async function loadStartVSCode(folder: string): Promise<typeof StartVSCode> {
  const { register } = createRequire(join(folder, 'package.json'))('tsx/esm/api') as {
    readonly register: () => void;
  };
  register();
  const module = pathToFileURL(join(folder, 'test', 'support', 'startVSCode.ts')).href;
  const { startVSCode } = (await import(module)) as { startVSCode: typeof StartVSCode };
  return startVSCode;
}

async function parley(page: Page): Promise<Contestant> {
  const frame = await frameWith(page, '#root textarea');
  const composer = frame.getByRole('textbox', { name: 'Message' });
  return {
    frame,
    selector: '.transcript .answer .markdown',
    clear: async () => {
      await frame.getByRole('button', { name: 'New Chat' }).click();
      await frame.getByRole('article').first().waitFor({ state: 'detached' });
    },
    ask: async () => {
      await composer.fill('Go');
      await composer.press('Enter');
    },
  };
}

async function other(page: Page, name: 'floor' | 'usual'): Promise<Contestant> {
  const frame = await frameWith(page, `#${name}`);
  await frame.waitForFunction('window.askNow !== undefined');
  const call = (what: 'clearNow' | 'askNow') => async (): Promise<void> => {
    await frame.evaluate(`window.${what}()`);
  };
  return { frame, selector: `#${name}`, clear: call('clearNow'), ask: call('askNow') };
}

/** The frame, of all that VS Code has, in which there is such an element. */
async function frameWith(page: Page, selector: string): Promise<Frame> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    for (const frame of page.frames()) {
      // A frame that is being replaced has nothing.
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) return frame;
    }
    await page.waitForTimeout(200);
  }
  throw new Error(`No webview shows ${selector}.`);
}

async function measurePace(
  contestants: Record<Name, Contestant>,
  gateway: PacedGateway,
  pace: Pace,
): Promise<Figure[]> {
  const results: Record<Name, Delays[]> = { ours: [], floor: [], 'openai + react-markdown': [] };
  // In the first round everything that is loaded late is loaded.
  for (let round = -1; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const delays = await measureAnswer(contestants[name], gateway, pace);
      if (round >= 0) results[name].push(delays);
    }
  }
  const figure = (name: string, part: keyof Delays, share: number): Figure => {
    const of = (contestant: Name): number =>
      medianOf(results[contestant].map((delays) => quantileOf(delays[part], share)));
    const peers = { 'openai + react-markdown': of('openai + react-markdown') };
    return figureOf(`${name}-${pace.tokensPerSecond}`, 'ms', of('ours'), { floor: of('floor'), peers });
  };
  const middle = figure('byte-to-pixels-p50', 'painted', 0.5);
  const late = figure('byte-to-pixels-p95', 'painted', 0.95);
  return [
    middle,
    late,
    ownPart('own-part-p50', middle, pace),
    ownPart('own-part-p95', late, pace),
    figure('byte-to-page-p50', 'arrived', 0.5),
    figure('byte-to-page-p95', 'arrived', 0.95),
  ];
}

/** What the floor does not need: nobody can take that time away from VS Code, the socket and the screen. */
function ownPart(name: string, { ours, floor = NaN, peers, unit }: Figure, pace: Pace): Figure {
  const above = Object.entries(peers).map(([peer, time]) => [peer, time - floor] as const);
  return figureOf(`${name}-${pace.tokensPerSecond}`, unit, ours - floor, {
    peers: Object.fromEntries(above),
  });
}

async function measureAnswer(contestant: Contestant, gateway: PacedGateway, pace: Pace): Promise<Delays> {
  const { frame, selector } = contestant;
  gateway.pace = pace;
  const answer = new Promise<Sent>((resolve) => {
    gateway.onAnswer = resolve;
  });
  await contestant.clear();
  await frame.waitForFunction(
    (place) => !/w\d/.test([...document.querySelectorAll(place)].at(-1)?.textContent ?? ''),
    selector,
  );
  const ahead = await clockAhead(frame);
  await watchPage(frame, selector);
  await contestant.ask();
  const sent = await Promise.race([answer, wait(longestWait, undefined, { ref: false })]);
  if (sent === undefined) throw new Error(`The gateway was not asked for what ${selector} is to show.`);
  await sent.done;
  await frame.waitForFunction(
    ([place, last]) => [...document.querySelectorAll(place)].at(-1)?.textContent.includes(last),
    [selector, `w${pace.tokens - 1}`] as const,
    { timeout: longestWait },
  );
  await frame.waitForTimeout(300);
  const { arrived, painted } = await frame.evaluate(() => window.endWatch());
  const delays = (times: readonly number[]): number[] =>
    sent.at.map((at, token) => (times[token] ?? NaN) - ahead - at);
  return { arrived: delays(arrived), painted: delays(painted) };
}

void main(process.argv[2] ?? '.');
