import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { parley, until } from './parley';

describe('putting code into the terminal', () => {
  let terminal: vscode.Terminal;
  let received: string;

  beforeEach(async () => {
    received = '';
    const written = new vscode.EventEmitter<string>();
    const opened = new Promise<void>((open) => {
      terminal = vscode.window.createTerminal({
        name: 'recorder',
        pty: {
          onDidWrite: written.event,
          open: () => {
            open();
          },
          close: () => undefined,
          handleInput: (data: string) => {
            received += data;
          },
        },
      });
    });
    terminal.show();
    await opened;
    await until(() => vscode.window.activeTerminal === terminal);
  });

  afterEach(() => {
    terminal.dispose();
  });

  it('puts the commands at the prompt in one line, without control characters and without Enter', async () => {
    const { intents } = await parley();
    const text = '$ cd src\n$ npm test \u001b[31m\u001b]0;owned\u0007\r\n';
    await intents.handle({ type: 'run-in-terminal', body: { text } });
    await until(() => received !== '');
    assert.equal(received, 'cd src && npm test');
  });

  it('sends no script to a shell that would run it line by line', async () => {
    const { intents } = await parley();
    const text = 'for f in *; do\n  rm "$f"\ndone';
    const offered = intents.handle({ type: 'run-in-terminal', body: { text } });
    await intents.handle({ type: 'run-in-terminal', body: { text: 'ls' } });
    await until(() => received !== '');
    assert.equal(received, 'ls');
    await vscode.commands.executeCommand('notifications.clearAll');
    await offered;
  });
});
