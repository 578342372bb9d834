import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import {
  longBlocks,
  longParagraphs,
  longTables,
  mathDocuments,
  nestedBlocks,
  streamedDocuments,
} from './markdownDocuments';
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

  it('ends as the same document rendered whole, however many lines a paragraph has', async () => {
    await assertStreamsEqualWholes(longParagraphs, 12);
  });

  it('ends as the same document rendered whole, however many rows a table has', async () => {
    await assertStreamsEqualWholes(longTables, 12);
  });

  it('ends as the same document rendered whole, however lists and quotes are nested', async () => {
    await assertStreamsEqualWholes(nestedBlocks, 20);
  });

  it('ends as the same document rendered whole, wherever formulas open and close', async () => {
    await assertStreamsEqualWholes(mathDocuments, 60);
  });

  // Where a later line changes what an earlier one is, or what stands far above.
  for (const source of [
    "[ref]: /url\n'a title\n===\nover lines'\n\n[ref]",
    "- [ref]: /url\n'a title\nover lines'\n- [ref]",
    '~~~- a | b\n--- | ---\n1 | 2',
    '# a | b\n--- | ---\n1 | 2',
    '\\end{cases}\n[ref]: /url\n$$\n$$\nso: $$\n[ref]: /url',
    'see [ref] and the rest of it\n$$\n$$\nx: $$\n\n[ref]: /url',
    '|---|---|\n| a | b |\n| - | - |\n| 1 | 2 |',
    'words that go on | and on for a while, then\na | b\n--- | ---\n1 | 2',
    'words that go on and on and on for a while and then\nturn out to be a heading\n---\n',
    '[late] | *x\n--- | ---\n1 |\n2 |\n3 |\n4 |\n\n[late]: https://example.org',
    'some *text [that*][late] goes on and on and on, then *ends\n\n[late]: https://example.org',
    '- a\n- b\n- a | b\n--- | ---\n- c\n- d\n\n- e\n\n  f\n',
    '![alt](https://example.org/p.png)https://example.org/x\n',
    'words ![with `a](b) backtick in a label and more words and more words, then `the other',
    '```\ncode\n   ',
    'plain wordsplain wordsplain words  [other ref]: <https://example.org/other> "its title"plain words\n\n\n[other ref]: <https://example.org/other> "its title"',
    '- **bold** [late][ref]\n- ```\n    - item\n>    - item\n\n[ref]: https://example.org/ref\n',
    '- a\n  - b\n  - c\n\n  - d\n- e\n  > - [late]\n  > - f\n\n[late]: https://example.org',
    '> a\n>\n> - b\n>   - c\n>   - d\n>\n>   e\n> - f\n',
    'text: $$\na\n- b\n$$\nend',
    'x\n$$\na\n\nb\n$$ after\n\nc',
    '- a $$\n  - b\n  $$\n- c',
    '\\begin{align}\na\n\n- b\n\\end{align}\n- x',
    '> $$\n> a\n\n> b\n> $$',
    "[ref]: /url\n$$\n'title'\n$$\n[ref]",
    '5. a\n   1) b\n   2) c | d\n   --- | ---\n6. - [x] e\n',
  ]) {
    it(`ends as the whole for ${JSON.stringify(source)}`, async () => {
      const documents = [1, 2, 3, 5].map((length) => source.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? []);
      for (const openLimit of [24, 100]) {
        const results = await page.evaluate(([pieces, limit]) => window.markdown.compare(pieces, limit), [
          documents.map((pieces) => [...pieces]),
          openLimit,
        ] as const);
        for (const [stream, whole] of results) assert.equal(stream, whole);
      }
    });
  }
});
