import assert from 'node:assert/strict';
import { access, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import { chatViewId } from '../../src/host/panel/chatViewId';
import { parley, until } from './parley';

function extension(): vscode.Extension<TestAccess | undefined> {
  const found = vscode.extensions.getExtension<TestAccess | undefined>('parley.parley');
  assert.ok(found);
  return found;
}

/** The module cache of the extension host, which also has the bundle under test. */
function loadedFiles(): string[] {
  const folder = join(extension().extensionPath, 'dist', sep);
  return Object.keys(require.cache).flatMap((file) =>
    file.startsWith(folder) ? [file.slice(folder.length)] : [],
  );
}

describe('activation', () => {
  // Mocha runs this file first, in alphabetical order. Nothing has used Parley yet.
  it('happens when VS Code has started, and loads the entry alone', async () => {
    await until(() => extension().isActive);
    assert.deepEqual(loadedFiles(), ['extension.js']);
  });

  it('runs commands that are called before the rest of Parley is loaded', async () => {
    const before = performance.now();
    await Promise.all(
      ['parley.newChat', 'parley.copyLastAnswer'].map((id) => vscode.commands.executeCommand(id)),
    );
    console.log(`first command, with the load of main.js: ${(performance.now() - before).toFixed(1)} ms`);
    assert.deepEqual(loadedFiles(), ['extension.js', 'main.js', 'viewState.js']);
  });

  it("loads the transport when the message field gets the focus, and does not replace the extension host's fetch", async () => {
    const globals = globalThis as Record<symbol, unknown>;
    const dispatchers = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) =>
      Symbol.for(name),
    );
    const before = [globalThis.fetch, ...dispatchers.map((name) => globals[name])];
    const { intents } = await parley();
    await intents.handle({ type: 'composer-focused', body: {} });
    assert.deepEqual(loadedFiles(), ['extension.js', 'main.js', 'viewState.js', 'transport.js']);
    assert.deepEqual([globalThis.fetch, ...dispatchers.map((name) => globals[name])], before);
  });

  it('erases chats deleted more than 30 days ago and copies of pictures when the panel is shown, and not before', async () => {
    const { libraryFolder } = await parley();
    const trash = join(libraryFolder, 'trash');
    const copies = join(libraryFolder, 'opened');
    await mkdir(trash, { recursive: true });
    await mkdir(join(copies, 'chat', 'picture'), { recursive: true });
    await writeFile(join(copies, 'chat', 'picture', 'cat.png'), 'secret');
    const daysAgo = (days: number): Date => new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
    for (const days of [29, 31]) {
      const file = join(trash, `deleted-${days}-days-ago.jsonl`);
      await writeFile(file, '');
      await utimes(file, daysAgo(days), daysAgo(days));
    }
    assert.equal(loadedFiles().includes('housekeeping.js'), false);
    await vscode.commands.executeCommand(`${chatViewId}.focus`);
    await until(async () => (await readdir(copies)).length === 0);
    await access(join(trash, 'deleted-29-days-ago.jsonl'));
    await assert.rejects(access(join(trash, 'deleted-31-days-ago.jsonl')), { code: 'ENOENT' });
  });
});
