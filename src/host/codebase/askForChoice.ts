import * as vscode from 'vscode';
import { estimateEmbedding } from '../../core/codebase/embeddingEstimate';
import { plainText } from '../ui/plainText';
import type { CodebaseChoice } from './codebaseChoice';
import type { CodebaseFile } from './readCodebaseFiles';
import type { EmbeddingModel } from './listEmbeddingModels';

/**
 * Asks whether the code of a workspace may be sent to an embedding model. Says before what is sent, how much, and what it
 * probably costs.
 *
 * @param models Not empty; the first one is suggested.
 * @param listModels Lists the models of all gateways. Called only if the user wants another model.
 * @returns undefined if the user cancels.
 */
export async function askForChoice(
  files: readonly CodebaseFile[],
  models: readonly EmbeddingModel[],
  listModels: () => Promise<readonly EmbeddingModel[]>,
): Promise<CodebaseChoice | undefined> {
  let suggested = models[0];
  const send = vscode.l10n.t('Send and Build Index');
  const words = vscode.l10n.t('Search Without Embeddings');
  const another = vscode.l10n.t('Choose Another Model…');
  while (suggested !== undefined) {
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Send the code of this workspace to {0}?', plainText(suggested.gateway.name)),
      { modal: true, detail: detailOf(files, suggested) },
      send,
      words,
      another,
    );
    if (answer === words) return { kind: 'words' };
    if (answer === send) {
      const { gateway, model } = suggested;
      return { kind: 'embeddings', gatewayId: gateway.id, baseUrl: gateway.baseUrl, modelId: model.id };
    }
    if (answer !== another) return undefined;
    suggested = (await pickEmbeddingModel(await listModels())) ?? suggested;
  }
  return undefined;
}

function detailOf(files: readonly CodebaseFile[], { gateway, model }: EmbeddingModel): string {
  const { language } = vscode.env;
  const estimate = estimateEmbedding(
    files.map(({ size }) => size),
    model.prices,
  );
  const { price } = estimate;
  const money =
    price?.amount.toLocaleString(language, {
      style: 'currency',
      currency: price.currency,
      maximumSignificantDigits: 2,
    }) ?? vscode.l10n.t('price unknown');
  return [
    vscode.l10n.t(
      'The model {0} of {1} gets the text of {2} files to compute embeddings: about {3} tokens ({4}).',
      plainText(model.id),
      plainText(gateway.name),
      estimate.files.toLocaleString(language),
      estimate.tokens.toLocaleString(language),
      money,
    ),
    vscode.l10n.t(
      'Later, changed parts are sent when you save a file or use #codebase. Hidden files and files that may contain secrets are never sent. The index stays on this computer.',
    ),
    vscode.l10n.t('Without embeddings, code is found by its words, and nothing is sent to build an index.'),
  ].join('\n\n');
}

/** Asks for one of several models; undefined if the user cancels. */
async function pickEmbeddingModel(models: readonly EmbeddingModel[]): Promise<EmbeddingModel | undefined> {
  const picked = await vscode.window.showQuickPick(
    models.map((each) => ({ label: each.model.id, description: each.gateway.name, each })),
    { title: vscode.l10n.t('Embedding Model'), matchOnDescription: true },
  );
  return picked?.each;
}
