import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { openMarkdownPage } from './markdownPage';

describe('The lines of a growing code block', function () {
  this.timeout(30_000);
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
  });

  it('go on below hundreds that came at once, while those get their colours', async () => {
    const page = await openMarkdownPage(browser);
    const line = (number: number): string => `const value${number} = 'text';\n`;
    const many = Array.from({ length: 300 }, (_, number) => line(number)).join('');
    await page.evaluate(
      async ([first, more]) => {
        const view = window.markdown.createView();
        view.append(`\`\`\`js\n${first}`);
        // Colours come in idle time, one group of lines after the other.
        for (const piece of more) {
          await new Promise((resolve) => {
            requestIdleCallback(resolve);
          });
          view.append(piece);
        }
        await window.markdown.settled();
        view.append('the end');
      },
      [many, Array.from({ length: 40 }, (_, number) => line(300 + number))] as const,
    );
    const code = await page.locator('.markdown pre').textContent();
    assert.equal(code, `${Array.from({ length: 340 }, (_, number) => line(number)).join('')}the end`);
    await page.locator('.code-lines').last().locator('.hljs-keyword').first().waitFor();
    await page.close();
  });
});
