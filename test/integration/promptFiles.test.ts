import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { useContextFixture } from './contextFixture';

describe('the prompts that / lists', () => {
  const fixture = useContextFixture();

  it('lists built-in prompts, prompts of the workspace and personal prompts', async () => {
    await fixture.write(
      '.github/prompts/release.prompt.md',
      '---\ndescription: Write a release\n---\nRelease ${input:version:1.0}.',
    );
    await fixture.write('.github/prompts/broken.prompt.md', '---\n: [\n---\nStill here.');
    await symlink(join(fixture.outside, 'far.ts'), join(fixture.workspace, '.github/prompts/far.prompt.md'));
    await mkdir(join(fixture.storage, 'prompts'), { recursive: true });
    await writeFile(join(fixture.storage, 'prompts', 'mine.prompt.md'), 'Mine.');
    await fixture.context.findPrompts({ request: 3 });
    assert.equal(fixture.prompts.request, 3);
    const bySource = (source: string): string[] =>
      fixture.prompts.prompts.filter((prompt) => prompt.source === source).map(({ name }) => name);
    assert.deepEqual(bySource('personal'), ['mine']);
    assert.deepEqual(bySource('workspace').toSorted(), ['broken', 'release']);
    for (const name of ['explain', 'fix', 'tests', 'document', 'review', 'refactor', 'commit']) {
      assert.ok(bySource('built-in').includes(name), name);
    }
    const release = fixture.prompts.prompts.find(({ name }) => name === 'release');
    assert.equal(release?.description, 'Write a release');
    await fixture.context.usePrompt({ id: release.id });
    assert.equal(fixture.inserted?.text, 'Release 1.0.');
    assert.equal(
      fixture.inserted.text.slice(fixture.inserted.selectStart, fixture.inserted.selectEnd),
      '1.0',
    );
  });

  it('inserts a prompt, and attaches the selected code and the linked files', async () => {
    const editor = await fixture.show('lib/add.ts');
    editor.selection = new vscode.Selection(0, 0, 0, 10);
    await fixture.write(
      '.github/prompts/linked.prompt.md',
      `Do \${selection} as in [the note](../../lib/deep/note.md), not [far](${'../'.repeat(12)}${fixture.outside}/far.ts) or [env](../../.env).`,
    );
    await fixture.findItem('note', 'note.md');
    await fixture.context.findPrompts({ request: 4 });
    const linked = fixture.prompts.prompts.find(({ name }) => name === 'linked');
    assert.ok(linked);
    await fixture.context.usePrompt({ id: linked.id });
    assert.match(fixture.inserted?.text ?? '', /^Do `lib\/add\.ts:1-1` as in /);
    assert.deepEqual(
      (await fixture.pending()).map(({ name }) => name),
      ['add.ts', 'note.md'],
    );
    assert.doesNotMatch(await fixture.pendingTexts(), /FAR|HIDDEN/);
    assert.deepEqual(fixture.asked, []);
    fixture.inserted = undefined;
    await fixture.context.usePrompt({ id: join(fixture.outside, 'far.ts') });
    assert.equal(fixture.inserted, undefined);
  });

  it('attaches each file once that a prompt names with spaces, percent signs, line numbers or #file:', async () => {
    await fixture.write('docs/my file.md', 'Mine.');
    await fixture.write('docs/二 页.md', '第二。');
    await fixture.write(
      '.github/prompts/names.prompt.md',
      [
        'Use #file:lib/add.ts and [two](<../../docs/my file.md>), [again](../../docs/my%20file.md),',
        '[three](../../lib/add.ts#L1-L3), [四](../../docs/%E4%BA%8C%20%E9%A1%B5.md) and `[no](../../lib/plan.txt)`.',
      ].join('\n'),
    );
    await fixture.context.findPrompts({ request: 5 });
    const named = fixture.prompts.prompts.find(({ name }) => name === 'names');
    assert.ok(named);
    await fixture.context.usePrompt({ id: named.id });
    assert.deepEqual(
      (await fixture.pending()).map(({ name }) => name),
      ['add.ts', 'my file.md', '二 页.md'],
    );
    assert.deepEqual(fixture.warned, []);
  });
});
