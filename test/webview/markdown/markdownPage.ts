import { basename } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { webviewPackages } from '../../../scripts/webviewPackages.mjs';

const origin = 'http://markdown.test/';
let built: Promise<ReadonlyMap<string, string>> | undefined;

/** Opens a page that offers the Markdown view to the tests (see `markdownPageEntry.ts`). */
export async function openMarkdownPage(browser: Browser): Promise<Page> {
  built ??= bundle();
  const files = await built;
  const page = await browser.newPage();
  await page.route(`${origin}**`, async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    const body = name === '' ? html : files.get(name);
    const contentType = name === '' ? 'text/html' : name.endsWith('.css') ? 'text/css' : 'text/javascript';
    await route.fulfill(body === undefined ? { status: 404 } : { contentType, body });
  });
  await page.goto(origin);
  return page;
}

const html = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="markdownPageEntry.css">
<body class="vscode-dark"><script type="module" src="markdownPageEntry.js"></script></body>`;

/** Built once, and served to the pages alone: nothing listens on a port. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ['test/webview/markdown/markdownPageEntry.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    splitting: true,
    target: 'es2023',
    outdir: 'out',
    alias: webviewPackages,
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}
