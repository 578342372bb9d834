/** Runs in the extension host: Parley with 1, 10 and 50 conversations that stream at once, one of them shown. */
import * as vscode from 'vscode';
import type { Session } from '../../../src/core/conversation/session';
import type { TestAccess } from '../../../src/extension';
import { reportMemory, type BeginStreams } from './reportMemory';

export async function run(): Promise<void> {
  await reportMemory(loadParley);
}

async function loadParley(): Promise<BeginStreams> {
  const extension = vscode.extensions.getExtension<TestAccess | undefined>('parley.parley');
  const access = await extension?.activate();
  if (access === undefined) throw new Error('VS Code does not run in test mode.');
  const { choice, intents, sessions } = await access.composition();
  await vscode.commands.executeCommand('parley.openChat');
  await choice.select({ gatewayId: 'bench', modelId: 'model' });
  await panelIsDrawn();
  return async (count) => {
    const asked: Session[] = [];
    for (let number = 0; number < count; number += 1) {
      sessions.startNew();
      await intents.handle({ type: 'submit', body: { text: `Question ${number}?` } });
      asked.push(sessions.current);
    }
    return async () => {
      for (const session of asked) await session.stop();
    };
  };
}

/** What the panel loads when it is shown is loaded by then. */
async function panelIsDrawn(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 2_500);
  });
}
