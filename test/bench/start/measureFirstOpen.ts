import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { startVSCode } from '../../support/startVSCode';
import { figureOf, type Figure } from '../figure';
import { mediansOf } from '../quantile';
import { takeTurns } from '../takeTurns';

/** The titles of the icons in the Activity Bar. */
const views = new Map([
  ['parley', 'Parley'],
  ['floor', 'Floor View'],
]);

/** After its start, VS Code is busy with itself for about this long, in milliseconds. */
const startUp = 4_000;

/** The longest time that opening a view may take, in milliseconds. */
const longestOpening = 30_000;

/**
 * The time from a click on the view's icon until the cursor is in its text area, in the real VS Code, the first time that a
 * window shows the view. The floor is an extension whose view has one text area and nothing else.
 */
export async function measureFirstOpen(): Promise<Figure[]> {
  const floorView = await mkdtemp(join(tmpdir(), 'parley-bench-floor-'));
  try {
    await buildFloorView(floorView);
    return await measureBoth(floorView);
  } finally {
    await rm(floorView, { recursive: true, force: true });
  }
}

async function buildFloorView(target: string): Promise<void> {
  const source = join(import.meta.dirname, 'floorView');
  await copyFile(join(source, 'package.json'), join(target, 'package.json'));
  await build({
    entryPoints: [join(source, 'extension.ts')],
    outdir: target,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2023',
    external: ['vscode'],
    logLevel: 'warning',
  });
}

async function measureBoth(floorView: string): Promise<Figure[]> {
  const models = [{ id: 'model', contextWindow: 10_000 }];
  const vscode = await startVSCode({
    others: [floorView],
    settings: {
      // Nothing is asked; the panel only has to know a gateway.
      'parley.gateways': [
        { id: 'bench', name: 'Bench', baseUrl: 'http://127.0.0.1:9/v1', auth: 'none', models },
      ],
      'parley.defaultModel': 'bench/model',
    },
  });
  try {
    let windows = 0;
    const { time } = await takeTurns(views, { rounds: 7, warmUps: 1 }, async (title) => {
      // A window opens with the views that its workspace has shown before.
      windows += 1;
      const workspace = join(vscode.workspace, String(windows));
      await mkdir(workspace, { recursive: true });
      const page = await vscode.page({ workspace });
      try {
        await wait(startUp);
        return { time: await openView(page, title) };
      } finally {
        await page.close();
      }
    });
    const { parley = Number.NaN, floor = Number.NaN } = mediansOf(time);
    return [figureOf('start-first-open', 'ms', parley, { floor })];
  } finally {
    await vscode.dispose();
  }
}

/** Clicks on an icon, and returns the milliseconds until a text area in a webview has the focus. */
async function openView(page: Page, title: string): Promise<number> {
  const icon = page.locator(`.activitybar .action-item a[aria-label^="${title}"]`).first();
  await icon.waitFor();
  const start = performance.now();
  await icon.evaluate((link: HTMLElement) => {
    link.click();
  });
  while (!(await isTextAreaFocused(page))) {
    if (performance.now() > start + longestOpening) throw new Error(`${title} does not take the focus.`);
    await wait(2);
  }
  return performance.now() - start;
}

async function isTextAreaFocused(page: Page): Promise<boolean> {
  const focused = await Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) =>
        // A frame that is being replaced has nothing.
        frame.evaluate(() => document.activeElement?.tagName).catch(() => undefined),
      ),
  );
  return focused.includes('TEXTAREA');
}
