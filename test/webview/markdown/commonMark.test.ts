import assert from 'node:assert/strict';
import { tests as examples } from 'commonmark-spec';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { openMarkdownPage } from './markdownPage';

/** The examples of the CommonMark specification, with tabs for its arrows. */
const sources = examples.map(({ markdown }) => markdown.replaceAll('→', '\t'));

describe("The CommonMark specification's examples", function () {
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

  async function assertStreamsEqualWholes(documents: readonly string[][], openLimit: number): Promise<void> {
    const results = await page.evaluate(([pieces, limit]) => window.markdown.compare(pieces, limit), [
      [...documents],
      openLimit,
    ] as const);
    assert.equal(results.length, documents.length);
    results.forEach(([stream, whole], index) => {
      assert.equal(stream, whole, JSON.stringify(documents[index]));
    });
  }

  it('are all there', () => {
    assert.ok(sources.length > 600);
  });

  for (const length of [1, 2, 3, 7]) {
    it(`end as they do rendered whole when ${length} characters come at a time`, async () => {
      const pieces = sources.map((source) => [...(source.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [])]);
      await assertStreamsEqualWholes(pieces, 24);
    });
  }

  it('end as they do rendered whole, one after the other in any order and split anywhere', async () => {
    const pieces = fc.shuffledSubarray(sources, { minLength: 2, maxLength: 6 }).chain((chosen) => {
      const document = chosen.join('\n\n');
      return fc.uniqueArray(fc.nat({ max: document.length }), { maxLength: 40 }).map((places) => {
        const ends = [...places.toSorted((left, right) => left - right), document.length];
        return ends.map((end, index) => document.slice(index === 0 ? 0 : ends[index - 1], end));
      });
    });
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 20, maxLength: 20 }), (documents) =>
        assertStreamsEqualWholes(documents, 100),
      ),
      { numRuns: 20 },
    );
  });
});
