import * as vscode from 'vscode';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { Failure } from '../../shared/failure/failure';
import type { FailureAction } from '../../shared/failure/failureAction';
import { plainText } from '../ui/plainText';

/** The commands of the actions that help outside a chat. */
const commands: Partial<Record<FailureAction, string>> = {
  'add-gateway': 'parley.addGateway',
  'set-key': 'parley.setApiKey',
  'select-model': 'parley.selectModel',
  'manage-gateways': 'parley.manageGateways',
  'open-gateway-settings': 'parley.manageGateways',
  'allow-insecure': 'parley.checkGateway',
  'check-again': 'parley.checkGateway',
  'show-log': 'parley.showLog',
};

/** Tells why a request failed that has no chat, and offers what helps. `retry` sends it again. */
export async function tellFailure(failure: Failure, retry: () => Promise<void>): Promise<void> {
  const { sentence, words, action, actionLabel } = explainFailure(failure, vscode.l10n.t);
  const command = commands[action];
  const text = plainText(words === undefined ? sentence : `${sentence} ${words.slice(0, 300)}`);
  const buttons = action === 'retry' || command !== undefined ? [actionLabel] : [];
  const answer = await vscode.window.showErrorMessage(text, ...buttons);
  if (answer === undefined) return;
  if (command === undefined) await retry();
  else await vscode.commands.executeCommand(command);
}
