import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';

/** Opens a page that offers the Markdown view to the tests (see `markdownPageEntry.ts`). */
export async function openMarkdownPage(browser: Browser): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: ['test/webview/markdown/markdownPageEntry.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    outdir: 'out',
  });
  const text = (extension: string): string =>
    outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  const page = await browser.newPage();
  await page.setContent('<!doctype html><body class="vscode-dark"></body>');
  await page.addStyleTag({ content: text('.css') });
  await page.addScriptTag({ content: text('.js') });
  return page;
}
