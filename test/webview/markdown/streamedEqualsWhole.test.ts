import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { longBlocks, streamedDocuments } from './markdownDocuments';
import { openMarkdownPage } from './markdownPage';

describe('A streamed document', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    page = await openMarkdownPage(browser);
  });

  after(async () => {
    await browser.close();
  });

  /** Compares batches, because a round trip to the page costs more than a document. */
  async function assertStreamsEqualWholes(documents: fc.Arbitrary<string[]>, runs: number): Promise<void> {
    const batches = fc.array(documents, { minLength: 25, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(batches, fc.constantFrom(24, 100, 1500), async (batch, openLimit) => {
        const results = await page.evaluate(([pieces, limit]) => window.markdown.compare(pieces, limit), [
          batch,
          openLimit,
        ] as const);
        results.forEach(([stream, whole], index) => {
          assert.equal(stream, whole, JSON.stringify(batch[index]));
        });
      }),
      { numRuns: runs },
    );
  }

  it('ends as the same document rendered whole', async () => {
    await assertStreamsEqualWholes(streamedDocuments, 40);
  });

  it('ends as the same document rendered whole, whichever block grows long', async () => {
    await assertStreamsEqualWholes(longBlocks, 20);
  });
});
