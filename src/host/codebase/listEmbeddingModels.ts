import type { ModelDescription } from '../../core/models/gateway';
import { kindOf } from '../../core/models/modelKind';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelCatalogue } from '../models/modelCatalogue';

/** A model that makes vectors, and its gateway. */
export interface EmbeddingModel {
  readonly gateway: KnownGateway;
  readonly model: ModelDescription;
}

/** What knows the models of the gateways. */
export interface EmbeddingModelPorts {
  readonly gateways: Pick<GatewayRegistry, 'ready'>;
  readonly catalogue: Pick<ModelCatalogue, 'remembered' | 'hasList' | 'fetch' | 'describe'>;
  /** The id of the gateway of the current model. Its models come first. */
  readonly currentGateway: () => string | undefined;
}

/** Lists the embedding models of the gateways that are ready. Reads the lists of the gateways if they are not fresh. */
export async function listEmbeddingModels(ports: EmbeddingModelPorts): Promise<readonly EmbeddingModel[]> {
  const ready = await readyGateways(ports);
  const lists = await Promise.all(
    ready.map(async (gateway) => (await ports.catalogue.fetch(gateway)).models),
  );
  return ready.flatMap((gateway, index) => modelsFor(gateway, lists[index] ?? [], ports));
}

/** Lists the embedding models that are known without a request. `isComplete`: the list of each ready gateway was fetched before. */
export async function rememberedEmbeddingModels(
  ports: EmbeddingModelPorts,
): Promise<{ readonly models: readonly EmbeddingModel[]; readonly isComplete: boolean }> {
  const ready = await readyGateways(ports);
  const lists = ready.map((gateway) => ports.catalogue.remembered(gateway));
  return {
    models: ready.flatMap((gateway, index) => modelsFor(gateway, lists[index] ?? [], ports)),
    isComplete: ready.every((gateway) => ports.catalogue.hasList(gateway)),
  };
}

async function readyGateways({
  gateways,
  currentGateway,
}: EmbeddingModelPorts): Promise<readonly KnownGateway[]> {
  const preferred = currentGateway();
  return (await gateways.ready()).toSorted(
    (one, other) => Number(other.id === preferred) - Number(one.id === preferred),
  );
}

function modelsFor(
  gateway: KnownGateway,
  list: readonly ModelDescription[],
  { catalogue }: EmbeddingModelPorts,
): readonly EmbeddingModel[] {
  return list
    .map(({ id }) => catalogue.describe(gateway, id))
    .filter((model) => kindOf(model) === 'embedding')
    .map((model) => ({ gateway, model }));
}
