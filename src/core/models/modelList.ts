import type { ModelReference } from '../../shared/conversation/modelReference';
import { formatModelReference } from '../../shared/conversation/modelReference';
import type { Gateway, ModelDescription } from './gateway';
import { kindOf, modelKinds, type ModelKind } from './modelKind';
import { generatedKinds } from '../../shared/answer/generation';
import { modelName } from './modelName';
import { ModelSearch } from './modelSearch';

/** A gateway that is ready for prompts, and the models that it lists. */
export interface ListedGateway extends Pick<Gateway, 'id' | 'name'> {
  readonly models: readonly ModelDescription[];
  /** The kinds of models that it cannot serve, as its last check found. */
  readonly unserved: ReadonlySet<ModelKind>;
}

/** What the user has said about models. Models of other gateways than the ready ones have no effect. */
export interface ModelMarks {
  readonly favorites: readonly ModelReference[];
  /** The newest first. */
  readonly recent: readonly ModelReference[];
  readonly hidden: readonly ModelReference[];
  /** Models that are for chat, whatever their id or the gateway's list says. */
  readonly usedForChat: readonly ModelReference[];
}

/** The section of a model without a query. `generated`: models that make pictures, video or music. */
type ModelSection = 'favorites' | 'recent' | 'gateway' | 'generated' | 'hidden';

/** A model in the list. */
export interface ListedModel {
  readonly reference: ModelReference;
  readonly model: ModelDescription;
  /** The displayed name. */
  readonly name: string;
  readonly gateway: ListedGateway;
  readonly kind: ModelKind;
  readonly section: ModelSection;
  /** True if the user has hidden it. A model that answers no prompts, such as one for embeddings, is in the hidden section too. */
  readonly isHidden: boolean;
  /** True if it is in the hidden section because its gateway cannot serve its kind. */
  readonly isUnserved: boolean;
}

/** The models for a query. */
interface FoundModels {
  /** Without a query, in the order of sections; with one, the best matches first. */
  readonly models: readonly ListedModel[];
  /** How many matching models are left out because the user has hidden them. */
  readonly hiddenByUser: number;
  /** How many matching models are left out because their gateway cannot serve them. */
  readonly unserved: number;
  /** How many matching models are left out because of their kind. */
  readonly notForChat: number;
}

/**
 * The models of all ready gateways, each once: favorites, then the recent ones, then the others for chat by gateway, then those
 * that make pictures, video and music, then the hidden ones, then other kinds and those that their gateway cannot serve. Favorites
 * and recent models are also there if no list has them.
 */
export class ModelList {
  private readonly models: readonly ListedModel[];
  private readonly search: ModelSearch<ListedModel>;

  constructor(gateways: readonly ListedGateway[], marks: ModelMarks) {
    this.models = listModels(gateways, marks);
    this.search = new ModelSearch(this.models, ({ name, reference, gateway }) => ({
      name,
      id: reference.modelId,
      gatewayName: gateway.name,
      gatewayId: gateway.id,
    }));
  }

  /**
   * Finds the models for what the user has typed; see `ModelSearch`.
   *
   * @param showsHidden True if hidden models are among them.
   * @param isForChat True to leave out models that make pictures, video or music, like other kinds.
   */
  find(query: string, showsHidden: boolean, isForChat = false): FoundModels {
    const found = this.search.find(query);
    if (showsHidden) return { models: found, hiddenByUser: 0, unserved: 0, notForChat: 0 };
    const isLeftOut = ({ section }: ListedModel): boolean =>
      section === 'hidden' || (isForChat && section === 'generated');
    const hidden = found.filter(isLeftOut);
    const hiddenByUser = hidden.filter(({ isHidden }) => isHidden).length;
    const unserved = hidden.filter(({ isUnserved }) => isUnserved).length;
    return {
      models: hidden.length === 0 ? found : found.filter((listed) => !isLeftOut(listed)),
      hiddenByUser,
      unserved,
      notForChat: hidden.length - hiddenByUser - unserved,
    };
  }

  /** True if a gateway has a model with exactly this id. */
  has(reference: ModelReference): boolean {
    return this.models.some(
      (listed) =>
        listed.reference.modelId === reference.modelId && listed.reference.gatewayId === reference.gatewayId,
    );
  }
}

function listModels(
  gateways: readonly ListedGateway[],
  { favorites, recent, hidden, usedForChat }: ModelMarks,
): readonly ListedModel[] {
  const byId = new Map(gateways.map((gateway) => [gateway.id, gateway]));
  const hiddenKeys = new Set(hidden.map(formatModelReference));
  const favoriteKeys = new Set(favorites.map(formatModelReference));
  const chatKeys = new Set(usedForChat.map(formatModelReference));
  const seen = new Set<string>();
  const listed: Record<ModelSection, ListedModel[]> = {
    favorites: [],
    recent: [],
    gateway: [],
    generated: [],
    hidden: [],
  };
  const add = (gateway: ListedGateway, model: ModelDescription, section: ModelSection): void => {
    const reference = { gatewayId: gateway.id, modelId: model.id };
    const key = formatModelReference(reference);
    if (seen.has(key)) return;
    seen.add(key);
    // A favorite is never hidden: adding one shows it again.
    const isHidden = hiddenKeys.has(key) && !favoriteKeys.has(key);
    const kind = chatKeys.has(key) ? 'chat' : kindOf(model);
    const isUnserved = !isHidden && !favoriteKeys.has(key) && gateway.unserved.has(kind);
    const isLeftOut = isHidden || isUnserved;
    const place = isLeftOut ? 'hidden' : section === 'gateway' ? sectionOf(kind) : section;
    const name = modelName(model.id, model.name);
    listed[place].push({ reference, model, name, gateway, kind, section: place, isHidden, isUnserved });
  };
  const marked = [
    ...favorites.map((reference) => ({ reference, section: 'favorites' as const })),
    ...recent.map((reference) => ({ reference, section: 'recent' as const })),
  ];
  const known = knownModels(
    gateways,
    marked.map(({ reference }) => reference),
  );
  for (const { reference, section } of marked) {
    const gateway = byId.get(reference.gatewayId);
    const model = known.get(formatModelReference(reference)) ?? { id: reference.modelId };
    if (gateway !== undefined) add(gateway, model, section);
  }
  for (const gateway of gateways) for (const model of gateway.models) add(gateway, model, 'gateway');
  const { generated, hidden: leftOut } = listed;
  return [
    ...listed.favorites,
    ...listed.recent,
    ...listed.gateway,
    ...generated.sort(byPlace),
    ...leftOut.sort(byPlace),
  ];
}

/** The section of a model that the user has not marked. */
function sectionOf(kind: ModelKind): ModelSection {
  if (kind === 'chat') return 'gateway';
  // A base model continues prompts.
  if (kind === 'completion') return 'generated';
  return generatedKinds.some((generated) => generated === kind) ? 'generated' : 'hidden';
}

/** Models that the user has hidden come before those of another kind. */
function byPlace(one: ListedModel, other: ListedModel): number {
  const place = ({ isHidden, kind }: ListedModel): number => (isHidden ? 0 : modelKinds.indexOf(kind));
  return place(one) - place(other);
}

/** The descriptions of a few models, by reference. */
function knownModels(
  gateways: readonly ListedGateway[],
  wanted: readonly ModelReference[],
): ReadonlyMap<string, ModelDescription> {
  const known = new Map<string, ModelDescription>();
  for (const { id: gatewayId, models } of gateways) {
    const ids = new Set(
      wanted.filter((model) => model.gatewayId === gatewayId).map(({ modelId }) => modelId),
    );
    if (ids.size === 0) continue;
    for (const model of models) {
      const key = formatModelReference({ gatewayId, modelId: model.id });
      if (ids.has(model.id) && !known.has(key)) known.set(key, model);
    }
  }
  return known;
}
