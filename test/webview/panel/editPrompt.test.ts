import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { AttachmentChip, EditedPrompt } from '../../../src/shared/messages/toView';
import { type PanelPage, readyState } from './panelPage';
import { asked, begun, conversationOf, ended, said } from './samples';
import { TestPanels } from './testPanels';

const chip: AttachmentChip = {
  kind: 'code',
  icon: 'file-code',
  id: 'x1',
  label: 'sum.ts',
  description: 'src/sum.ts. The whole file.',
  tokens: 40,
};
const other: AttachmentChip = { ...chip, id: 'x2', label: 'product.ts', description: 'src/product.ts' };
const edits: readonly EditedPrompt[] = [{ id: 'q1', attachments: [chip] }];

describe('editing a prompt', () => {
  const panels = new TestPanels();
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await panels.open();
    await panel.show(twoTurns());
  });

  const editor = (): Locator => panel.page.getByRole('textbox', { name: 'Edit Message', exact: true });
  const prompt = (): Locator => panel.article('You').first();
  const list = (): Locator => panel.page.getByRole('listbox');
  const isFocused = async (element: Locator): Promise<boolean> =>
    await element.evaluate((node) => node === document.activeElement);
  const beginEdit = async (): Promise<void> => {
    await prompt().getByRole('button', { name: 'Edit', exact: true }).focus();
    await panel.page.keyboard.press('Enter');
    await editor().waitFor();
    await panel.send('state', { ...readyState, edits });
  };

  it('begins in the input with the text of the prompt, and leaves the draft of the next prompt alone', async () => {
    await panel.composer.fill('the next prompt');
    await beginEdit();
    ok(await isFocused(editor()));
    equal(await editor().inputValue(), 'Add these numbers');
    await panel.page.keyboard.type(' twice');
    equal(await panel.composer.inputValue(), 'the next prompt');
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('edit'), [{ id: 'q1', text: 'Add these numbers twice' }]);
    deepStrictEqual(await panel.intents('submit'), []);
    equal(await panel.composer.inputValue(), 'the next prompt');
    await panel.settle();
    ok(await isFocused(panel.composer), 'the conversation continues in the composer');
  });

  it('is cancelled by Escape, which gives the focus back to the button', async () => {
    await beginEdit();
    await panel.page.keyboard.type(' for nothing');
    await panel.page.keyboard.press('Escape');
    await editor().waitFor({ state: 'detached' });
    ok(await isFocused(prompt().getByRole('button', { name: 'Edit', exact: true })));
    deepStrictEqual(await panel.intents('end-edit'), [{ id: 'q1' }]);
    deepStrictEqual(await panel.intents('edit'), []);
    await panel.page.keyboard.press('Enter');
    equal(await editor().inputValue(), 'Add these numbers', 'a cancelled text does not return');
  });

  it('suggests files after @ for the edited prompt alone', async () => {
    await beginEdit();
    await panel.page.keyboard.type(' @pro');
    const { request } = await panel.intent('find-context');
    await panel.send('context-found', {
      request,
      items: [{ id: 'f1', kind: 'file', label: 'product.ts', description: 'src' }],
    });
    await list().waitFor();
    const row = await list().getByRole('option', { name: 'product.ts' }).boundingBox();
    ok(row !== null && row.y >= 0 && row.y + row.height <= 700, 'the list is visible');
    const isOnTop = await list()
      .getByRole('option')
      .evaluate((option) => {
        const { left, top, width, height } = option.getBoundingClientRect();
        return option.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
    ok(isOnTop, 'nothing covers or cuts the list');
    await panel.page.keyboard.press('Escape');
    await list().waitFor({ state: 'detached' });
    ok(await editor().isVisible(), 'Escape closes the list first');
  });

  it('attaches what is chosen with @ and # to the edited prompt', async () => {
    await beginEdit();
    await panel.page.keyboard.type(' @pro');
    const { request } = await panel.intent('find-context');
    await panel.send('context-found', {
      request,
      items: [{ id: 'f1', kind: 'file', label: 'product.ts', description: 'src' }],
    });
    await list().waitFor();
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('attach-found'), [{ id: 'f1', edit: 'q1' }]);
    await panel.page.keyboard.type('#prob');
    await list().waitFor();
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('attach-context'), [{ source: 'problems', edit: 'q1' }]);
    await prompt().getByRole('button', { name: 'Attach', exact: true }).click();
    deepStrictEqual(await panel.intents('attach'), [{ edit: 'q1' }]);
    await panel.composer.focus();
    await panel.page.keyboard.type('#prob');
    await list().waitFor();
    await panel.page.keyboard.press('Enter');
    deepStrictEqual((await panel.intents('attach-context')).at(-1), { source: 'problems' });
  });

  it('puts a prompt that is chosen with / into the edited prompt', async () => {
    await beginEdit();
    await editor().fill('');
    await panel.page.keyboard.type('/te');
    const { request } = await panel.intent('find-prompts');
    const prompts = [{ id: 'p1', name: 'tests', description: 'Write tests', source: 'built-in' as const }];
    await panel.send('prompts-found', { request, prompts });
    await list().waitFor();
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('use-prompt'), [{ id: 'p1', edit: 'q1' }]);
    await panel.send('insert-text', { text: 'Write tests.', selectStart: 0, selectEnd: 0, edit: 'q1' });
    equal(await editor().inputValue(), 'Write tests.');
    equal(await panel.composer.inputValue(), '');
  });

  it('shows the attachments of the prompt, removes one with the keyboard and adds others', async () => {
    await panel.send('state', { ...readyState, attachments: [other] });
    await prompt().getByRole('button', { name: 'Edit', exact: true }).focus();
    await panel.page.keyboard.press('Enter');
    await editor().waitFor();
    await panel.send('state', { ...readyState, attachments: [other], edits });
    const chips = prompt().getByRole('list', { name: 'Context' });
    equal(await chips.getByRole('listitem').count(), 1);
    await editor().press('Control+Home');
    await editor().press('Shift+Tab');
    await panel.page.keyboard.press('Shift+Tab');
    ok(await isFocused(chips.getByRole('button').first()));
    await panel.page.keyboard.press('Delete');
    deepStrictEqual(await panel.intents('remove-attachment'), [{ id: 'x1', edit: 'q1' }]);
    await panel.send('state', {
      ...readyState,
      attachments: [other],
      edits: [{ id: 'q1', attachments: [] }],
    });
    await panel.settle();
    ok(await isFocused(editor()), 'the focus stays in the editor');
    equal(await chips.count(), 0);
    equal(await panel.page.getByRole('list', { name: 'Context' }).count(), 1, 'the other chips stay');
    await editor().fill('');
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('edit'), [], 'nothing is not sent');
    await panel.send('state', {
      ...readyState,
      edits: [{ id: 'q1', attachments: [other] }],
    });
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('edit'), [{ id: 'q1', text: '' }], 'an attachment alone is sent');
  });

  it('changes the model from the editor', async () => {
    await beginEdit();
    await prompt().getByRole('button', { name: 'GPT-5 mini' }).click();
    equal((await panel.intents('select-model')).length, 1);
    await panel.send('focus-composer', {});
    await panel.settle();
    ok(await isFocused(editor()), 'the focus returns to the input that was in use');
  });

  it('survives a reload of the page, with its text', async () => {
    await beginEdit();
    await editor().fill('Add these numbers again');
    const savedState = await panel.savedState();
    panel = await panels.open({ savedState });
    await panel.show(twoTurns(), { ...readyState, edits });
    await editor().waitFor();
    equal(await editor().inputValue(), 'Add these numbers again');
    equal(await isFocused(editor()), false, 'an editor that was open takes no focus');
  });

  it('waits while an answer streams, until the user stops the answer', async () => {
    await beginEdit();
    await panel.happen(asked('q3', 'More', 'a2'), begun('a3', 'q3'));
    await editor().focus();
    await panel.page.keyboard.press('Enter');
    deepStrictEqual(await panel.intents('edit'), []);
    ok(await editor().isVisible());
    await panel.page.keyboard.press('Control+Enter');
    deepStrictEqual(await panel.intents('edit'), [{ id: 'q1', text: 'Add these numbers' }]);
  });

  it('fits 240 pixels in Chinese', async () => {
    panel = await panels.open({ width: 240, language: 'zh-cn' });
    await panel.show(twoTurns(), { ...readyState, edits });
    await editor().waitFor();
    const wide = await panel.feed.evaluate((feed) => feed.scrollWidth - feed.clientWidth);
    ok(wide <= 0);
    for (const name of ['Attach', 'Cancel', 'Send'])
      ok(await prompt().getByRole('button', { name, exact: true }).isVisible());
  });
});

function twoTurns(): ReturnType<typeof conversationOf> {
  const attached = {
    kind: 'code',
    id: 'x1',
    scope: 'file',
    name: 'sum.ts',
    path: 'src/sum.ts',
    uri: 'file:///w/src/sum.ts',
    languageId: 'typescript',
    startLine: 1,
    endLine: 3,
    text: 'export const sum = 0;',
    truncated: false,
  } as const;
  return conversationOf(
    'c1',
    asked('q1', 'Add these numbers', null, [attached]),
    begun('a1', 'q1'),
    said('a1', 'Done.'),
    ended('a1'),
    asked('q2', 'And these', 'a1'),
    begun('a2', 'q2'),
    said('a2', 'Done as well.'),
    ended('a2'),
  );
}
