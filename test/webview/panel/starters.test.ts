import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { OpenedContext } from '../../../src/shared/messages/toView';
import { type PanelPage, readyState } from './panelPage';
import { conversationOf } from './samples';
import { TestPanels } from './testPanels';

const opened: OpenedContext = {
  file: 'sum.ts',
  symbol: { name: 'product', isCallable: true },
  problems: 2,
  changes: 1,
};

describe('first prompts of an empty chat', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
  });

  const starters = (): Locator =>
    panel.page.getByRole('region', { name: 'Welcome' }).getByRole('list').getByRole('button');
  const show = async (context?: OpenedContext): Promise<readonly string[]> => {
    await panel.show(conversationOf('c1'), {
      ...readyState,
      ...(context !== undefined && { opened: context }),
    });
    return await starters().allTextContents();
  };

  it('are about what is open, the most urgent one first', async () => {
    deepStrictEqual(await show(opened), [
      'Fix 2 problems',
      'Explain sum.ts',
      'Write tests for product()',
      'Review my 1 change',
    ]);
  });

  for (const [context, labels] of [
    [{ ...opened, problems: 1, symbol: null, changes: 0 }, ['Fix 1 problem', 'Explain sum.ts']],
    [{ ...opened, problems: 0, changes: 3, symbol: null }, ['Explain sum.ts', 'Review my 3 changes']],
    [{ file: null, symbol: null, problems: 0, changes: 12 }, ['Review my 12 changes']],
    [
      { ...opened, problems: 0, changes: 0, symbol: { name: 'Matrix', isCallable: false } },
      ['Explain sum.ts', 'Write tests for Matrix'],
    ],
    [
      { ...opened, problems: 0, changes: 0, symbol: { name: 'add(int, int)', isCallable: true } },
      ['Explain sum.ts', 'Write tests for add(int, int)'],
    ],
  ] as const) {
    it(`offer only what is there: ${labels.join(', ')}`, async () => {
      deepStrictEqual(await show(context), labels);
    });
  }

  it('are general ones when nothing is open', async () => {
    const labels = await show();
    equal(labels.length, 4);
    ok(labels.includes('What can you help me with?'));
  });

  it('change when something else is opened', async () => {
    await show(opened);
    await panel.send('state', { ...readyState, opened: { ...opened, file: 'matrix.py', problems: 0 } });
    ok(await panel.button('Explain matrix.py').isVisible());
    equal(await panel.button('Explain sum.ts').count(), 0);
  });

  it('ask with the keyboard, and leave the draft alone', async () => {
    await show(opened);
    await panel.composer.fill('my own words');
    for (const name of [
      'Fix 2 problems',
      'Explain sum.ts',
      'Write tests for product()',
      'Review my 1 change',
    ]) {
      await panel.button(name).focus();
      await panel.page.keyboard.press('Enter');
      // The composer takes the focus a moment later, and would take the next Enter too.
      await panel.composer.and(panel.page.locator(':focus')).waitFor();
    }
    deepStrictEqual(
      (await panel.intents('start')).map(({ starter }) => starter),
      ['fix-problems', 'explain-file', 'write-tests', 'review-changes'],
    );
    deepStrictEqual(await panel.intents('submit'), []);
    equal(await panel.composer.inputValue(), 'my own words');
  });

  it('fit 240 pixels with a long file name', async () => {
    await panel.page.setViewportSize({ width: 240, height: 600 });
    await show({ ...opened, file: 'a_very_long_name_of_a_file_without_any_space_in_it.test.ts' });
    for (const starter of await starters().all()) {
      const box = await starter.boundingBox();
      ok(box !== null && box.x >= 0 && box.x + box.width <= 240);
      equal(await starter.evaluate((button) => button.scrollWidth - button.clientWidth), 0);
    }
  });

  it('are translated', async () => {
    panel = await panels.open({
      language: 'zh-cn',
      bundle: { 'Explain {0}': '解释 {0}', 'Fix {0} problems': '修复 {0} 个问题' },
    });
    const labels = await show(opened);
    deepStrictEqual(labels.slice(0, 2), ['修复 2 个问题', '解释 sum.ts']);
  });
});
