import { chromium } from 'playwright-core';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { findChromium } from '../../support/findChromium';
import type { PageFiles } from './bundlePages';

const origin = 'http://bench.test/';
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  ttf: 'font/ttf',
};

/** Starts Chromium without a window, and tells the parent process which; it draws 60 frames a second. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
    ],
  });
  process.send?.(`Chromium ${browser.version()}`);
  return browser;
}

/** A tab with one program, of which the main thread's work is measured. */
export class BenchTab {
  private constructor(
    readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  /** Opens a tab. `head` and `body` are HTML; `files` are what the page may load. */
  static async open(
    browser: Browser,
    files: PageFiles,
    { head = '', body }: { readonly head?: string; readonly body: string },
  ): Promise<BenchTab> {
    const context = await browser.newContext({ viewport: { width: 400, height: 700 } });
    const page = await context.newPage();
    await page.route(`${origin}**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      const file = files.get(name);
      if (name === '') {
        const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body class="vscode-dark">${body}</body></html>`;
        await route.fulfill({ contentType: 'text/html', body: html });
      } else if (file === undefined) await route.fulfill({ status: 404 });
      else {
        const contentType = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
        await route.fulfill({ contentType, body: Buffer.from(file) });
      }
    });
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(origin);
    const session = await context.newCDPSession(page);
    // The thread's own time: what else the machine does is not in it.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new BenchTab(page, session);
  }

  /** Runs `work` and gives its result and the processor time that the main thread took for it, in milliseconds. */
  async measure<Result>(work: () => Promise<Result>): Promise<{ result: Result; busy: number }> {
    const before = await this.taskTime();
    const result = await work();
    return { result, busy: (await this.taskTime()) - before };
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  private async taskTime(): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  }
}
