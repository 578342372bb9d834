import * as vscode from 'vscode';
import type { Route } from '../../core/models/route';
import type { Target } from '../../core/prompt/target';
import { plainText } from '../ui/plainText';
import type { Targets } from '../models/targets';
import { tellFailure } from './tellFailure';

/** A target whose model can be asked. */
export type ChatTarget = Target & { readonly route: Route };

/** Request fields that change the form of an answer. A request of Parley's own wants one plain text. */
const formFields: ReadonlySet<string> = new Set(['n', 'response_format', 'stop', 'logprobs', 'top_logprobs']);

/**
 * The chosen model, for a request that belongs to no chat.
 *
 * @param retry Called if the user wants to try again after a problem.
 * @returns undefined if it cannot be asked. A message has told why.
 */
export async function chatTarget(
  targets: Pick<Targets, 'current'>,
  retry: () => Promise<void>,
): Promise<ChatTarget | undefined> {
  const target = await targets.current();
  const { route, generation, modelName } = target;
  if ('failure' in route) {
    void tellFailure(route.failure, retry);
    return undefined;
  }
  if (generation !== undefined || route.listedEndpoint === 'completions') {
    void offerOtherModel(modelName);
    return undefined;
  }
  const kept = Object.entries(route.parameters).filter(([name]) => !formFields.has(name));
  return { ...target, route: { ...route, parameters: Object.fromEntries(kept) } };
}

async function offerOtherModel(modelName: string): Promise<void> {
  const choose = vscode.l10n.t('Choose Another Model');
  const text = vscode.l10n.t('{0} is not a chat model.', plainText(modelName));
  if ((await vscode.window.showWarningMessage(text, choose)) === choose)
    await vscode.commands.executeCommand('parley.selectModel');
}
