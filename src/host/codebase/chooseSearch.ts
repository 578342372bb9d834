import * as vscode from 'vscode';
import { askForChoice } from './askForChoice';
import { keepCodebaseChoice, type CodebaseChoice } from './codebaseChoice';
import {
  listEmbeddingModels,
  rememberedEmbeddingModels,
  type EmbeddingModel,
  type EmbeddingModelPorts,
} from './listEmbeddingModels';
import type { CodebaseFile } from './readCodebaseFiles';

interface SearchChoicePorts extends EmbeddingModelPorts {
  readonly workspaceState: vscode.Memento;
}

/**
 * Asks how the codebase is searched, and stores the answer. No gateway is asked for its list of models before the user has answered:
 * the question offers the models that are known.
 *
 * @returns undefined if the user cancels.
 */
export async function chooseSearch(
  files: readonly CodebaseFile[],
  ports: SearchChoicePorts,
): Promise<CodebaseChoice | undefined> {
  const known = await rememberedEmbeddingModels(ports);
  // Nothing can be sent, so there is nothing to ask.
  if (known.models.length === 0 && known.isComplete) return { kind: 'words' };
  let { models } = known;
  if (models.length === 0) {
    const listed = await offerLists(ports);
    if (listed === 'words') return await store({ kind: 'words' }, ports);
    if (listed === undefined) return undefined;
    models = listed;
    if (models.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No gateway lists an embedding model. The code is searched by its words.'),
      );
      return { kind: 'words' };
    }
  }
  const chosen = await askForChoice(files, models, () => listEmbeddingModels(ports));
  return chosen && (await store(chosen, ports));
}

async function store(choice: CodebaseChoice, ports: SearchChoicePorts): Promise<CodebaseChoice> {
  await keepCodebaseChoice(ports.workspaceState, choice);
  return choice;
}

/** Asks whether the lists of the gateways may be read, because no embedding model is known yet. */
async function offerLists(
  ports: SearchChoicePorts,
): Promise<readonly EmbeddingModel[] | 'words' | undefined> {
  const choose = vscode.l10n.t('Choose Embedding Model…');
  const words = vscode.l10n.t('Search Without Embeddings');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Search the code of this workspace with an embedding model?'),
    {
      modal: true,
      detail: [
        vscode.l10n.t(
          'Parley then reads the lists of models of your gateways. Before it sends code, it shows what it sends and the probable cost.',
        ),
        vscode.l10n.t(
          'Without embeddings, code is found by its words, and nothing is sent to build an index.',
        ),
      ].join('\n\n'),
    },
    choose,
    words,
  );
  if (answer === words) return 'words';
  return answer === choose ? await listEmbeddingModels(ports) : undefined;
}
