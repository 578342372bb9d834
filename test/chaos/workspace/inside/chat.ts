import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { selectedPath } from '../../../../src/shared/conversation/conversation';
import type { AssistantMessage } from '../../../../src/shared/conversation/conversation';
import { parley, setSetting, until } from '../../../integration/parley';
import { farGateway, rightGateway } from '../rightGateway';
import type { Plan } from './plan';

/** Does with the key and a prompt what a user does in a day. */
export async function chat({ key, promptMark }: Plan): Promise<void> {
  const { keys, gateways, choice, intents, sessions } = await parley();
  await vscode.commands.executeCommand('parley.openChat');
  const gateway = gateways.find(rightGateway);
  assert.ok(gateway);
  assert.ok(await keys.store(gateway, key));
  await choice.select({ gatewayId: rightGateway, modelId: 'gpt-4o' });

  const first = await ask(`First ${promptMark}`);
  assert.equal(first.ending?.outcome, 'completed');
  // The answer has pictures: its model is not asked for a title, and nothing more is sent.
  assert.equal(sessions.current.conversation.titleSource, 'prompt');
  await intents.handle({ type: 'regenerate', body: { id: first.id } });
  const second = await answered();
  assert.notEqual(second.id, first.id);
  await intents.handle({ type: 'load-media', body: { id: second.id, index: 0 } });

  for (const query of ['', 'a', 'maths'])
    await intents.handle({ type: 'find-context', body: { request: 1, query } });
  await intents.handle({ type: 'find-prompts', body: { request: 2 } });
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const path = vscode.Uri.joinPath(folder.uri, '.github', 'prompts', 'theirs.prompt.md');
    await intents.handle({ type: 'use-prompt', body: { id: `workspace:${path.toString()}` } });
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'maths.ts'));
  }
  await ask(`Second ${promptMark}`);
  await choice.select({ gatewayId: farGateway, modelId: 'gpt-4o' });
  assert.equal((await ask(`Far ${promptMark}`)).ending?.outcome, 'completed');
  await choice.select({ gatewayId: rightGateway, modelId: 'gpt-4o' });
  await listModels();
}

/** The user points the gateway elsewhere, or names a proxy: the key stays with its origin. */
export async function pointElsewhere({ promptMark, gatewayPort, thief }: Plan): Promise<void> {
  const { gateways } = await parley();
  const before = vscode.workspace.getConfiguration('parley').inspect('gateways')?.globalValue;
  const elsewhere = [`http://localhost:${gatewayPort}/v1`, `http://${thief}/v1`, `https://${thief}/v1`];
  for (const baseUrl of elsewhere) {
    await setSetting('gateways', [{ id: rightGateway, name: 'Right', baseUrl }]);
    await until(() => gateways.find(rightGateway)?.baseUrl === baseUrl);
    const answer = await ask(`Elsewhere ${promptMark}`);
    assert.ok(answer.ending?.outcome === 'failed', 'The gateway elsewhere answered.');
    assert.equal(answer.ending.failure.kind, 'missing-key');
  }
  await setSetting('gateways', before);
  await until(() => gateways.find(rightGateway)?.baseUrl.includes('127.0.0.1') === true);
  const http = vscode.workspace.getConfiguration('http');
  await http.update('proxy', `http://${thief}`, vscode.ConfigurationTarget.Global);
  assert.equal((await ask(`Through a proxy ${promptMark}`)).ending?.outcome, 'completed');
  await http.update('proxy', undefined, vscode.ConfigurationTarget.Global);
}

async function ask(text: string): Promise<AssistantMessage> {
  const { intents, sessions } = await parley();
  const before = selectedPath(sessions.current.conversation).length;
  await intents.handle({ type: 'submit', body: { text } });
  await until(() => selectedPath(sessions.current.conversation).length === before + 2);
  return await answered();
}

async function answered(): Promise<AssistantMessage> {
  const { sessions } = await parley();
  await until(() => !sessions.current.answering);
  const last = selectedPath(sessions.current.conversation).at(-1);
  assert.ok(last?.role === 'assistant');
  return last;
}

/** The picker asks the gateway for its list. */
async function listModels(): Promise<void> {
  const picked = vscode.commands.executeCommand('parley.selectModel');
  await wait(300);
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  await picked;
}
