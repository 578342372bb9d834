import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { SessionPool } from '../../../src/core/conversation/sessionPool';
import { Sessions } from '../../../src/core/conversation/sessions';
import { Panels } from '../../../src/host/contributions/panels';
import { HistoryActions } from '../../../src/host/history/historyActions';
import type { ToView } from '../../../src/shared/messages/toView';
import { memoryPorts } from '../../support/corePorts';
import { silentPanel } from '../../support/silentPanel';
import { BenchTab } from '../browser/benchTab';
import type { PageFiles } from '../browser/bundlePages';
import { openPanel, snapshotOf } from '../browser/contestantTab';
import { figureOf } from '../figure';
import type { Figure, GoalLimits } from '../figure';
import { lookAtAll, makeLibrary, readAll, storeIn } from '../growth/exampleLibrary';
import { medianOf, quantileOf } from '../quantile';
import { takeTurns } from '../takeTurns';
import { longConversation } from './longConversation';

const chatCount = 10_000;
const few = 12;
const rounds = 5;
const screens = 40;

/** Stands in the text of every chat: as many hits, each with its excerpt, as there can be. */
const commonWord = 'bounded';
/** Stands in one chat's title, so that all the others' texts are read. */
const rareWord = 'chat-11';

/** The floor is the same panel with 12 conversations. */
const pageGoals: Readonly<Partial<Record<keyof Times, GoalLimits>>> = {
  open: { times: { 'react-list': 1 / 5 } },
  'search-common': { times: { 'react-list': 1 / 10 } },
  'typing-p95': { times: { floor: 1.5 } },
  'scroll-p95': { times: { 'react-list': 1.5 } },
};
/** The host adds at most half of what the disk takes. */
const hostGoals: GoalLimits = { times: { floor: 1.5 } };

type Reply = ToView['history-listed'];

/** A library of 10,000 conversations: what the extension host needs for the list, and what the panel needs to show it. */
export async function measureLibrary(browser: Browser, files: PageFiles): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-library-'));
  try {
    const [full, short] = [join(folder, 'full'), join(folder, 'short')];
    await makeLibrary(full, chatCount);
    await makeLibrary(short, few);
    const found = { full: await repliesOf(full), short: await repliesOf(short) };
    return [...(await measureHost(full)), ...(await measurePage(browser, files, found))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The panel's requests, by the figure's name. */
const queries = { open: '', 'search-rare': rareWord, 'search-common': commonWord } as const;

type Asked = keyof typeof queries;
type Replies = Readonly<Record<Asked, Reply>>;

async function repliesOf(folder: string): Promise<Replies> {
  return {
    open: await replyTo(folder, queries.open),
    'search-rare': await replyTo(folder, queries['search-rare']),
    'search-common': await replyTo(folder, queries['search-common']),
  };
}

/** What the host answers in a window that has just been opened; VS Code hands it over as JSON. */
async function replyTo(folder: string, query: string): Promise<Reply> {
  const store = storeIn(folder);
  const pool = new SessionPool({
    ...memoryPorts(),
    store,
    newId: () => crypto.randomUUID(),
    now: Date.now,
  });
  const { promise, resolve } = Promise.withResolvers<string>();
  const ignore = (): void => undefined;
  const panel = silentPanel(new Sessions(pool), (_type, body) => {
    resolve(JSON.stringify(body));
  });
  const intents = new HistoryActions({
    store,
    pool,
    panels: new Panels(panel, ignore),
    media: { read: () => Promise.resolve(undefined) },
    log: { info: ignore, warn: ignore, error: ignore },
    storage: { fsPath: folder },
    now: Date.now,
  });
  await intents.list({ request: 1, query }, panel);
  intents.dispose();
  return JSON.parse(await promise) as Reply;
}

async function measureHost(folder: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, query] of Object.entries(queries)) {
    const turns = new Map<string, () => Promise<unknown>>([
      ['ours', () => replyTo(folder, query)],
      ['floor', () => (query === '' ? lookAtAll(folder) : readAll(folder))],
    ]);
    const { time } = await takeTurns(turns, { rounds, warmUps: 1 }, async (action) => {
      const begin = performance.now();
      await action();
      return { time: performance.now() - begin };
    });
    const of = (turn: string): number => medianOf(time.get(turn) ?? []);
    figures.push(
      figureOf(`library-${name}-host`, 'ms', of('ours'), {
        floor: of('floor'),
        goals: hostGoals,
      }),
    );
  }
  return figures;
}

type Times = Record<Asked | 'typing-p95' | 'scroll-p95', number[]>;

async function measurePage(
  browser: Browser,
  files: PageFiles,
  found: Readonly<Record<'full' | 'short', Replies>>,
): Promise<Figure[]> {
  const [ours, short, react] = [emptyTimes(), emptyTimes(), emptyTimes()];
  for (let round = 0; round < rounds; round += 1) {
    const turns = [
      () => readPanel(browser, files, found.full, ours),
      () => readPanel(browser, files, found.short, short),
      () => readReact(browser, files, found.full, react),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  return (Object.keys(ours) as (keyof Times)[]).map((name) =>
    figureOf(`library-${name}${name in queries ? '-page' : ''}`, 'ms', medianOf(ours[name]), {
      floor: medianOf(short[name]),
      ...(react[name].length > 0 && { peers: { 'react-list': medianOf(react[name]) } }),
      ...(pageGoals[name] && { goals: pageGoals[name] }),
    }),
  );
}

function emptyTimes(): Times {
  return { open: [], 'search-rare': [], 'search-common': [], 'typing-p95': [], 'scroll-p95': [] };
}

async function readPanel(browser: Browser, files: PageFiles, found: Replies, times: Times): Promise<void> {
  const tab = await openPanel(browser, files);
  for (const name of ['historyPage', 'libraryPage']) {
    await tab.page.addScriptTag({ url: `${name}.js`, type: 'module' });
  }
  await tab.page.waitForFunction('window.historyDriver !== undefined && window.libraryDriver !== undefined');
  await tab.page.evaluate(async ([snapshot, message]) => await window.historyDriver.open(snapshot, message), [
    snapshotOf(longConversation(2)),
    'a0',
  ] as const);
  times.open.push(await tab.page.evaluate((list) => window.libraryDriver.open(list), found.open.entries));
  await scroll(tab, '.history-scroller', times);
  for (const name of ['search-rare', 'search-common'] as const) {
    const typed = await tab.page.evaluate((query) => window.libraryDriver.type(query), queries[name]);
    times['typing-p95'].push(quantileOf(typed, 0.95));
    times[name].push(await tab.page.evaluate((list) => window.libraryDriver.show(list), found[name].entries));
  }
  await tab.close();
}

async function readReact(browser: Browser, files: PageFiles, found: Replies, times: Times): Promise<void> {
  const scripts = ['reactLibrary', 'historyPage'].map(
    (name) => `<script type="module" src="${name}.js"></script>`,
  );
  const tab = await BenchTab.open(browser, files, { body: scripts.join('') });
  await tab.page.waitForFunction('window.historyDriver !== undefined && window.drawLibrary !== undefined');
  for (const name of Object.keys(queries) as Asked[]) {
    times[name].push(await tab.page.evaluate((list) => window.drawLibrary(list), found[name].entries));
    if (name !== 'open') continue;
    // The column keeps its end in view, from which there is nothing to scroll to.
    await tab.page.evaluate(() => {
      document.querySelector('#scroller')?.scrollTo(0, 0);
    });
    await tab.page.evaluate(() => window.historyDriver.rest());
    await scroll(tab, '#scroller', times);
  }
  await tab.close();
}

async function scroll(tab: BenchTab, selector: string, times: Times): Promise<void> {
  const scrolled = await tab.page.evaluate(
    ([place, count]) => window.historyDriver.scroll(place, count, 'down'),
    [selector, screens] as const,
  );
  times['scroll-p95'].push(quantileOf(scrolled, 0.95));
}
