import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const manifest = {
  name: 'asking',
  publisher: 'example',
  displayName: 'Asking Extension',
  version: '1.0.0',
  engines: { vscode: '^1.112.0' },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
  contributes: {
    commands: [
      { command: 'asking.ask', title: "Ask Parley's Model", category: 'Example' },
      { command: 'asking.clear', title: 'Clear the Reply', category: 'Example' },
    ],
  },
};

const code = `'use strict';
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const item = vscode.window.createStatusBarItem();
  const clear = () => {
    item.text = 'Asking: ready';
  };
  const ask = async () => {
    try {
      const [model] = await vscode.lm.selectChatModels({ vendor: 'parley' });
      const { text } = await model.sendRequest([vscode.LanguageModelChatMessage.User('Hello')]);
      let answer = '';
      for await (const piece of text) answer += piece;
      item.text = 'Asking: ' + answer;
    } catch (error) {
      item.text = 'Asking: ' + (error.code ?? error.name) + ': ' + error.message;
    }
  };
  clear();
  item.show();
  subscriptions.push(
    item,
    vscode.commands.registerCommand('asking.ask', ask),
    vscode.commands.registerCommand('asking.clear', clear),
  );
};
`;

/**
 * Writes an extension of someone else, which asks a model of Parley with the command "Example: Ask Parley's Model". Its status bar
 * item shows the reply or the error.
 */
export async function writeAskingExtension(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), code);
}
