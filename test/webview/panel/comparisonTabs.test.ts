import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import { type PanelPage, readyState, type PanelPageOptions } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

const long = 'Some words that fill a line. '.repeat(200);
const compared: readonly ConversationEvent[] = [
  asked('q1', 'Why?'),
  begun('a1', 'q1', 'Ada'),
  begun('a2', 'q1', 'Bee'),
  begun('a3', 'q1', 'Cy'),
  { kind: 'comparison-started', id: 'q1', answers: ['a1', 'a2', 'a3'], at: 0 },
];

describe('a comparison in a narrow panel', function () {
  this.timeout(60_000);
  const panels = new TestPanels();
  let panel: PanelPage;

  async function open(options: PanelPageOptions, ...events: readonly ConversationEvent[]): Promise<void> {
    panel = await panels.open({ width: 420, ...options });
    await panel.show(conversationOf('c1', ...compared, ...events));
    await panel.page.getByRole('tablist').waitFor();
  }

  function tab(name: string): Locator {
    return panel.page.getByRole('tab', { name });
  }

  async function shownAnswers(): Promise<(string | null)[]> {
    const visible = panel.page.locator('.comparison-column > article:visible');
    return await visible.evaluateAll((all) => all.map((article) => article.getAttribute('aria-label')));
  }

  const all = [said('a1', 'One.'), ended('a1'), said('a2', 'Two.'), ended('a2'), said('a3', 'Three.')];

  it('shows the answer of one model at a time, which the arrow keys choose', async () => {
    await open({}, ...all);
    deepStrictEqual(await shownAnswers(), ['Ada']);
    await tab('Ada').focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.getByRole('tabpanel', { name: 'Bee' }).waitFor();
    deepStrictEqual(await shownAnswers(), ['Bee']);
    equal(await tab('Bee').getAttribute('aria-selected'), 'true');
    ok(await tab('Bee').evaluate((button) => button === document.activeElement));
    await panel.page.keyboard.press('End');
    await panel.page.getByRole('tabpanel', { name: 'Cy' }).waitFor();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.getByRole('tabpanel', { name: 'Ada' }).waitFor();
    await panel.page.keyboard.press('ArrowLeft');
    await panel.page.getByRole('tabpanel', { name: 'Cy' }).waitFor();
    // One tab stop for all tabs.
    deepStrictEqual(
      await panel.page
        .getByRole('tab')
        .evaluateAll((tabs) => tabs.map((each) => each.getAttribute('tabindex'))),
      ['-1', '-1', '0'],
    );
  });

  it('goes from right to left with the page', async () => {
    await open({}, ...all);
    await panel.page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    await tab('Ada').focus();
    await panel.page.keyboard.press('ArrowLeft');
    await panel.page.getByRole('tabpanel', { name: 'Bee' }).waitFor();
  });

  it('tells which answer still comes, and which failed', async () => {
    const failure = { kind: 'unauthorized', retryable: false } as const;
    await open({}, said('a1', 'One.'), ended('a1'), ended('a2', { outcome: 'failed', failure }));
    await panel.page.getByRole('tab', { name: 'Ada', exact: true }).waitFor();
    await panel.page.getByRole('tab', { name: 'Bee Failed', exact: true }).waitFor();
    await panel.page.getByRole('tab', { name: 'Cy Answering', exact: true }).waitFor();
    await tab('Bee').click();
    equal(await panel.page.getByRole('button', { name: 'Use This Answer' }).count(), 0);
  });

  it('keeps the tabs and "Use This Answer" in sight while a long answer is read', async () => {
    await open({ height: 500 }, said('a1', long), ended('a1'), said('a2', long), ended('a2'));
    await tab('Bee').click();
    await panel.page.getByRole('tabpanel', { name: 'Bee' }).hover();
    await panel.page.mouse.wheel(0, 900);
    const use = panel.page.getByRole('button', { name: 'Use This Answer' });
    const feed = await panel.feed.boundingBox();
    const top = async (element: Locator): Promise<number> => (await element.boundingBox())?.y ?? Infinity;
    await panel.page.waitForFunction(() => (document.querySelector('.transcript')?.scrollTop ?? 0) > 300);
    ok((await top(tab('Bee'))) < (feed?.y ?? 0) + 20, 'the tabs are at the top');
    ok((await top(use)) < (feed?.y ?? 0) + 60);
    await use.press('Enter');
    deepStrictEqual(await panel.intents('pick-answer'), [{ id: 'a2' }]);
  });

  it('keeps the chosen tab when the panel is widened and narrowed again', async () => {
    await open({}, ...all);
    await tab('Bee').click();
    await panel.page.setViewportSize({ width: 1000, height: 700 });
    await panel.page.getByRole('tablist').waitFor({ state: 'detached' });
    deepStrictEqual(await shownAnswers(), ['Ada', 'Bee', 'Cy']);
    await panel.page.setViewportSize({ width: 420, height: 700 });
    await panel.page.getByRole('tablist').waitFor();
    deepStrictEqual(await shownAnswers(), ['Bee']);
  });

  it('fits a panel of 240 pixels, in Chinese too', async () => {
    await open({ width: 240, language: 'zh-cn', bundle: { 'Use This Answer': '使用此回答' } }, ...all);
    ok(await panel.page.getByRole('button', { name: '使用此回答' }).isVisible());
    const overflow = await panel.feed.evaluate((feed) => feed.scrollWidth - feed.clientWidth);
    ok(overflow <= 0, `the panel scrolls sideways by ${String(overflow)}`);
  });

  it('tells in the composer how many models are compared, at every width', async () => {
    const comparison = ['A long name of a model', 'Another long name', 'Third'].map((name) => ({
      reference: { gatewayId: 'demo', modelId: name },
      name,
    }));
    panel = await panels.open({ width: 240 });
    await panel.show(conversationOf('c1'), { ...readyState, comparison });
    const count = panel.page.getByText('3 models', { exact: true });
    await count.waitFor();
    const [box, chip] = [await count.boundingBox(), await panel.page.locator('.comparison').boundingBox()];
    ok(box !== null && chip !== null && box.x + box.width <= chip.x + chip.width, 'it is not cut');
  });
});
