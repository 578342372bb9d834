import * as vscode from 'vscode';
import type { ModelDescription } from '../../core/models/gateway';
import { kindOf } from '../../core/models/modelKind';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelCatalogue } from '../models/modelCatalogue';

/** A model that makes vectors, and its gateway. */
export interface EmbeddingModel {
  readonly gateway: KnownGateway;
  readonly model: ModelDescription;
}

/**
 * Lists the embedding models of the gateways that are ready. Reads the lists of the gateways if they are not fresh.
 *
 * @param preferred The id of the gateway whose models come first.
 */
export async function listEmbeddingModels(
  gateways: GatewayRegistry,
  catalogue: ModelCatalogue,
  preferred: string | undefined,
): Promise<readonly EmbeddingModel[]> {
  const ready = (await gateways.ready()).toSorted(
    (one, other) => Number(other.id === preferred) - Number(one.id === preferred),
  );
  const lists = await Promise.all(ready.map(async (gateway) => (await catalogue.fetch(gateway)).models));
  return ready.flatMap((gateway, index) =>
    (lists[index] ?? [])
      .map(({ id }) => catalogue.describe(gateway, id))
      .filter((model) => kindOf(model) === 'embedding')
      .map((model) => ({ gateway, model })),
  );
}

/** Asks for one of several models; undefined if the user cancels. */
export async function pickEmbeddingModel(
  models: readonly EmbeddingModel[],
): Promise<EmbeddingModel | undefined> {
  const picked = await vscode.window.showQuickPick(
    models.map((each) => ({ label: each.model.id, description: each.gateway.name, each })),
    { title: vscode.l10n.t('Embedding Model'), matchOnDescription: true },
  );
  return picked?.each;
}
