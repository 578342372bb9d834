import * as vscode from 'vscode';
import { modelForWork } from '../../core/gatewayCheck/furtherChecker';
import { workNames, type WorkName } from '../../core/gatewayCheck/gatewayCheck';
import { workLabel } from '../../core/gatewayCheck/writeFurtherCheck';
import type { ModelDescription } from '../../core/models/gateway';

/** What a check of a gateway tries beside its connection and its list of models. */
export interface ChosenTests {
  readonly checksEndpoints: boolean;
  readonly asksModel: boolean;
  readonly work: ReadonlySet<WorkName>;
}

/** The models that a check would use. */
interface CheckableModels {
  readonly all: readonly ModelDescription[];
  /** Undefined if the gateway has no chat model, or none is known. */
  readonly chat: string | undefined;
}

interface TestItem extends vscode.QuickPickItem {
  readonly test?: WorkName | 'endpoints' | 'chat';
}

/**
 * Says what a check sends and what costs money, and lets the user choose. Nothing that costs money is chosen at first.
 *
 * @returns Undefined if the user does not want the check.
 */
export async function pickTests(
  gatewayName: string,
  models: Promise<CheckableModels>,
): Promise<ChosenTests | undefined> {
  const picked = await vscode.window.showQuickPick<TestItem>(models.then(itemsFor), {
    title: vscode.l10n.t('Check {0}', gatewayName),
    placeHolder: vscode.l10n.t('Select what to check. Nothing from your chats is sent.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const tests = new Set(picked.map(({ test }) => test));
  return {
    checksEndpoints: tests.has('endpoints'),
    asksModel: tests.has('chat'),
    work: new Set(workNames.filter((name) => tests.has(name))),
  };
}

function itemsFor(models: CheckableModels): TestItem[] {
  const { Separator: kind } = vscode.QuickPickItemKind;
  const chat = models.chat ?? vscode.l10n.t('a chat model');
  return [
    { label: vscode.l10n.t('Free'), kind },
    {
      label: workLabel('endpoints', vscode.l10n.t),
      description: vscode.l10n.t('Costs nothing'),
      detail: vscode.l10n.t('Asks each endpoint with a request that cannot be read.'),
      picked: true,
      test: 'endpoints',
    },
    { label: vscode.l10n.t('Costs money'), kind },
    {
      label: vscode.l10n.t('Chat'),
      description: vscode.l10n.t('Costs a few tokens'),
      detail: vscode.l10n.t('Sends up to five short prompts to {0}, also with a tool and a picture.', chat),
      test: 'chat',
    },
    ...workNames.flatMap((name): readonly TestItem[] => {
      const modelId = modelForWork(name, models.all, models.chat);
      return modelId === undefined
        ? []
        : [{ label: workLabel(name, vscode.l10n.t), ...describeCost(name, modelId), test: name }];
    }),
  ];
}

function describeCost(name: WorkName, modelId: string): Pick<TestItem, 'description' | 'detail'> {
  switch (name) {
    case 'effort':
      return {
        description: vscode.l10n.t('Costs a few tokens'),
        detail: vscode.l10n.t(
          'Sends up to five short prompts to {0}, with different fields for thinking.',
          modelId,
        ),
      };
    case 'completions':
      return {
        description: vscode.l10n.t('Costs a few tokens'),
        detail: vscode.l10n.t(
          'Lets {0} complete a line of code, in up to four ways until one works.',
          modelId,
        ),
      };
    case 'embeddings':
      return {
        description: vscode.l10n.t('Costs a few tokens'),
        detail: vscode.l10n.t('Sends one word to {0}.', modelId),
      };
    case 'speech':
      return {
        description: vscode.l10n.t('Costs one short sound'),
        detail: vscode.l10n.t('Lets {0} say one word.', modelId),
      };
    case 'picture':
      return {
        description: vscode.l10n.t('Costs one picture'),
        detail: vscode.l10n.t('Lets {0} make one picture.', modelId),
      };
  }
}
