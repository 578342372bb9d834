import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { AnswerPanel } from './answerPanel';
import type { PanelPage, PanelPageOptions } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';

const english = 'It is easier to read a text if its lines are not much longer than eighty letters. '.repeat(
  12,
);
const chinese = '一行文字如果太长，读者的眼睛就很难找到下一行的开头，所以需要限制宽度。'.repeat(12);
const wideTable = [
  '| Name | Meaning | Default | Since | Notes | Related | More | Examples |',
  '| - | - | - | - | - | - | - | - |',
  '| initialisation | What it does at the beginning, in many words of a sentence | none | 1.2 | internationalisation | responsibility | characteristically | `const value = initialise();` |',
  '| 初始化 | 它在开始时做什么，用一个句子的许多字来说明 | 无 | 1.2 | 国际化 | 责任 | 典型地 | `初始化()` |',
].join('\n');

describe('an answer that is easy to read', function () {
  this.timeout(60_000);
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;

  async function show(text: string, options: PanelPageOptions = {}): Promise<void> {
    ({ panel, answer } = await answers.show(text, options));
  }

  /** The longest line of the first paragraph, in characters. */
  async function longestLine(): Promise<number> {
    return await answer
      .locator('.markdown p')
      .first()
      .evaluate((paragraph) => {
        const text = paragraph.firstChild;
        if (text === null) return 0;
        const range = document.createRange();
        const lengths = new Map<number, number>();
        for (let index = 0; index < (text.textContent ?? '').length; index += 1) {
          range.setStart(text, index);
          range.setEnd(text, index + 1);
          const { top } = range.getBoundingClientRect();
          lengths.set(top, (lengths.get(top) ?? 0) + 1);
        }
        return Math.max(...lengths.values());
      });
  }

  it('has lines of about 80 letters in a wide panel', async () => {
    await show(english, { width: 1000 });
    const length = await longestLine();
    ok(length >= 65 && length <= 95, `${String(length)} letters`);
  });

  it('has lines of at most 40 Chinese characters in a wide panel', async () => {
    await show(chinese, { width: 1000, language: 'zh-cn' });
    // A Chinese character is as wide as the font is high. The machine of the test may have no Chinese font.
    const width = await answer
      .locator('.markdown p')
      .first()
      .evaluate(
        (text) => text.getBoundingClientRect().width / Number.parseFloat(getComputedStyle(text).fontSize),
      );
    ok(width >= 36 && width <= 40, `${String(width)} characters`);
  });

  it('uses the whole width for code and tables', async () => {
    await show(`${english}\n\n\`\`\`ts\nconst a = 1;\n\`\`\`\n\n${wideTable}`, { width: 1000 });
    const width = async (selector: string): Promise<number> =>
      (await answer.locator(selector).first().boundingBox())?.width ?? 0;
    const text = await width('.markdown p');
    ok((await width('.markdown-code')) > text + 200);
    ok((await width('.markdown-table')) > text + 200);
  });

  for (const width of [240, 420])
    it(`scrolls a wide table in ${String(width)} pixels, and breaks no word in it`, async () => {
      await show(wideTable, { width });
      const table = answer.locator('.markdown-table');
      await answer.locator('.markdown-table[tabindex]').waitFor();
      ok(await table.evaluate((box) => box.scrollWidth > box.clientWidth + 100));
      const heights = await table.locator('td').evaluateAll((cells) =>
        cells.flatMap((cell) => {
          const words = cell.textContent.split(' ');
          return words.length === 1 ? [Math.round(cell.firstElementChild?.getClientRects().length ?? 1)] : [];
        }),
      );
      ok(
        heights.every((lines) => lines === 1),
        JSON.stringify(heights),
      );
      const range = await table.evaluate((box) => {
        const cell = [...box.querySelectorAll('td')].find(
          (each) => each.textContent === 'internationalisation',
        );
        const words = document.createRange();
        if (cell !== undefined) words.selectNodeContents(cell);
        return words.getClientRects().length;
      });
      equal(range, 1, 'a long word is on one line');
      const overflow = await panel.feed.evaluate((feed) => feed.scrollWidth - feed.clientWidth);
      ok(overflow <= 0, `the panel scrolls sideways by ${String(overflow)}`);
    });

  it('shows by a shadow at which edge a table continues', async () => {
    await show(`${wideTable}\n\n| a | b |\n| - | - |\n| 1 | 2 |\n`, { width: 420 });
    const table = answer.locator('.markdown-table[tabindex]');
    await table.waitFor();
    const shadows = async (): Promise<string> =>
      await table.evaluate((box) => getComputedStyle(box).boxShadow);
    const start = await shadows();
    ok(start.includes('-16px 0px 10px -10px inset'), start);
    ok(!start.includes(' 16px 0px'), start);
    await table.evaluate((box) => {
      box.scrollLeft = box.scrollWidth;
    });
    await panel.settle();
    const end = await shadows();
    ok(end.includes(' 16px 0px 10px -10px inset') && !end.includes('-16px 0px'), end);
    const fitting = answer.locator('.markdown-table').last();
    equal(await fitting.evaluate((box) => getComputedStyle(box).boxShadow), 'none');
  });

  it('fits a wide diagram into the panel', async () => {
    const nodes = Array.from({ length: 12 }, (_, index) => `A${String(index)} --> A${String(index + 1)}`);
    await show(`\`\`\`mermaid\nflowchart LR\n${nodes.join('\n')}\n\`\`\`\n`, { width: 240 });
    const picture = answer.getByRole('img', { name: 'Diagram' });
    await picture.waitFor();
    const box = answer.locator('.markdown-diagram');
    ok(await box.evaluate((element) => element.scrollWidth <= element.clientWidth));
  });

  it('zooms and moves an enlarged diagram by keyboard', async () => {
    const nodes = Array.from({ length: 12 }, (_, index) => `A${String(index)} --> A${String(index + 1)}`);
    await show(`\`\`\`mermaid\nflowchart TD\n${nodes.join('\n')}\n\`\`\`\n`, { width: 420 });
    await answer.getByRole('button', { name: 'Enlarge Diagram' }).press('Enter');
    const dialog = panel.page.getByRole('dialog', { name: 'Diagram' });
    await dialog.waitFor();
    const image = dialog.getByRole('img', { name: 'Diagram' });
    await image.evaluate((element: HTMLImageElement) => element.decode());
    const height = async (): Promise<number> => (await image.boundingBox())?.height ?? 0;
    const fitted = await height();
    for (let count = 0; count < 6; count += 1) await panel.page.keyboard.press('+');
    await panel.page.waitForFunction(
      () => (document.querySelector('.lightbox-stage')?.scrollHeight ?? 0) > 900,
    );
    ok((await height()) > fitted * 2, `${String(fitted)} → ${String(await height())}`);
    const scrolled = async (): Promise<number> =>
      await dialog.locator('.lightbox-stage').evaluate((stage) => stage.scrollTop);
    const before = await scrolled();
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.waitForFunction(
      (from) => (document.querySelector('.lightbox-stage')?.scrollTop ?? 0) >= from + 100,
      before,
    );
    await panel.page.keyboard.press('-');
    await panel.page.keyboard.press('0');
    await dialog.getByText('Fitted').waitFor();
    await panel.settle();
    ok(Math.abs((await height()) - fitted) < 2);
    await dialog.getByRole('button', { name: 'Zoom In' }).press('Enter');
    await dialog.getByText(/^\d+%$/).waitFor();
    await panel.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    ok(
      await answer
        .getByRole('button', { name: 'Enlarge Diagram' })
        .evaluate((button) => button === document.activeElement),
    );
  });

  it('moves an enlarged picture with the mouse, and a drag does not close it or change its size', async () => {
    const nodes = Array.from({ length: 12 }, (_, index) => `A${String(index)} --> A${String(index + 1)}`);
    await show(`\`\`\`mermaid\nflowchart TD\n${nodes.join('\n')}\n\`\`\`\n`, { width: 420, height: 500 });
    await answer.getByRole('button', { name: 'Enlarge Diagram' }).press('Enter');
    const dialog = panel.page.getByRole('dialog', { name: 'Diagram' });
    await dialog.getByRole('button', { name: 'Full Size' }).click();
    await dialog.getByText('100%').waitFor();
    const stage = dialog.locator('.lightbox-stage');
    await panel.page.waitForFunction(
      () => (document.querySelector('.lightbox-stage')?.scrollHeight ?? 0) > 700,
    );
    await stage.evaluate((element) => {
      element.scrollTop = 0;
    });
    await panel.page.mouse.move(210, 400);
    await panel.page.mouse.down();
    await panel.page.mouse.move(210, 300, { steps: 4 });
    await panel.page.mouse.up();
    await panel.page.waitForFunction(() => (document.querySelector('.lightbox-stage')?.scrollTop ?? 0) >= 90);
    ok(await dialog.getByText('100%').isVisible());
  });

  it('shows the versions of a prompt without hovering', async () => {
    ({ panel, answer } = await answers.open());
    await panel.show(
      conversationOf(
        'c1',
        asked('q1', 'Frist'),
        begun('a1', 'q1'),
        said('a1', 'One.'),
        ended('a1'),
        asked('q2', 'First'),
        begun('a2', 'q2'),
        said('a2', 'Two.'),
        ended('a2'),
      ),
    );
    const prompt = panel.article('You');
    await panel.composer.hover();
    const opacity = async (element: Locator): Promise<number> =>
      await element.evaluate((from) => {
        let product = 1;
        for (let each: Element | null = from; each !== null; each = each.parentElement)
          product *= Number(getComputedStyle(each).opacity);
        return product;
      });
    equal(await opacity(prompt.getByText('2 of 2')), 1);
    equal(await opacity(prompt.getByRole('button', { name: 'Edit' })), 0);
    await prompt.getByRole('button', { name: 'Edit' }).focus();
    await panel.page.waitForFunction(
      () => getComputedStyle(document.querySelector('.prompt .actions') ?? document.body).opacity === '1',
    );
    equal(await opacity(prompt.getByRole('button', { name: 'Edit' })), 1);
  });

  it('says which chat a fork comes from, and opens that chat', async () => {
    ({ panel, answer } = await answers.open({ width: 240 }));
    await panel.show(
      conversationOf(
        'c2',
        {
          kind: 'conversation-created',
          id: 'c2',
          at: 0,
          origin: { conversation: 'c1', title: 'A long title of the original chat', message: 'a1' },
        },
        asked('q1', 'Why?'),
        begun('a1', 'q1'),
        said('a1', 'So.'),
        ended('a1'),
        asked('q2', 'And?', 'a1'),
        begun('a2', 'q2'),
        said('a2', 'More.'),
        ended('a2'),
      ),
    );
    const note = panel.button('Forked from “A long title of the original chat”');
    await note.waitFor();
    equal(
      await answer
        .first()
        .getByRole('button', { name: /^Forked from/ })
        .count(),
      1,
    );
    equal(
      await answer
        .last()
        .getByRole('button', { name: /^Forked from/ })
        .count(),
      0,
    );
    await note.press('Enter');
    deepStrictEqual(await panel.intents('open-chat'), [{ id: 'c1' }]);
  });
});
