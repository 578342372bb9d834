import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const manifest = {
  name: 'testing',
  publisher: 'example',
  displayName: 'Testing Extension',
  version: '1.0.0',
  engines: { vscode: '^1.112.0' },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
};

const code = `'use strict';
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const controller = vscode.tests.createTestController('example', 'Example');
  const [{ uri: folder }] = vscode.workspace.workspaceFolders;
  const file = vscode.Uri.joinPath(folder, 'sum.test.js');
  const test = controller.createTestItem('sum', 'sum adds', file);
  test.range = new vscode.Range(2, 0, 4, 2);
  controller.items.add(test);
  const fail = (request) => {
    const run = controller.createTestRun(request);
    run.started(test);
    const message = vscode.TestMessage.diff('\\u001b[31mexpected\\u001b[39m -1 to be 3', '3', '-1');
    message.location = new vscode.Location(file, new vscode.Position(3, 2));
    message.stackTrace = [
      new vscode.TestMessageStackFrame('sum', vscode.Uri.joinPath(folder, 'sum.js'), new vscode.Position(1, 2)),
    ];
    run.failed(test, message);
    run.end();
  };
  controller.createRunProfile('Run', vscode.TestRunProfileKind.Run, fail, true);
  subscriptions.push(controller);
};
`;

/**
 * Writes an extension of someone else with one test, "sum adds" of sum.test.js, which fails with a message, an expected and an actual
 * value and a stack.
 */
export async function writeTestingExtension(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), code);
}
