import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { HistoryEntry } from '../../../src/shared/messages/toView';
import { type PanelPage } from './panelPage';
import { asked, conversationOf } from './samples';
import { TestPanels } from './testPanels';

function chat(id: string, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    title: `Chat ${id}`,
    updatedAt: Date.now(),
    messageCount: 2,
    pinned: false,
    failed: false,
    model: null,
    answering: false,
    current: false,
    deleted: false,
    excerpt: null,
    ...changes,
  };
}

describe('history in the panel', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  beforeEach(async () => {
    panel = await panels.open({ reducedMotion: true });
    await panel.show(conversationOf('c1', asked('q1', 'Why?')));
    await panel.button('History').focus();
    await panel.page.keyboard.press('Enter');
    await panel.intent('list-history');
  });

  async function reply(...entries: HistoryEntry[]): Promise<void> {
    const request = (await panel.intents('list-history')).at(-1)?.request ?? -1;
    await panel.send('history-listed', { request, entries });
  }

  it('covers the chat, the composer too: its own buttons can be pressed', async () => {
    await reply(chat('a'));
    for (const name of ['Import', 'New Chat']) {
      const button = panel.page.locator('.history').getByRole('button', { name });
      // A press that something else would catch is refused.
      await button.click({ trial: true, timeout: 2_000 });
      ok(
        await button.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }),
      );
    }
    const uncovered = await panel.page.evaluate(() => {
      const box = document.querySelector('.composer-box')?.getBoundingClientRect();
      const above = box && document.elementsFromPoint(box.left + 20, box.top + 20)[0];
      return above?.closest('.composer') !== null;
    });
    equal(uncovered, false);
  });

  it('opens with its button and closes with Escape, which returns the focus', async () => {
    await reply(chat('a', { pinned: true }), chat('b'), chat('c', { updatedAt: 0 }));
    equal(await panel.button('History').getAttribute('aria-expanded'), 'true');
    deepStrictEqual(await panel.page.getByRole('heading', { level: 2 }).allTextContents(), [
      'Pinned',
      'Today',
      'Older',
    ]);
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('open-chat'), [{ id: 'b' }]);
    await panel.button('History').click();
    await panel.page.keyboard.press('Escape');
    await panel.settle();
    ok(await panel.button('History').evaluate((button) => button === document.activeElement));
  });

  it('renames a chat with F2; Enter saves and Escape cancels', async () => {
    await reply(chat('a'));
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('F2');
    await panel.page.getByRole('textbox', { name: 'Chat Title' }).fill('Lost');
    await panel.page.keyboard.press('Escape');
    deepStrictEqual(await panel.intents('rename-chat'), []);
    await panel.page.keyboard.press('F2');
    await panel.page.getByRole('textbox', { name: 'Chat Title' }).fill('Kept');
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('rename-chat'), [{ id: 'a', title: 'Kept' }]);
    equal(await panel.page.evaluate(() => document.activeElement?.className), 'history-open');
  });

  it('deletes a chat with Delete and restores it with Undo in its row', async () => {
    await reply(chat('a'), chat('b', { updatedAt: 0 }));
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Delete');
    deepStrictEqual(await panel.intents('delete-chat'), [{ id: 'a' }]);
    await reply(chat('a', { deleted: true }), chat('b', { updatedAt: 0 }));
    const undo = panel.button('Undo deleting Chat a');
    ok(await undo.evaluate((button) => button === document.activeElement));
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('restore-chat'), [{ id: 'a' }]);
    equal(await undo.count(), 0);
  });

  it('closes with Escape also when the element with the focus is gone', async () => {
    await reply(chat('a'), chat('b', { updatedAt: 0 }));
    await panel.page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await panel.page.keyboard.press('Escape');
    await panel.page.getByRole('region', { name: 'History' }).waitFor({ state: 'detached' });
  });

  it('searches while the user types, marks the words, and ignores a late reply', async () => {
    const { request } = await panel.intent('list-history');
    await panel.page.getByRole('searchbox').fill('tea');
    await panel.page.waitForFunction(
      () => window.intents.filter(({ type }) => type === 'list-history').length === 2,
    );
    await panel.send('history-listed', { request, entries: [chat('late')] });
    equal(await panel.page.getByText('Chat late').count(), 0);
    await reply(chat('a', { excerpt: 'how Tea is made' }));
    deepStrictEqual(await panel.page.locator('mark').allTextContents(), ['Tea']);
    ok(await panel.page.getByText('1 chat', { exact: true }).count());
  });

  it('pins a chat', async () => {
    await reply(chat('a'));
    await panel.page.keyboard.press('ArrowDown');
    await panel.button('Pin').click();
    deepStrictEqual(await panel.intents('pin-chat'), [{ id: 'a', pinned: true }]);
    ok(await panel.button('Unpin').isVisible());
  });

  it('collapses failed chats into one line, which Enter expands, and deletes one of them', async () => {
    const failed = { failed: true, updatedAt: Date.now() - 60_000 };
    const entries = [chat('a'), chat('f1', failed), chat('f2', { ...failed, updatedAt: 1 })];
    await reply(...entries);
    const line = panel.page.getByRole('button', { name: '2 failed chats', exact: true });
    equal(await line.getAttribute('aria-expanded'), 'false');
    equal(await panel.page.getByText('Chat f1').count(), 0);
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    ok(await line.evaluate((button) => button === document.activeElement));
    await panel.page.keyboard.press('Enter');
    await panel.page.getByText('Chat f1').waitFor();
    equal(await line.getAttribute('aria-expanded'), 'true');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Delete');
    deepStrictEqual(await panel.intents('delete-chat'), [{ id: 'f1' }]);
    ok(await panel.button('Undo deleting Chat f1').isVisible());
  });

  it('shows the model of a chat, and marks it when the search finds it', async () => {
    await panel.page.getByRole('searchbox').fill('sonnet');
    await panel.page.waitForFunction(
      () => window.intents.filter(({ type }) => type === 'list-history').length === 2,
    );
    await reply(chat('a', { model: 'Claude Sonnet', failed: true }), chat('b', { failed: true }));
    await panel.page.locator('mark').getByText('Sonnet').waitFor();
    ok(await panel.page.getByText('Chat b').isVisible(), 'a search collapses nothing');
  });

  it('stays open with Undo when the current chat is deleted, and closes when another one is shown', async () => {
    await reply(chat('c1', { current: true }), chat('b', { updatedAt: 0 }));
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Delete');
    await panel.show(conversationOf('c2'));
    await reply(chat('c1', { deleted: true }), chat('b', { updatedAt: 0 }));
    const undo = panel.button('Undo deleting Chat c1');
    ok(await undo.evaluate((button) => button === document.activeElement));
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('restore-chat'), [{ id: 'c1' }]);
    await panel.show(conversationOf('c3', asked('q1', 'Why?')));
    await panel.page.getByRole('searchbox').waitFor({ state: 'detached' });
  });

  it('cuts no title for its buttons', async () => {
    const title = 'A long title that needs the whole width of the panel';
    await panel.page.setViewportSize({ width: 320, height: 500 });
    await reply(chat('a', { title }));
    const widthOf = async (): Promise<number> =>
      await panel.page.locator('.history-title').evaluate((element) => element.clientWidth);
    const before = await widthOf();
    await panel.page.locator('.history-title').hover();
    await panel.button('Rename').waitFor();
    equal(await widthOf(), before);
    const title1 = await panel.page.locator('.history-title').boundingBox();
    const buttons = await panel.page.locator('.history-actions').boundingBox();
    ok((buttons?.y ?? 0) >= (title1?.y ?? 0) + (title1?.height ?? 0) - 2, 'the buttons are below the title');
  });

  it('draws of ten thousand chats those in sight, and End goes to the last', async () => {
    await reply(
      ...Array.from({ length: 10_000 }, (_, index) => chat(String(index), { updatedAt: 20_000 - index })),
    );
    ok((await panel.page.getByRole('listitem').count()) < 120);
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('End');
    await panel.settle();
    equal(await panel.page.evaluate(() => document.activeElement?.firstChild?.textContent), 'Chat 9999');
  });

  it('shows the actions of the row that the pointer or the focus is in', async () => {
    await reply(chat('a', { updatedAt: 2 }), chat('b', { updatedAt: 1 }));
    await panel.page.keyboard.press('ArrowDown');
    for (const name of ['Rename', 'Pin', 'Open in Editor', 'Export', 'Delete']) {
      await panel.page.keyboard.press('Tab');
      equal(await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), name);
    }
    const row = panel.page.getByRole('listitem').filter({ hasText: 'Chat b' });
    await row.hover();
    await row.getByRole('button', { name: 'Delete' }).click();
    deepStrictEqual(await panel.intents('delete-chat'), [{ id: 'b' }]);
  });

  it('has every visible row after fast scrolling in both directions, and few others', async () => {
    await reply(
      ...Array.from({ length: 10_000 }, (_, index) => chat(String(index), { updatedAt: 20_000 - index })),
    );
    for (const [screens, direction] of [
      [30, 1],
      [12, -1],
    ] as const) {
      const isBlank = await panel.page.evaluate(
        async ([count, sign]) => {
          const list = document.querySelector('.history-scroller');
          if (list === null) throw new Error('There is no list.');
          const { left, width } = list.getBoundingClientRect();
          let blank = 0;
          for (let screen = 0; screen < count; screen += 1) {
            list.scrollTop += sign * list.clientHeight;
            // The browser tells about scrolling at the beginning of the next frame.
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            const { top, height } = list.getBoundingClientRect();
            for (const share of [0.1, 0.5, 0.9]) {
              const seen = document.elementFromPoint(left + width / 2, top + height * share);
              if (seen?.closest('.history-line') === null) blank += 1;
            }
          }
          return blank > 0;
        },
        [screens, direction] as const,
      );
      equal(isBlank, false);
      // Rows that are far away are removed in idle time.
      await panel.page.waitForFunction(() => document.querySelectorAll('.history-line').length < 120);
      const first = panel.page.getByRole('listitem').nth(5);
      equal(await first.getAttribute('aria-setsize'), '10001');
    }
  });
});
