import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import type { ConversationEvent } from '../../../src/shared/conversation/conversationEvent';
import type { Media } from '../../../src/shared/answer/media';
import { type PanelPage } from './panelPage';
import { asked, begun, conversationOf, ended, picture, said } from './samples';
import { TestPanels } from './testPanels';

const compared: readonly ConversationEvent[] = [
  asked('q1', 'Why?'),
  begun('a1', 'q1', 'Ada'),
  begun('a2', 'q1', 'Bee'),
  { kind: 'comparison-started', id: 'q1', answers: ['a1', 'a2'], at: 0 },
];

describe('the transcript', () => {
  const panels = new TestPanels();
  let panel: PanelPage;

  async function open(width: number, ...events: readonly ConversationEvent[]): Promise<void> {
    panel = await panels.open({ width });
    await panel.show(conversationOf('c1', ...events));
  }

  async function leftOf(name: string): Promise<number> {
    const box = await panel.article(name).boundingBox();
    ok(box !== null, `${name} is there`);
    return box.x;
  }

  describe('a comparison', () => {
    it('is displayed side by side if there is room, and with a tab for each model if not', async () => {
      await open(700, ...compared);
      ok(await panel.page.getByRole('group', { name: 'Comparison of 2 answers' }).isVisible());
      ok((await leftOf('Bee')) > (await leftOf('Ada')) + 200);
      equal(await panel.page.getByRole('tablist').count(), 0);
      await panel.page.setViewportSize({ width: 699, height: 700 });
      await panel.page.getByRole('tablist', { name: 'Compared Models' }).waitFor();
      ok(await panel.article('Ada').isVisible());
      ok(!(await panel.article('Bee').isVisible()));
    });

    it('announces each end, and that all have answered', async () => {
      await open(700, ...compared);
      const status = panel.page.getByRole('status').filter({ hasText: /answer/ });
      await panel.happen(said('a1', 'One.'), ended('a1'));
      equal(await status.textContent(), 'Ada answered');
      await panel.happen(said('a2', 'Two.'), ended('a2'));
      equal(await status.textContent(), 'All answers complete');
    });

    it('tells screen readers which of several answers stopped at the output limit', async () => {
      await open(700, ...compared);
      const failure = { kind: 'output-limit', retryable: false } as const;
      await panel.happen(said('a1', 'One.'), ended('a1', { outcome: 'truncated', failure }));
      const status = panel.page.getByRole('status').filter({ hasText: /answer/i });
      equal(await status.textContent(), 'Ada: Answer stopped at the output limit');
    });

    it('picks an answer by keyboard, and the focus follows', async () => {
      await open(700, ...compared, said('a1', 'One.'), ended('a1'), said('a2', 'Two.'), ended('a2'));
      await panel.article('Ada').focus();
      await panel.page.keyboard.press('ArrowRight');
      equal(await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Bee');
      await panel.article('Bee').getByRole('button', { name: 'Use This Answer' }).press('Enter');
      deepStrictEqual(await panel.intents('pick-answer'), [{ id: 'a2' }]);
      await panel.happen({ kind: 'comparison-settled', id: 'q1', answer: 'a2', at: 0 });
      ok(await panel.article('Bee').getByText('2 of 2').isVisible());
      equal(await panel.article('Ada').count(), 0);
      equal(
        await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
        'Next Version',
      );
      await panel.article('You').getByRole('button', { name: 'More Actions' }).click();
      await panel.page.getByRole('menuitem', { name: 'Compare Answers' }).click();
      deepStrictEqual(await panel.intents('show-comparison'), [{ id: 'q1' }]);
    });

    it('displays why a column failed beside the others', async () => {
      await open(700, ...compared);
      await panel.happen(
        said('a2', 'Two.'),
        ended('a1', { outcome: 'failed', failure: { kind: 'unauthorized', retryable: false } }),
      );
      ok(await panel.article('Ada').getByRole('alert').isVisible());
      equal(await panel.article('Bee').getByRole('alert').count(), 0);
    });

    it('offers to pick a failed answer only if all have failed', async () => {
      await open(700, ...compared);
      const pick = (name: string): Promise<number> =>
        panel.article(name).getByRole('button', { name: 'Use This Answer' }).count();
      const failure = { kind: 'unauthorized', retryable: false } as const;
      await panel.happen(ended('a1', { outcome: 'failed', failure }));
      deepStrictEqual([await pick('Ada'), await pick('Bee')], [0, 1]);
      await panel.happen(ended('a2', { outcome: 'failed', failure }));
      deepStrictEqual([await pick('Ada'), await pick('Bee')], [1, 1]);
    });
  });

  it('has an icon for Apply that no other button uses', async () => {
    await open(
      500,
      asked('q1', 'Why?'),
      begun('a1', 'q1', 'Ada'),
      said('a1', '```ts\nlet x = 1;\n```'),
      ended('a1'),
    );
    const icon = await panel.button('Apply').locator('.codicon').getAttribute('class');
    equal(await panel.page.locator(`button [class="${icon ?? ''}"]`).count(), 1);
    equal(icon, 'codicon codicon-diff-single');
  });

  const settled = [asked('q1', 'Why?'), begun('a1', 'q1', 'Ada'), said('a1', 'So.'), ended('a1')];

  it('offers another model and a fork in a menu for mouse and keyboard', async () => {
    await open(240, ...settled);
    await panel.article('Ada').getByRole('button', { name: 'More Actions' }).click();
    await panel.page.getByRole('menuitem', { name: 'Regenerate with Another Model' }).click();
    deepStrictEqual(await panel.intents('regenerate-with'), [{ id: 'a1' }]);
    const more = panel.article('Ada').getByRole('button', { name: 'More Actions' });
    await more.press('Enter');
    await panel.page.keyboard.press('Escape');
    ok(await more.evaluate((button) => button === document.activeElement), 'the focus returns');
    await more.press('Enter');
    const names = await panel.page.getByRole('menuitem').allInnerTexts();
    for (const name of names.slice(1)) {
      await panel.page.keyboard.press('ArrowDown');
      if (name.trim() === 'Fork from Here') break;
    }
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('fork'), [{ id: 'a1' }]);
  });

  it('displays when a message came and how long the answer took', async () => {
    await open(500, ...settled);
    const time = panel.article('Ada').locator('time');
    match((await time.getAttribute('datetime')) ?? '', /^2026-11-21T09:30/);
    ok(await panel.article('Ada').getByText('9 s', { exact: true }).isVisible());
    equal(await panel.article('You').locator('time').count(), 1);
  });

  it('does not display 0 seconds for an answer that took less than one', async () => {
    const soon = { ...ended('a1'), at: Date.UTC(2026, 10, 21, 9, 30) + 400 };
    await open(500, asked('q1', 'Why?'), begun('a1', 'q1', 'Ada'), said('a1', 'So.'), soon);
    ok(await panel.article('Ada').getByText('< 1 s', { exact: true }).isVisible());
  });

  it('copies an answer that is still streaming', async () => {
    await open(500, asked('q1', 'Why?'), begun('a1', 'q1', 'Ada'), said('a1', 'Half'));
    await panel.article('Ada').getByRole('button', { name: 'Copy', exact: true }).click();
    deepStrictEqual(await panel.intents('copy'), [{ text: 'Half' }]);
  });

  it('enlarges a picture, shows the next one, saves it and returns the focus', async () => {
    const drawn = (media: Media): ConversationEvent => ({ kind: 'media-added', id: 'a1', media, at: 0 });
    await open(
      500,
      ...settled.slice(0, 3),
      drawn({ kind: 'image', url: picture, name: 'Red' }),
      drawn({ kind: 'image', url: picture, name: 'Rouge' }),
      ended('a1'),
    );
    const opener = panel.button('Enlarge Red');
    await opener.click();
    await panel.page.getByRole('dialog', { name: 'Red' }).waitFor();
    await panel.page.keyboard.press('ArrowRight');
    const dialog = panel.page.getByRole('dialog', { name: 'Rouge' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    deepStrictEqual(await panel.intents('save-media'), [{ id: 'a1', index: 1 }]);
    await panel.page.keyboard.press('Escape');
    equal(await panel.page.getByRole('dialog').count(), 0);
    ok(await opener.evaluate((button) => button === document.activeElement), 'the focus returns');
  });

  it("tells VS Code's context menu which answers are settled, and which still stream or wait to be picked", async () => {
    const contexts = async (): Promise<unknown[]> =>
      await panel.page.locator('[data-vscode-context]').evaluateAll((elements) =>
        elements.map((element) => {
          const { messageId, messageRole, messageSettled } = JSON.parse(
            element.getAttribute('data-vscode-context') ?? '{}',
          ) as Record<string, unknown>;
          return [messageId, messageRole, messageSettled];
        }),
      );
    await open(400, asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', 'Well'));
    deepStrictEqual(await contexts(), [
      ['q1', 'user', true],
      ['a1', 'assistant', false],
    ]);
    await panel.happen(ended('a1'));
    deepStrictEqual((await contexts())[1], ['a1', 'assistant', true]);
    await panel.show(conversationOf('c2', ...compared, ended('a1')));
    await panel.page.getByRole('group', { name: 'Comparison of 2 answers' }).waitFor();
    deepStrictEqual((await contexts())[1], ['a1', 'assistant', false]);
  });
});
