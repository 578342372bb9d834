import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { codeBlockKey } from '../../../src/shared/conversation/codeBlockKey';
import type { AppliedBlock } from '../../../src/shared/messages/toView';
import { AnswerPanel } from './answerPanel';
import { readyState, type PanelPage, type PanelPageOptions } from './panelPage';
import { begun, conversationOf, asked, ended, said } from './samples';

const several = [
  'First `src/a.ts`:',
  '```ts\nexport const a = 1;\n```',
  'Then:',
  '```ts src/b.ts\nexport const b = 2;\n```',
  'Run it:',
  '```sh\nnpm test\n```',
  '',
].join('\n\n');

describe('a code block in an answer', function () {
  this.timeout(60_000);
  const answers = new AnswerPanel();
  let panel: PanelPage;
  let answer: Locator;

  async function show(text: string, options: PanelPageOptions = {}): Promise<void> {
    ({ panel, answer } = await answers.show(text, options));
  }

  /** The names of the visible buttons. */
  async function namesOf(group: string): Promise<(string | null)[]> {
    const buttons = answer.getByRole('group', { name: group, exact: true }).getByRole('button');
    return await buttons.evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
  }

  const targets: readonly (readonly [text: string, name: string])[] = [
    ['```ts src/a.ts\nlet a;\n```', 'TypeScript · src/a.ts'],
    ['```ts\n// src/a.ts\nlet a;\n```', 'TypeScript · src/a.ts'],
    ['```py\n# File: tools/run.py\nrun()\n```', 'Python · tools/run.py'],
    ['```html\n<!-- index.html -->\n<p>\n```', 'HTML · index.html'],
    ['In `maths.ts`, say so:\n\n```ts\nlet a;\n```', 'TypeScript · maths.ts'],
    ['### src/a.ts\n\n```ts\nlet a;\n```', 'TypeScript · src/a.ts'],
    ['**src/a.ts**:\n```ts\nlet a;\n```', 'TypeScript · src/a.ts'],
    ['修改`src/a.ts`：\n\n```ts\nlet a;\n```', 'TypeScript · src/a.ts'],
    ['```diff\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\n```', 'Diff · src/a.ts'],
    [
      '```diff\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b\n--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-a\n+b\n```',
      'Diff · a.ts and 1 more',
    ],
    // What only looks like a file, and what may be another file.
    ['Use `Array.prototype.map` or `process.env`:\n\n```ts\nlet a;\n```', 'TypeScript'],
    ['### Node.js\n\n```js\nlet a;\n```', 'JavaScript'],
    ['Move it from `a.ts` to `b.ts`:\n\n```ts\nlet a;\n```', 'TypeScript'],
    ['See `a.ts`.\n\nSo:\n\n```ts\nlet a;\n```', 'TypeScript'],
  ];

  it('shows the file that it changes, and is named by it', async () => {
    for (const [text, name] of targets) {
      await show(text);
      const block = answer.getByRole('group', { name, exact: true });
      await block.waitFor();
      ok(await block.getByText(name, { exact: true }).isVisible(), name);
    }
  });

  it('has the buttons that fit it, the most useful one first', async () => {
    await show(
      [
        '```ts\nlet a;\n```',
        '```sh\nnpm test\n```',
        '```diff\n@@ -1 +1 @@\n-a\n+b\n```',
        '```text\nJust words\n```',
        '```\nconst a = 1;\nrun(a);\n```',
      ].join('\n\n'),
      { width: 700 },
    );
    deepStrictEqual(await namesOf('TypeScript'), [
      'Copy Code',
      'Insert at Cursor',
      'Apply',
      'New File',
      'Wrap Lines',
    ]);
    deepStrictEqual(await namesOf('Shell'), [
      'Run in Terminal',
      'Copy Code',
      'Insert at Cursor',
      'New File',
      'Wrap Lines',
    ]);
    deepStrictEqual(await namesOf('Diff'), ['Apply', 'Copy Code', 'New File', 'Wrap Lines']);
    deepStrictEqual(await namesOf('text'), ['Copy Code', 'Insert at Cursor', 'New File', 'Wrap Lines']);
    ok((await namesOf('Code')).includes('Apply'), 'code without a language can be applied');
  });

  it('opens a diagram first, and applies it only to a file that is named', async () => {
    await show('```mermaid\nflowchart LR\n  A --> B\n```\n', { width: 700 });
    await answer.getByRole('img', { name: 'Diagram' }).waitFor();
    const names = await namesOf('Mermaid');
    deepStrictEqual(names.slice(0, 3), ['Enlarge Diagram', 'Show Source', 'Copy Code']);
    equal(names.includes('Apply'), false);
  });

  it('says that it was applied, and where, also after the page was loaded again', async () => {
    await show(several);
    const block = answer.getByRole('group', { name: 'TypeScript · src/b.ts' });
    await block.waitFor();
    equal(await answer.getByText('Applied').count(), 0);
    const shown = { text: 'export const b = 2;', info: 'ts src/b.ts' };
    const applied: AppliedBlock[] = [
      { answer: 'a1', block: codeBlockKey(shown), files: ['src/b.ts'] },
      { answer: 'other', block: codeBlockKey({ text: 'npm test', info: 'sh' }), files: ['x'] },
    ];
    await panel.send('state', { ...readyState, applied });
    await block.getByText('Applied', { exact: true }).waitFor();
    equal(await block.getByTitle('Applied to src/b.ts').count(), 1);
    equal(await answer.getByText('Applied', { exact: true }).count(), 1);
    ok(await block.getByRole('button', { name: 'Apply', exact: true }).isVisible());
    ({ panel, answer } = await answers.open({}));
    await panel.show(
      conversationOf('c1', asked('q1', 'Why?'), begun('a1', 'q1'), said('a1', several), ended('a1')),
      { ...readyState, applied },
    );
    await answer
      .getByRole('group', { name: 'TypeScript · src/b.ts' })
      .getByText('Applied', { exact: true })
      .waitFor();
  });

  it('offers to apply all blocks of several files in one review', async () => {
    await show(several);
    const all = answer.getByRole('button', { name: 'Apply All' });
    await all.waitFor();
    ok(await answer.getByText('Review the changes to 2 files').isVisible());
    await all.press('Enter');
    deepStrictEqual(await panel.intents('apply-all'), [
      {
        id: 'a1',
        blocks: [
          { text: 'export const a = 1;', info: 'ts', before: 'First src/a.ts:' },
          { text: 'export const b = 2;', info: 'ts src/b.ts', before: 'Then:' },
        ],
      },
    ]);
  });

  it('offers that only for a complete answer of several files', async () => {
    ({ panel, answer } = await answers.open());
    await answers.happen(said('a1', several));
    await answer.getByRole('group', { name: 'TypeScript · src/b.ts' }).waitFor();
    equal(await answer.getByRole('button', { name: 'Apply All' }).count(), 0);
    await panel.happen(ended('a1'));
    await answer.getByRole('button', { name: 'Apply All' }).waitFor();
    await show('```ts a.ts\nlet a;\n```\n\n```ts a.ts\nlet b;\n```');
    await answer.getByRole('group', { name: 'TypeScript · a.ts' }).last().waitFor();
    equal(await answer.getByRole('button', { name: 'Apply All' }).count(), 0);
  });

  it('keeps the name of the file in a panel of 240 pixels', async () => {
    await show('```ts src/webview/transcript/components/answerHeading.tsx\nlet a;\n```', { width: 240 });
    const name = answer.getByText('answerHeading.tsx', { exact: true });
    const [box, header] = [
      await name.boundingBox(),
      await answer.locator('.markdown-code-header').boundingBox(),
    ];
    ok(box !== null && header !== null && box.width > 40 && box.x + box.width < header.x + header.width);
    const overflow = await panel.feed.evaluate((feed) => feed.scrollWidth - feed.clientWidth);
    ok(overflow <= 0, `the panel scrolls sideways by ${String(overflow)}`);
  });
});
