import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ContextItem, PromptItem } from '../../../src/shared/messages/toView';
import { type PanelPage } from './panelPage';
import { asked, begun, conversationOf } from './samples';
import { TestPanels } from './testPanels';

const items: readonly ContextItem[] = Array.from({ length: 20 }, (_, n) => ({
  id: `f${n}`,
  kind: 'file',
  label: `reader${n}.ts`,
  description: 'src/gateway',
}));

const prompts: readonly PromptItem[] = [
  { id: 'p1', name: 'tests', description: 'Write tests', source: 'built-in' },
  { id: 'p2', name: 'explain', description: 'Explain how it works', source: 'built-in' },
  { id: 'p3', name: 'release', description: 'Write the notes of a release', source: 'workspace' },
];

describe('composer lists', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
    await panel.show(conversationOf('c1'));
  });

  const list = (): Locator => panel.page.getByRole('listbox');
  const type = async (text: string): Promise<void> => {
    await panel.composer.pressSequentially(text);
    await panel.settle();
  };
  const goLeft = async (characters: number): Promise<void> => {
    const presses = new Array<string>(characters).fill('ArrowLeft');
    for (const key of presses) await panel.composer.press(key);
  };
  /** Answers the latest question as the host does. */
  const reply = async (found: readonly ContextItem[]): Promise<void> => {
    const request = (await panel.intents('find-context')).at(-1)?.request ?? -1;
    await panel.send('context-found', { request, items: found });
  };
  const replyPrompts = async (): Promise<void> => {
    const request = (await panel.intents('find-prompts')).at(-1)?.request ?? -1;
    await panel.send('prompts-found', { request, prompts });
  };
  /** What a screen reader reads as the marked row. */
  const marked = async (): Promise<string | null> =>
    await panel.composer.evaluate((input) => {
      const row = document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
      return row?.getAttribute('aria-selected') === 'true'
        ? [...row.querySelectorAll('span')]
            .map((part) => part.textContent)
            .filter((part) => part !== '')
            .join(', ')
        : null;
    });

  describe('@', () => {
    it('lists open files, and attaches the chosen one instead of the word', async () => {
      await type('look at @');
      deepStrictEqual(
        (await panel.intents('find-context')).map(({ query }) => query),
        [''],
      );
      await reply(items);
      equal(await panel.composer.getAttribute('aria-controls'), await list().getAttribute('id'));
      equal(await marked(), 'reader0.ts, src/gateway');
      await type('rea');
      await reply(items.slice(3));
      await panel.composer.press('ArrowDown');
      equal(await marked(), 'reader4.ts, src/gateway');
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('attach-found'), [{ id: 'f4' }]);
      equal(await panel.composer.inputValue(), 'look at ');
      equal(await list().count(), 0);
      deepStrictEqual(await panel.intents('submit'), []);
      await panel.composer.press('Control+z');
      equal(await panel.composer.inputValue(), 'look at @rea', 'Undo brings the word back');
    });

    it('keeps the reply to the latest query when a reply to a shorter one arrives after it', async () => {
      await type('@re');
      await type('a');
      const requests = (await panel.intents('find-context')).map(({ request }) => request);
      const [older = -1, latest = -1] = requests.slice(-2);
      ok(older < latest);
      await panel.send('context-found', { request: latest, items: items.slice(3, 4) });
      await panel.send('context-found', { request: older, items });
      equal(await marked(), 'reader3.ts, src/gateway');
      equal(await list().getByRole('option').count(), 1);
    });

    it('moves through the rows by keyboard and keeps them visible', async () => {
      await type('@');
      await reply(items);
      const go = async (key: string): Promise<string | undefined> => {
        await panel.composer.press(key);
        ok(await list().getByRole('option', { selected: true }).isVisible());
        const inSight = await list().evaluate((box) => {
          const row = box.querySelector('[aria-selected=true]')?.getBoundingClientRect();
          const frame = box.getBoundingClientRect();
          return row !== undefined && row.top >= frame.top && row.bottom <= frame.bottom;
        });
        ok(inSight, key);
        return (await marked())?.split(',')[0];
      };
      equal(await go('ArrowUp'), 'reader19.ts');
      equal(await go('ArrowDown'), 'reader0.ts');
      equal(await go('PageDown'), 'reader8.ts');
      equal(await go('End'), 'reader19.ts');
      equal(await go('PageUp'), 'reader11.ts');
      equal(await go('Home'), 'reader0.ts');
      await panel.composer.press('Tab');
      deepStrictEqual(await panel.intents('attach-found'), [{ id: 'f0' }]);
      ok(await panel.composer.evaluate((input) => input === document.activeElement));
    });

    it('chooses on a click, and the cursor stays in the text', async () => {
      await type('@r and more');
      await goLeft(' and more'.length);
      await panel.settle();
      equal(await list().count(), 0, 'the cursor alone opens nothing');
      await type('e');
      await reply(items);
      await list().getByRole('option', { name: 'reader2.ts' }).click();
      deepStrictEqual(await panel.intents('attach-found'), [{ id: 'f2' }]);
      equal(await panel.composer.inputValue(), 'and more');
      ok(await panel.composer.evaluate((input) => input === document.activeElement));
    });

    it('closes on Escape without stopping the answer, and opens again for the next word', async () => {
      await panel.happen(asked('q1', 'Why?'), begun('a1', 'q1'));
      await type('@re');
      await reply(items);
      await panel.composer.press('Escape');
      equal(await list().count(), 0);
      deepStrictEqual(await panel.intents('stop'), []);
      await type('ad');
      equal(await list().count(), 0, 'not for the same word');
      await panel.composer.press('Escape');
      equal((await panel.intents('stop')).length, 1);
      await type(' @');
      await reply(items);
      ok(await list().isVisible());
    });

    it('ignores a reply to an older query', async () => {
      await type('@a');
      const [first] = await panel.intents('find-context');
      await type('b');
      await panel.send('context-found', {
        request: first?.request ?? 0,
        items: [{ id: 'old', kind: 'file', label: 'axe.ts', description: '' }],
      });
      equal(await list().count(), 0);
      await reply([{ id: 'new', kind: 'symbol', label: 'abort', description: 'stop.ts:3' }]);
      equal(await marked(), 'abort, stop.ts:3');
    });

    it('chooses as soon as the reply arrives when Enter is pressed before it', async () => {
      await type('@');
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), []);
      await reply(items);
      deepStrictEqual(await panel.intents('attach-found'), [{ id: 'f0' }]);
      equal(await panel.composer.inputValue(), '');
    });

    it('tells how many rows there are, and if there are none, Enter sends', async () => {
      await type('@x');
      await reply(items.slice(0, 5));
      ok((await panel.page.locator('[aria-live=polite]').allInnerTexts()).includes('5 results'));
      await type('yz');
      await reply([]);
      ok(await panel.page.locator('.suggestions-empty').isVisible());
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), [{ text: '@xyz' }]);
      equal(await panel.page.locator('.suggestions-empty').count(), 0);
    });

    it('marks the matched letters', async () => {
      await type('@rdr');
      await reply(items.slice(0, 1));
      deepStrictEqual(await list().locator('b').allInnerTexts(), ['r', 'd', 'r']);
    });

    it('does not open inside an address', async () => {
      await type('write to ada@lovelace.org');
      deepStrictEqual(await panel.intents('find-context'), []);
    });

    it('closes when the cursor or the focus moves away', async () => {
      await type('word @re');
      await reply(items);
      await panel.composer.press('Control+ArrowLeft');
      await panel.composer.press('Control+ArrowLeft');
      await panel.settle();
      equal(await list().count(), 0);
      await panel.composer.press('Control+End');
      await type('a');
      await reply(items);
      ok(await list().isVisible());
      await panel.button('Attach').focus();
      equal(await list().count(), 0);
    });
  });

  describe('#', () => {
    it('lists the sources with a description, and filters them while the user types', async () => {
      await type('why #');
      equal(await list().getByRole('option').count(), 6);
      ok(await list().getByRole('option', { name: 'Terminal The last output' }).isVisible());
      await type('prob');
      equal(await list().getByRole('option').count(), 1);
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('attach-context'), [{ source: 'problems' }]);
      equal(await panel.composer.inputValue(), 'why ');
    });

    for (const width of [300, 380]) {
      it(`displays the whole description of each source in a panel of ${width} pixels`, async () => {
        await panel.page.setViewportSize({ width, height: 700 });
        await type('#');
        const cut = await list()
          .locator('.suggestion-description, .suggestion-label')
          .evaluateAll((parts) =>
            parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.textContent),
          );
        deepStrictEqual(cut, []);
      });
    }

    it('does not open for headings and numbers', async () => {
      await type('# Title');
      equal(await list().count(), 0);
      await panel.composer.fill('');
      await type('see #12');
      equal(await list().count(), 0);
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), [{ text: 'see #12' }]);
    });
  });

  describe('/', () => {
    it('lists prompts by their source, and inserts the chosen one instead of the word', async () => {
      await type('/');
      await replyPrompts();
      ok(await list().getByRole('group', { name: 'Built-in Prompts' }).isVisible());
      equal(await list().getByRole('option').count(), 3);
      await type('rel');
      equal(await marked(), 'release, Write the notes of a release');
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('use-prompt'), [{ id: 'p3' }]);
      equal(await list().count(), 0);
      await panel.send('insert-text', { text: 'Notes for VERSION, please', selectStart: 10, selectEnd: 17 });
      equal(await panel.composer.inputValue(), 'Notes for VERSION, please');
      await type('1.2');
      equal(await panel.composer.inputValue(), 'Notes for 1.2, please');
      deepStrictEqual(await panel.intents('submit'), []);
    });

    it('does not send the word of a chosen prompt when Enter is pressed twice', async () => {
      await type('/rel');
      await replyPrompts();
      await panel.composer.press('Enter');
      await panel.composer.press('Enter');
      await panel.send('insert-text', { text: 'Notes, please', selectStart: 13, selectEnd: 13 });
      equal(await panel.composer.inputValue(), 'Notes, please');
      deepStrictEqual(await panel.intents('submit'), []);
      await panel.composer.press('Enter');
      deepStrictEqual(await panel.intents('submit'), [{ text: 'Notes, please' }]);
    });

    it('opens only for the first character of the message, and not for paths', async () => {
      await type('a /');
      equal((await panel.intents('find-prompts')).length, 0);
      await panel.composer.fill('');
      await type('/usr/bin');
      await replyPrompts();
      equal(await list().count(), 0);
    });

    it('inserts text from the host at the cursor', async () => {
      await type('before after');
      await goLeft('after'.length);
      await panel.send('insert-text', { text: 'now ', selectStart: 4, selectEnd: 4 });
      equal(await panel.composer.inputValue(), 'before now after');
    });
  });

  it("uses the user's language", async () => {
    panel = await panels.open({ language: 'zh-cn', bundle: { Selection: '选定内容' } });
    await panel.show(conversationOf('c1'));
    await type('看#选');
    ok(await list().getByRole('option', { name: '选定内容' }).isVisible());
  });
});
