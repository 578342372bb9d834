import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { encodeLine } from '../support/storage/encodeLine';
import { promptEvent } from '../support/storage/exampleEvents';
import { parley, until } from './parley';

describe('a damaged chat file', () => {
  const { showWarningMessage } = vscode.window;
  const warnings: string[] = [];

  before(() => {
    Object.assign(vscode.window, {
      showWarningMessage: (message: string) => {
        warnings.push(message);
        return Promise.resolve(undefined);
      },
    });
  });

  after(() => {
    Object.assign(vscode.window, { showWarningMessage });
  });

  beforeEach(() => {
    warnings.length = 0;
  });

  async function putChat(id: string, content: string): Promise<string> {
    const { libraryFolder } = await parley();
    await mkdir(join(libraryFolder, 'conversations'), { recursive: true });
    await writeFile(join(libraryFolder, 'conversations', `${id}.jsonl`), content);
    return libraryFolder;
  }

  async function openChat(id: string): Promise<void> {
    const { intents } = await parley();
    await intents.handle({ type: 'open-chat', body: { id } });
  }

  it('is moved if nothing in it can be read, and a message tells where', async () => {
    const folder = await putChat('first-lost', 'garbage');
    await putChat('second-lost', 'more garbage');
    const { intents } = await parley();
    await intents.handle({ type: 'list-history', body: { query: '', request: 1 } });
    await until(() => warnings.length > 0);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^2 chat files are damaged and can't be read\./);
    assert.equal(await readFile(join(folder, 'damaged', 'first-lost.jsonl'), 'utf8'), 'garbage');
    assert.equal(await readFile(join(folder, 'damaged', 'second-lost.jsonl'), 'utf8'), 'more garbage');
  });

  it('is shown as far as it can be read, and a message tells that a part is missing', async () => {
    await putChat('half-lost', [promptEvent('p', 'Still here')].map(encodeLine).join('\n') + '\ngarbage\n');
    await openChat('half-lost');
    assert.deepEqual(warnings, [
      'A chat file is damaged. Parley shows its readable part and does not change the file.',
    ]);
    const { sessions } = await parley();
    assert.equal(sessions.current.conversation.messages.size, 1);
  });

  it('of a newer version is shown, and a message tells at once that the chat cannot be continued', async () => {
    const header = { format: 'parley-conversation', version: 99 };
    await putChat('newer', [header, promptEvent('p')].map(encodeLine).join('\n'));
    await openChat('newer');
    assert.deepEqual(warnings, ['A newer version of Parley wrote this chat. Update Parley to continue it.']);
  });
});
