import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Session } from '../../src/core/conversation/session';
import { selectedPath, messageText } from '../../src/shared/conversation/conversation';
import { TestGateway } from '../support/testGateway';
import { parley, setSetting, until } from './parley';

/** The argument that VS Code passes to a command of a webview's context menu. */
function clickedOn(messageId: string, messageRole: 'user' | 'assistant'): Readonly<Record<string, unknown>> {
  return { webview: 'parley.chat', webviewSection: 'message', messageId, messageRole };
}

describe('the context menu of a message', () => {
  let gateway: TestGateway;

  before(async () => {
    gateway = await TestGateway.start({ pieces: ['Done', ' **well**.'] });
    await setSetting('gateways', [
      { id: 'loopback', name: 'Loopback', baseUrl: gateway.baseUrl, auth: 'none' },
    ]);
    const { gateways, choice } = await parley();
    await until(() => gateways.find('loopback') !== undefined);
    await choice.select({ gatewayId: 'loopback', modelId: 'listed-model' });
  });

  beforeEach(async () => {
    await vscode.commands.executeCommand('parley.newChat');
  });

  after(async () => {
    await setSetting('gateways', undefined);
    await gateway.stop();
  });

  /** Starts a chat with one prompt and its complete answer. */
  async function asked(): Promise<{ session: Session; promptId: string; answerId: string }> {
    const { intents, sessions } = await parley();
    await intents.handle({ type: 'submit', body: { text: 'Do it' } });
    const session = sessions.current;
    await until(() => !session.answering);
    const [prompt, answer] = selectedPath(session.conversation);
    return { session, promptId: prompt?.id ?? '', answerId: answer?.id ?? '' };
  }

  it('copies a prompt and an answer as Markdown', async () => {
    const { promptId, answerId } = await asked();
    await vscode.commands.executeCommand('parley.copyMessage', clickedOn(answerId, 'assistant'));
    assert.equal(await vscode.env.clipboard.readText(), 'Done **well**.');
    await vscode.commands.executeCommand('parley.copyMessage', clickedOn(promptId, 'user'));
    assert.equal(await vscode.env.clipboard.readText(), 'Do it');
  });

  it('forks a new chat from an answer', async () => {
    const { session, answerId } = await asked();
    const { intents, sessions } = await parley();
    await intents.handle({ type: 'submit', body: { text: 'And more' } });
    await until(() => !session.answering);
    await vscode.commands.executeCommand('parley.forkMessage', clickedOn(answerId, 'assistant'));
    assert.notEqual(sessions.current.conversation.id, session.conversation.id);
    assert.deepEqual(selectedPath(sessions.current.conversation).map(messageText), [
      'Do it',
      'Done **well**.',
    ]);
    assert.equal(selectedPath(session.conversation).length, 4);
  });

  it('regenerates an answer with the model that is picked', async () => {
    const { session, promptId, answerId } = await asked();
    const before = gateway.requests.length;
    const regenerated = vscode.commands.executeCommand(
      'parley.regenerateWith',
      clickedOn(answerId, 'assistant'),
    );
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return gateway.requests.length > before;
    });
    await regenerated;
    await until(() => !session.answering);
    const path = selectedPath(session.conversation);
    assert.equal(path.length, 2);
    assert.notEqual(path[1]?.id, answerId);
    assert.deepEqual(session.conversation.messages.get(promptId)?.children, [answerId, path[1]?.id]);
  });

  it('does nothing for a message of another chat or for an unknown argument', async () => {
    const { answerId, session } = await asked();
    await vscode.env.clipboard.writeText('untouched');
    await vscode.commands.executeCommand('parley.newChat');
    const { sessions } = await parley();
    const shown = sessions.current.conversation.id;
    for (const command of ['copyMessage', 'forkMessage', 'regenerateWith']) {
      for (const clicked of [clickedOn(answerId, 'assistant'), { messageId: 1 }, 'words', undefined])
        await vscode.commands.executeCommand(`parley.${command}`, clicked);
    }
    assert.equal(await vscode.env.clipboard.readText(), 'untouched');
    assert.equal(sessions.current.conversation.id, shown);
    assert.equal(selectedPath(session.conversation).length, 2);
  });

  it('does not fork or regenerate from a prompt', async () => {
    const { session, promptId } = await asked();
    const before = gateway.requests.length;
    await vscode.commands.executeCommand('parley.forkMessage', clickedOn(promptId, 'assistant'));
    await vscode.commands.executeCommand('parley.regenerateWith', clickedOn(promptId, 'assistant'));
    const { sessions } = await parley();
    assert.equal(sessions.current, session);
    assert.equal(gateway.requests.length, before);
  });
});
