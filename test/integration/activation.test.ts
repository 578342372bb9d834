import assert from 'node:assert/strict';
import { access, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { chatViewId } from '../../src/host/panel/chatPanel';
import { parley, until } from './parley';

/** The module cache of the extension host, which also has the bundle under test. */
function loadedFiles(): string[] {
  const folder = join(vscode.extensions.getExtension('parley.parley')?.extensionPath ?? '', 'dist', sep);
  return Object.keys(require.cache).flatMap((file) =>
    file.startsWith(folder) ? [file.slice(folder.length)] : [],
  );
}

describe('activation', () => {
  // Mocha runs this file first, in alphabetical order. Nothing has activated Parley yet.
  it('does not happen before Parley is used', () => {
    assert.equal(vscode.extensions.getExtension('parley.parley')?.isActive, false);
  });

  it('loads no large bundle', async () => {
    const before = performance.now();
    await parley();
    console.log(`activation, with VS Code's own part: ${(performance.now() - before).toFixed(1)} ms`);
    assert.deepEqual(loadedFiles(), ['extension.js']);
  });

  it("loads the transport when the message field gets the focus, and does not replace the extension host's fetch", async () => {
    const globals = globalThis as Record<symbol, unknown>;
    const dispatchers = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) =>
      Symbol.for(name),
    );
    const before = [globalThis.fetch, ...dispatchers.map((name) => globals[name])];
    const { intents } = await parley();
    await intents.handle({ type: 'composer-focused', body: {} });
    assert.deepEqual(loadedFiles(), ['extension.js', 'transport.js']);
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
