import type { Browser } from 'playwright-core';
import { BenchTab } from '../browser/benchTab';
import type { PageFiles } from '../browser/bundlePages';
import { figureOf } from '../figure';
import type { Figure } from '../figure';
import { medianOf, quantileOf } from '../quantile';
import { openBlocks } from './openBlocks';
import type { Drawer } from './openBlockPage';

const rounds = 5;
const length = 40_000;
/** The end of the block, which is measured. */
const measured = 1_600;
const step = 16;
const drawers: readonly Drawer[] = ['ours', 'floor'];

/** The time of a flush, script and layout, at the end of one open block of 40,000 characters of each kind. */
export async function measureOpenBlocks(browser: Browser, files: PageFiles): Promise<Figure[]> {
  const tab = await BenchTab.open(browser, files, {
    body: `<script type="module" src="openBlockPage.js"></script>`,
    head: `<link rel="stylesheet" href="webview.css">`,
  });
  await tab.page.waitForFunction('window.measureOpenBlock !== undefined');
  const figures: Figure[] = [];
  for (const [kind, source] of Object.entries(openBlocks(length))) {
    const late: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round += 1) {
      for (const drawer of round % 2 === 0 ? drawers : drawers.toReversed()) {
        const times = await tab.page.evaluate((request) => window.measureOpenBlock(...request), [
          drawer,
          source.slice(0, -measured),
          source.slice(-measured),
          step,
        ] as [Drawer, string, string, number]);
        (late[drawer] ??= []).push(quantileOf(times, 0.95));
      }
    }
    const of = (drawer: Drawer): number => medianOf(late[drawer] ?? []);
    figures.push(
      figureOf(`open-${kind.replaceAll(' ', '-')}`, 'ms', of('ours'), {
        floor: of('floor'),
        goals: { times: { floor: 3 } },
      }),
    );
  }
  await tab.close();
  return figures;
}
