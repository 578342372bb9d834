import { equal, ok } from 'node:assert/strict';
import { type PanelPage } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

describe('find, navigation and shortcuts', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  beforeEach(async () => {
    panel = await panels.open({ reducedMotion: true });
    await panel.show(
      conversationOf(
        'c1',
        asked('q1', 'Tea?'),
        begun('a1', 'q1'),
        said('a1', 'Some **te**a.\n\n```ts\nconst tea = 1;\n```\n'),
        ended('a1'),
        asked('q2', 'More?', 'a1'),
        begun('a2', 'q2'),
      ),
    );
    await panel.composer.focus();
  });

  async function focusedName(): Promise<string | null> {
    await panel.settle();
    return await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
  }

  it('finds text across formats and while an answer streams', async () => {
    await panel.page.keyboard.press('Control+f');
    const field = panel.page.getByRole('textbox', { name: 'Find', exact: true });
    await field.fill('tea');
    const result = panel.page.getByRole('search').getByRole('status');
    equal(await result.textContent(), '1 of 3');
    await field.press('Shift+Enter');
    equal(await result.textContent(), '3 of 3');
    await field.press('Enter');
    equal(await result.textContent(), '1 of 3');
    await panel.happen(said('a2', 'Green tea.'));
    await panel.page.getByText('1 of 4').waitFor();
    await panel.button('Match Case').click();
    equal(await result.textContent(), '1 of 3');
    await field.fill('nowhere');
    equal(await result.textContent(), 'No results');
    await field.press('Escape');
    equal(await focusedName(), 'Message');
    equal((await panel.intents('stop')).length, 0);
  });

  it('counts what can be read of a long chat, rather than its source, and goes on from what is in sight', async () => {
    const events = Array.from({ length: 60 }, (_, number) => [
      asked(`q${number}`, 'More?', number === 0 ? null : `a${number - 1}`),
      begun(`a${number}`, `q${number}`),
      said(
        `a${number}`,
        `Some **te**a, [not here](https://tea.example/tea).\n\n${'And more.\n\n'.repeat(20)}`,
      ),
      ended(`a${number}`),
    ]).flat();
    await panel.show(conversationOf('c2', ...events));
    await panel.page.waitForFunction(() => document.querySelectorAll('article').length === 120);
    await panel.composer.focus();
    await panel.page.keyboard.press('Control+f');
    const field = panel.page.getByRole('textbox', { name: 'Find', exact: true });
    await field.fill('tea');
    await panel.page.getByText('of 60').waitFor();
    const result = panel.page.getByRole('search').getByRole('status');
    // The end of the chat was in sight, and the last answer is longer than that.
    equal(await result.textContent(), '60 of 60');
    await field.press('Enter');
    equal(await result.textContent(), '1 of 60');
    await field.fill('https');
    await panel.page.getByText('No results').waitFor();
  });

  it('finds text far above before it is drawn, and draws what is between when the reader comes there', async () => {
    // The page is never idle, so that nothing is drawn before its turn.
    await panel.page.evaluate(() => {
      window.requestIdleCallback = () => 0;
    });
    const events = Array.from({ length: 200 }, (_, number) => [
      asked(`q${number}`, 'More?', number === 0 ? null : `a${number - 1}`),
      begun(`a${number}`, `q${number}`),
      said(`a${number}`, `${number % 100 === 1 ? 'The needle.' : 'Hay.'}\n\n${'And more.\n\n'.repeat(20)}`),
      ended(`a${number}`),
    ]).flat();
    await panel.show(conversationOf('c3', ...events));
    const articles = panel.page.getByRole('article');
    await panel.composer.focus();
    await panel.page.keyboard.press('Control+f');
    const field = panel.page.getByRole('textbox', { name: 'Find', exact: true });
    await field.fill('needle');
    await panel.page.getByText('1 of 2').waitFor();
    await panel.page.getByText('The needle.').first().waitFor();
    ok((await articles.count()) < 60);
    await field.press('Enter');
    await panel.page.getByText('2 of 2').waitFor();
    await panel.page.getByText('The needle.').nth(1).waitFor();
    ok((await articles.count()) < 80);
    const blank = await panel.page.evaluate(async () => {
      const chat = document.querySelector('.transcript');
      if (chat === null) throw new Error('There is no chat.');
      let count = 0;
      for (let screen = 0; screen < 12; screen += 1) {
        chat.scrollTop += chat.clientHeight;
        for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
        const { left, top, width, height } = chat.getBoundingClientRect();
        const seen = document.elementFromPoint(left + width / 2, top + height / 2);
        if (seen?.closest('.gap') !== null) count += 1;
      }
      return count;
    });
    equal(blank, 0);
    await field.press('Escape');
    // Going to a message skips none that is not drawn yet.
    await panel.page.keyboard.press('Alt+Shift+ArrowUp');
    await panel.page.waitForFunction(() => document.querySelector('.gap') === null);
  });

  it('moves to a code block by keyboard', async () => {
    await panel.page.keyboard.press('Alt+Shift+ArrowUp');
    equal(await focusedName(), 'TypeScript');
  });

  it('moves between prompts and between messages by keyboard', async () => {
    await panel.page.keyboard.press('Alt+ArrowUp');
    equal(await focusedName(), 'You');
    await panel.page.keyboard.press('PageDown');
    equal(await focusedName(), 'GPT-5 mini');
    await panel.page.keyboard.press('Alt+ArrowUp');
    await panel.page.keyboard.press('Alt+ArrowUp');
    ok(await panel.page.locator('[data-message="q1"]').evaluate((one) => one === document.activeElement));
  });

  it('displays the shortcuts on ? and returns the focus', async () => {
    await panel.feed.focus();
    await panel.page.keyboard.press('?');
    const sheet = panel.page.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    ok(await sheet.getByText('Find in Chat').isVisible());
    await panel.page.keyboard.press('Escape');
    equal(await sheet.count(), 0);
    equal(await focusedName(), 'Conversation');
    equal((await panel.intents('stop')).length, 0);
  });
});
