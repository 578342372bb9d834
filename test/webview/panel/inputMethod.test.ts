import { deepStrictEqual, equal } from 'node:assert/strict';
import { type PanelPage } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

/** How browsers mark a key that an input method handles: Safari, and old versions of others, by the code alone. */
const marks = [
  { keyCode: 229, isComposing: false },
  { keyCode: 229, isComposing: true },
  { keyCode: 13, isComposing: true },
];

describe('keys of an input method', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
  });

  /** Sends each key in each form to what has the focus. */
  async function press(keys: readonly string[]): Promise<void> {
    await panel.page.evaluate(
      ([names, forms]) => {
        for (const key of names) {
          for (const form of forms) {
            const options = { key, bubbles: true, cancelable: true, ...form };
            document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', options));
          }
        }
      },
      [keys, marks] as const,
    );
    await panel.settle();
  }

  async function posted(): Promise<unknown[]> {
    const all = await Promise.all(
      (['submit', 'stop', 'edit', 'rename-chat'] as const).map((type) => panel.intents(type)),
    );
    return all.flat();
  }

  const settled = conversationOf(
    'c1',
    asked('q1', 'Why?'),
    begun('a1', 'q1'),
    said('a1', 'So.'),
    ended('a1'),
  );
  const streaming = conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'So'));

  it('send nothing and stop nothing in the composer', async () => {
    await panel.show(streaming);
    await panel.composer.fill('你好');
    await press(['Escape', 'Enter', 'ArrowUp', 'Tab']);
    deepStrictEqual(await posted(), []);
    equal(await panel.composer.inputValue(), '你好');
    await panel.composer.press('Escape');
    deepStrictEqual(await panel.intents('stop'), [{}]);
  });

  it('stop nothing wherever else the focus is', async () => {
    await panel.show(streaming);
    for (const selector of ['.stop-button', 'article.message', 'body']) {
      await panel.page
        .locator(selector)
        .first()
        .evaluate((element) => {
          if (element instanceof HTMLElement) element.focus();
        });
      await press(['Escape', 'Enter']);
    }
    deepStrictEqual(await posted(), []);
  });

  it('choose nothing from the list of suggestions, and leave it open', async () => {
    await panel.show(settled);
    await panel.composer.pressSequentially('#');
    const list = panel.page.getByRole('listbox');
    await list.waitFor();
    await press(['Enter', 'Escape', 'Tab', 'ArrowDown']);
    equal(await list.count(), 1);
    equal(await panel.composer.inputValue(), '#');
    deepStrictEqual(await posted(), []);
  });

  it('keep the editor of a prompt open, and send nothing', async () => {
    await panel.show(settled);
    await panel.page.getByRole('article', { name: 'You' }).hover();
    await panel.button('Edit').first().click();
    const editor = panel.page.locator('.prompt textarea');
    await editor.fill('改一下');
    await press(['Escape', 'Enter']);
    equal(await editor.inputValue(), '改一下');
    deepStrictEqual(await posted(), []);
  });

  it('keep the find bar open', async () => {
    await panel.show(settled);
    await panel.page.keyboard.press('Control+F');
    const field = panel.page.getByRole('search').locator('input').first();
    await field.fill('So');
    await press(['Escape', 'Enter']);
    equal(await field.inputValue(), 'So');
    equal(await field.evaluate((element) => element === document.activeElement), true);
  });

  it('keep the field of the title open', async () => {
    await panel.show(settled);
    await panel.happen({ kind: 'title-changed', title: 'Numbers', source: 'prompt', at: 0 });
    await panel.page.locator('.header-rename').click();
    const field = panel.page.getByLabel('Chat Title');
    await field.fill('新标题');
    await press(['Escape', 'Enter']);
    equal(await field.inputValue(), '新标题');
    deepStrictEqual(await posted(), []);
  });

  for (const part of ['shortcuts', 'history'] as const) {
    it(`leave the ${part} open`, async () => {
      await panel.show(settled);
      await panel.send('show', { part });
      const sheet = panel.page.locator(`.${part}`).first();
      await sheet.waitFor();
      await press(['Escape', 'Enter']);
      equal(await sheet.isVisible(), true);
    });
  }
});
