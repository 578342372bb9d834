import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { type PanelPage } from './panelPage';
import type { PanelPageOptions } from './panelPage';
import { asked, begun, conversationOf, ended, longConversation, said, thought } from './samples';
import { TestPanels } from './testPanels';

const lines = 'A line of an answer.\n\n'.repeat(12);

describe('scrolling', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  async function open(questions: number, options: PanelPageOptions = {}): Promise<void> {
    panel = await panels.open(options);
    await panel.show(longConversation('c1', questions));
    await panel.page.locator('[data-message="q1"]').waitFor({ state: 'attached' });
    await panel.settle();
  }

  /** Turns the wheel over the conversation, and waits until that has moved and come to rest. */
  async function wheel(distance: number): Promise<void> {
    await panel.feed.hover();
    const start = await panel.feed.evaluate((feed) => feed.scrollTop);
    await panel.page.mouse.wheel(0, distance);
    await panel.feed.evaluate(async (feed, from) => {
      let last = feed.scrollTop;
      for (let still = 0; last === from || still < 8; still += 1) {
        await new Promise(requestAnimationFrame);
        if (feed.scrollTop !== last) still = 0;
        last = feed.scrollTop;
      }
    }, start);
  }

  it('opens at the end and follows the answer', async () => {
    await open(6);
    ok((await panel.distanceToEnd()) <= 1);
    await panel.happen(asked('q', 'More', 'a6'), begun('a', 'q'));
    for (let n = 0; n < 5; n += 1) {
      await panel.happen(said('a', lines));
      ok((await panel.distanceToEnd()) <= 1, `after piece ${n}`);
    }
    equal(await panel.button('Jump to Latest').count(), 0);
  });

  it('stays where the reader scrolls to, and follows again from the end', async () => {
    await open(6);
    await panel.happen(asked('q', 'More', 'a6'), begun('a', 'q'), said('a', lines));
    await wheel(-150);
    const place = async (): Promise<number> => await panel.feed.evaluate((feed) => feed.scrollTop);
    const before = await place();
    await panel.happen(said('a', lines));
    equal(await place(), before);
    ok(await panel.button('Jump to Latest').isVisible());
    await wheel(5000);
    await panel.happen(said('a', lines));
    ok((await panel.distanceToEnd()) <= 1);
    equal(await panel.button('Jump to Latest').count(), 0);
  });

  it('jumps to the latest and follows from there', async () => {
    await open(6, { reducedMotion: true });
    await panel.happen(asked('q', 'More', 'a6'), begun('a', 'q'), said('a', lines));
    await wheel(-400);
    await panel.button('Jump to Latest').click();
    await panel.settle();
    ok((await panel.distanceToEnd()) <= 1);
    await panel.happen(said('a', lines));
    ok((await panel.distanceToEnd()) <= 1);
  });

  it('goes to the end when the user asks something', async () => {
    await open(6);
    await wheel(-600);
    await panel.composer.fill('Now?');
    await panel.composer.press('Enter');
    await panel.happen(asked('q', 'Now?', 'a6'), begun('a', 'q'));
    ok((await panel.distanceToEnd()) <= 1);
  });

  it('draws a long history from its end, and fills in the rest without moving', async () => {
    panel = await panels.open();
    // Idle time comes when the test gives it.
    await panel.page.evaluate(
      'window.idle = []; window.requestIdleCallback = (callback) => window.idle.push(callback);',
    );
    await panel.show(longConversation('c1', 50));
    const articles = panel.page.locator('article');
    const drawnFirst = await articles.count();
    ok(drawnFirst >= 8 && drawnFirst <= 16, `${drawnFirst} messages at first`);
    await wheel(-100);
    const mark = panel.page.locator('[data-message="a50"]');
    const before = (await mark.boundingBox())?.y;
    for (let slice = 0; slice < 30; slice += 1) {
      await panel.page.evaluate('window.idle.shift()?.()');
      await panel.settle();
    }
    equal(await articles.count(), 100);
    equal((await mark.boundingBox())?.y, before);
    deepStrictEqual(
      await articles.evaluateAll((all) =>
        all.map((article) => Number(article.getAttribute('aria-posinset'))),
      ),
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });

  it('draws of long answers no more than fill the panel before it shows them', async () => {
    panel = await panels.open({ width: 600, height: 900 });
    await panel.page.evaluate('window.requestIdleCallback = () => 0;');
    await panel.show(longConversation('c1', 50, 'Some words. '.repeat(300)));
    const articles = panel.page.locator('article');
    ok((await articles.count()) <= 4, `${await articles.count()} messages at first`);
    const top = await articles.first().evaluate((article) => article.getBoundingClientRect().top);
    ok(top <= 0, `${top} px of the panel are empty`);
  });

  it('fills in the rest of a long history also when it is opened from another long one', async () => {
    await open(20);
    await panel.show(longConversation('c2', 30));
    await panel.page.locator('[data-message="q29"]').waitFor({ state: 'attached' });
    await panel.page.locator('[data-message="q1"]').waitFor({ state: 'attached' });
    equal(await panel.page.getByRole('article').count(), 60);
  });

  it('comes back to the place where the reader was', async () => {
    await open(12);
    await wheel(-900);
    await panel.page.waitForFunction('window.savedState?.views.some((view) => view.anchor !== null)');
    const seen = await panel.feed.evaluate((feed) => {
      const top = feed.getBoundingClientRect().top;
      const first = [...feed.querySelectorAll('[data-message]')].find(
        (message) => message.getBoundingClientRect().bottom > top,
      );
      return {
        id: first?.getAttribute('data-message'),
        y: Math.round(first?.getBoundingClientRect().top ?? 0),
      };
    });
    const savedState = await panel.savedState();
    await open(12, { savedState });
    for (let frame = 0; frame < 10; frame += 1) await panel.settle();
    const y = (await panel.page.locator(`[data-message="${seen.id ?? ''}"]`).boundingBox())?.y ?? 0;
    ok(Math.abs(y - seen.y) <= 2, `${y} instead of ${seen.y}`);
    ok(await panel.button('Jump to Latest').isVisible());
  });

  it('keeps the end in view when the panel becomes narrower or shorter', async () => {
    await open(6);
    await panel.page.setViewportSize({ width: 260, height: 500 });
    await panel.settle();
    ok((await panel.distanceToEnd()) <= 1);
  });

  it('does not scroll away from what the reader unfolds', async () => {
    await open(3);
    await panel.happen(asked('q', 'More', 'a3'), begun('a', 'q'));
    const failure = { kind: 'server-error', retryable: true, detail: 'word '.repeat(300) } as const;
    await panel.happen(
      ended('a', { outcome: 'failed', failure: { ...failure, url: 'https://x.example/v1' } }),
    );
    const summary = panel.page.getByText('Details');
    const before = (await summary.boundingBox())?.y;
    await summary.click();
    await panel.settle();
    equal((await summary.boundingBox())?.y, before);
    const sentence = panel.page.getByText('had a server error');
    const place = (await sentence.boundingBox())?.y;
    await panel.button('Show More').click();
    await panel.settle();
    equal((await sentence.boundingBox())?.y, place);
  });

  describe('what is pressed stays under the pointer at the end of the chat', () => {
    const long =
      `${'const aVeryLongName = anotherFunctionName(withManyArguments, andMore); '.repeat(4)}\n`.repeat(16);

    async function showAnswer(text: string, ends = true): Promise<void> {
      panel = await panels.open({ width: 400, height: 700 });
      const events = [
        asked('q1', 'Why?'),
        begun('a1', 'q1'),
        said('a1', text),
        ...(ends ? [ended('a1')] : []),
      ];
      await panel.show(conversationOf('c1', ...events));
      await panel.settle();
      ok((await panel.distanceToEnd()) <= 1);
    }

    /** How far the element moves when it is pressed, in pixels, when all has come to rest. */
    async function movedBy(pressed: Locator, press: () => Promise<void>): Promise<number> {
      const before = await pressed.boundingBox();
      await press();
      await panel.settle();
      const after = await pressed.boundingBox();
      return Math.abs((after?.y ?? Infinity) - (before?.y ?? 0));
    }

    it('when long lines wrap, and when they no longer do', async () => {
      await showAnswer(`${'前\n\n'.repeat(30)}\`\`\`ts\n${long}\`\`\`\n`);
      const wrap = panel.button('Wrap Lines');
      await wrap.scrollIntoViewIfNeeded();
      ok((await movedBy(wrap, () => wrap.click())) <= 1);
      equal(await wrap.getAttribute('aria-pressed'), 'true');
      ok((await movedBy(wrap, () => wrap.press('Enter'))) <= 1);
    });

    const wrapped: readonly (readonly [name: string, before: string, code: string, after: string])[] = [
      ['of Python', 'One.\n\n'.repeat(30), `\`\`\`python\n${long}\`\`\`\n`, ''],
      ['without a language', 'Zwei.\n\n'.repeat(30), `\`\`\`\n${long}\`\`\`\n`, ''],
      ['with words below it', '三。\n\n'.repeat(30), `\`\`\`ts\n${long}\`\`\`\n`, 'Four.\n\n'.repeat(4)],
      [
        'with a table below it',
        'Пять.\n\n'.repeat(30),
        `\`\`\`go\n${long}\`\`\`\n`,
        '\n| a |\n|---|\n| b |\n',
      ],
      [
        'with Chinese comments',
        '六。\n\n'.repeat(30),
        `\`\`\`js\n${'// 很长的一行注释'.repeat(60)}\n\`\`\`\n`,
        '',
      ],
      [
        'with one endless line',
        'Sieben.\n\n'.repeat(30),
        `\`\`\`json\n${'"abc",'.repeat(900)}\n\`\`\`\n`,
        '',
      ],
      ['that is a diff', 'Acht.\n\n'.repeat(30), `\`\`\`diff\n+${long}\`\`\`\n`, ''],
      [
        'in a list',
        'Neuf.\n\n'.repeat(30),
        `1. x\n\n   \`\`\`sh\n   ${'echo '.repeat(300)}\n   \`\`\`\n`,
        '',
      ],
      ['in a quote', 'Dez.\n\n'.repeat(30), `> \`\`\`c\n> ${'int a; '.repeat(200)}\n> \`\`\`\n`, ''],
      ['whose fence is not closed', 'Onze.\n\n'.repeat(30), `\`\`\`ts\n${long}`, ''],
    ];
    for (const [name, before, code, after] of wrapped) {
      it(`when the lines of code wrap: code ${name}`, async () => {
        await showAnswer(before + code + after);
        const wrap = panel.button('Wrap Lines');
        await wrap.scrollIntoViewIfNeeded();
        ok((await movedBy(wrap, () => wrap.click())) <= 1);
        ok((await movedBy(wrap, () => wrap.click())) <= 1);
      });
    }

    it('when there is nothing to wrap', async () => {
      await showAnswer(`${'前\n\n'.repeat(30)}\`\`\`ts\nlet a;\n\`\`\`\n`);
      const wrap = panel.button('Wrap Lines');
      await wrap.scrollIntoViewIfNeeded();
      ok((await movedBy(wrap, () => wrap.click())) <= 1);
    });

    it('while the answer still streams', async () => {
      await showAnswer(`${'前\n\n'.repeat(30)}\`\`\`ts\n${long}\`\`\`\n\nmore`, false);
      const wrap = panel.button('Wrap Lines');
      await wrap.scrollIntoViewIfNeeded();
      const moved = await movedBy(wrap, async () => {
        await wrap.click();
        await panel.happen(said('a1', ' words\n\n'.repeat(20)));
      });
      ok(moved <= 1);
    });

    it('when a folded part is shown', async () => {
      await showAnswer(
        `${'前\n\n'.repeat(40)}<details><summary>答案</summary>\n\n${'行\n\n'.repeat(40)}</details>\n`,
      );
      const summary = panel.page.getByText('答案');
      ok((await movedBy(summary, () => summary.click())) <= 1);
      ok(await panel.button('Jump to Latest').isVisible());
    });

    it('when reasoning is shown while the model still thinks', async () => {
      panel = await panels.open({ width: 400, height: 500 });
      await panel.show(
        conversationOf(
          'c1',
          asked('q1', 'Why?'),
          begun('a1', 'q1'),
          said('a1', '前\n\n'.repeat(30)),
          ended('a1'),
          asked('q', 'And?', 'a1'),
          begun('a', 'q'),
          thought('a', '想\n\n'.repeat(60)),
        ),
      );
      await panel.settle();
      const summary = panel.page.locator('.reasoning summary').last();
      ok((await movedBy(summary, () => summary.click())) <= 1);
    });
  });
});
