import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { selectedPath, messageText } from '../../src/shared/conversation/conversation';
import { parley, until } from './parley';

describe('importing and exporting chats', () => {
  let folder: string;
  const { showOpenDialog, showSaveDialog } = vscode.window;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-chats-'));
  });

  after(async () => {
    Object.assign(vscode.window, { showOpenDialog, showSaveDialog });
    await rm(folder, { recursive: true, force: true });
  });

  /** Answers every file dialog with this file. */
  function pick(name: string): string {
    const path = join(folder, name);
    const file = vscode.Uri.file(path);
    Object.assign(vscode.window, {
      showOpenDialog: () => Promise.resolve([file]),
      showSaveDialog: () => Promise.resolve(file),
    });
    return path;
  }

  async function importFile(name: string, content: unknown): Promise<void> {
    await writeFile(pick(name), typeof content === 'string' ? content : JSON.stringify(content));
    await vscode.commands.executeCommand('parley.importChat');
  }

  const chat = (title: string, text: string): unknown => ({
    title,
    create_time: 100,
    mapping: {
      u: {
        parent: null,
        children: [],
        message: { author: { role: 'user' }, content: { content_type: 'text', parts: [text] } },
      },
    },
  });

  async function shownTexts(): Promise<string[]> {
    const { sessions } = await parley();
    return selectedPath(sessions.current.conversation).map(messageText);
  }

  it('imports every chat of a file and shows the last one', async () => {
    await importFile('conversations.json', [chat('One', 'First words'), chat('Two', 'Second words')]);
    await until(async () => (await shownTexts()).includes('Second words'));
    const { sessions } = await parley();
    assert.equal(sessions.current.conversation.title, 'Two');
    assert.equal(sessions.current.conversation.createdAt, 100_000);
  });

  it('exports a chat as Markdown and as JSON, and imports the JSON again', async () => {
    await importFile('one.json', chat('Fences', 'Paint the fence'));
    const { sessions } = await parley();
    const { id } = sessions.current.conversation;
    const markdown = pick('out.md');
    await vscode.commands.executeCommand('parley.exportChat');
    assert.match(await readFile(markdown, 'utf8'), /^# Fences\n[^]*## You[^]*Paint the fence/);
    const json = pick('out.json');
    await vscode.commands.executeCommand('parley.exportChat');
    await importFile('again.json', await readFile(json, 'utf8'));
    assert.notEqual(sessions.current.conversation.id, id);
    assert.deepEqual(await shownTexts(), ['Paint the fence']);
  });

  it('imports the readable chats of a file, and nothing from a broken file', async () => {
    const { sessions } = await parley();
    const circle = { mapping: { a: { parent: 'b' }, b: { parent: 'a' } } };
    await importFile('mixed.json', [chat('Good', 'Good words'), circle, { mapping: { a: 1, b: null } }]);
    await until(async () => (await shownTexts()).includes('Good words'));
    const { id } = sessions.current.conversation;
    await importFile('worse.json', '[{"mapping": ');
    assert.equal(sessions.current.conversation.id, id);
    await importFile('circles.json', [circle]);
    assert.equal(sessions.current.conversation.id, id);
  });
});
