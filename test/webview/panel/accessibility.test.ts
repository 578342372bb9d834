import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/launchBrowser';
import { root } from '../../support/startVSCode';
import { PanelPage, readyState } from './panelPage';
import { chips, conversation, panelStates } from './panelStates';
import { asked, begun, comparedConversation, conversationOf, richConversation, said } from './samples';
import { themeNames } from './themes';

describe('accessibility', () => {
  let browser: Browser;
  let axe: string;

  before(async () => {
    browser = await launchBrowser();
    axe = await readFile(createRequire(join(root, 'package.json')).resolve('axe-core/axe.min.js'), 'utf8');
  });
  after(async () => {
    await browser.close();
  });

  for (const theme of themeNames) {
    for (const [name, enter] of Object.entries(panelStates)) {
      it(`has no violation: ${name}, ${theme}`, async () => {
        const panel = await PanelPage.open(browser, { theme, width: 320, reducedMotion: true });
        await enter(panel);
        // The page's policy lets no script in but the panel's; this comes in from outside of the page.
        await panel.page.evaluate(axe);
        const { violations } = await panel.page.evaluate<AxeResults>('axe.run()');
        deepStrictEqual(
          violations.map(({ id, nodes }) => ({
            id,
            nodes: nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`),
          })),
          [],
        );
        await panel.close();
      });
    }
  }

  it('can be used with the keyboard alone, each stop visible', async () => {
    const panel = await PanelPage.open(browser, { theme: 'dark' });
    await panel.show(conversation, { ...readyState, attachments: chips });
    await panel.button('New Chat').focus();
    const names: string[] = [];
    for (let stop = 0; stop < 60; stop += 1) {
      await panel.page.keyboard.press('Tab');
      const focused = await panel.page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return null;
        const ring = getComputedStyle(element);
        const frame = element.closest('.composer-box');
        const actions = element.closest('.actions');
        return {
          name: element.getAttribute('aria-label') ?? element.textContent,
          // The input shows its focus by the frame around it.
          ringed: element.matches('.composer-input')
            ? frame !== null
            : ring.outlineStyle === 'solid' && ring.outlineWidth !== '0px',
          shown: actions === null || actions.matches(':focus-within'),
        };
      });
      if (focused === null) break;
      ok(focused.ringed, `a ring around ${focused.name}`);
      ok(focused.shown, `${focused.name} is shown`);
      names.push(focused.name);
    }
    for (const name of [
      'History',
      'Conversation',
      'Copy',
      'Edit',
      'Regenerate',
      'Previous Version',
      'Details',
      'Set API Key',
      'Remove format.ts:12-30',
      'Message',
      'Attach',
      'Send',
    ]) {
      ok(names.includes(name), `${name} among ${names.join(', ')}`);
    }
    await panel.close();
  });

  it('moves nothing for those who want less motion', async () => {
    const panel = await PanelPage.open(browser, { reducedMotion: true });
    await panelStates['streaming']?.(panel);
    equal(await panel.page.evaluate(() => document.getAnimations().length), 0);
    await panel.close();
  });

  it('fits 240 pixels and 200 % without a sideways scroll', async () => {
    const panel = await PanelPage.open(browser, { width: 240, height: 500 });
    for (const [shown, zoom] of [
      [conversation, '1'],
      [conversation, '2'],
      [richConversation('c2'), '1'],
      [richConversation('c3'), '2'],
      [comparedConversation('c4'), '1'],
      [comparedConversation('c5'), '2'],
    ] as const) {
      await panel.show(shown, { ...readyState, attachments: chips });
      await panel.page.evaluate((value) => {
        document.documentElement.style.setProperty('--vscode-font-size', `${13 * Number(value)}px`);
      }, zoom);
      await panel.settle();
      const overflow = await panel.page.evaluate(() => ({
        page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        feed: [...document.querySelectorAll('.transcript')].map(
          (feed) => feed.scrollWidth - feed.clientWidth,
        ),
      }));
      deepStrictEqual(overflow, { page: 0, feed: [0] }, `${shown.id} at ${zoom}`);
      ok(
        await panel.page
          .getByRole('button', { name: /^(?:Send|Stop)$/ })
          .last()
          .isVisible(),
      );
    }
    await panel.close();
  });

  it('compares answers from right to left too, without a sideways scroll', async () => {
    const panel = await PanelPage.open(browser, { width: 700, height: 500 });
    await panel.show(
      conversationOf(
        'c1',
        asked('q1', 'أي فرز مستقر؟'),
        begun('a1', 'q1', 'One'),
        begun('a2', 'q1', 'Two'),
        { kind: 'comparison-started', id: 'q1', answers: ['a1', 'a2'], at: 0 },
        said('a1', 'فرز الدمج مستقر.'),
        said('a2', 'Merge sort is.'),
      ),
    );
    const sideOf = async (text: string): Promise<string> =>
      await panel.page
        .getByText(text)
        .last()
        .evaluate((element) => getComputedStyle(element).direction);
    equal(await sideOf('أي فرز مستقر؟'), 'rtl');
    equal(await sideOf('فرز الدمج مستقر.'), 'rtl');
    equal(await sideOf('Merge sort is.'), 'ltr');
    await panel.page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    for (const width of [240, 700]) {
      await panel.page.setViewportSize({ width, height: 500 });
      await panel.page.getByRole('tablist').waitFor({ state: width < 700 ? 'visible' : 'detached' });
      deepStrictEqual(
        await panel.page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll('.transcript, .comparison-columns')].map(
            (element) => element.scrollWidth - element.clientWidth,
          ),
        ),
        [0, 0, 0],
        `at ${String(width)} pixels`,
      );
    }
    await panel.article('One').focus();
    await panel.page.keyboard.press('ArrowLeft');
    ok(await panel.article('Two').evaluate((column) => column === document.activeElement));
    await panel.close();
  });
});
