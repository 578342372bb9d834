import { l10n } from 'vscode';
import { isChatModel } from '../../core/models/chooseChatModel';
import { ModelList, type ListedGateway } from '../../core/models/modelList';
import { isSameModel, type ModelReference } from '../../shared/conversation/modelReference';
import { explainFailure } from '../../shared/failure/explainFailure';
import type { KnownGateway } from '../gateways/gatewayRegistry';
import type { EndpointMemory } from './endpointMemory';
import type { ModelCatalogue } from './modelCatalogue';
import type { ModelChoice } from './modelChoice';
import type { StoredMarks } from './storedMarks';

/** What an offer of models is made of. */
interface ModelOfferPorts {
  readonly catalogue: ModelCatalogue;
  readonly choice: ModelChoice;
  readonly marks: StoredMarks;
  readonly endpoints: EndpointMemory;
}

/** The models that an open picker offers: those of all ready gateways. */
export class ModelOffer {
  /** A sentence for each gateway whose list cannot be fetched or has no chat model, by gateway id. */
  readonly notes = new Map<string, string>();
  private models: ModelList | undefined;

  constructor(
    private readonly ports: ModelOfferPorts,
    readonly gateways: readonly KnownGateway[],
  ) {}

  /** The models that are known so far. */
  get list(): ModelList {
    this.models ??= this.read();
    return this.models;
  }

  /** Fetches the lists of all gateways, and calls `onChange` when the offer changes. Never rejects. */
  async refresh(onChange: () => void): Promise<void> {
    await Promise.all(
      this.gateways.map(async (gateway) => {
        const before = this.ports.catalogue.remembered(gateway);
        const { models, failure } = await this.ports.catalogue.fetch(gateway);
        if (failure !== undefined) this.notes.set(gateway.id, explainFailure(failure, l10n.t).sentence);
        else if (!models.some(isChatModel))
          this.notes.set(gateway.id, l10n.t('{0} lists no chat models.', gateway.name));
        // Thousands of rows are built again only if the list has changed.
        if (this.ports.catalogue.remembered(gateway) !== before) this.models = undefined;
        else if (!this.notes.has(gateway.id)) return;
        onChange();
      }),
    );
  }

  setFavorite(model: ModelReference, isFavorite: boolean): void {
    this.ports.marks.setFavorite(model, isFavorite);
    this.models = undefined;
  }

  setHidden(model: ModelReference, isHidden: boolean): void {
    this.ports.marks.setHidden(model, isHidden);
    this.models = undefined;
  }

  setUsedForChat(model: ModelReference, isUsed: boolean): void {
    this.ports.marks.setUsedForChat(model, isUsed);
    this.models = undefined;
    // The panel shows what the current model takes.
    if (isSameModel(model, this.ports.choice.current())) this.ports.choice.changed.fire();
  }

  /** Shows the models of a kind that the last check of a gateway has hidden, until its next check. */
  showKind({ gatewayId, modelId }: ModelReference): void {
    const gateway = this.gateways.find(({ id }) => id === gatewayId);
    if (gateway === undefined) return;
    const { catalogue, endpoints } = this.ports;
    endpoints.forgetKind(gateway, catalogue.kindOf(gateway, modelId));
    this.models = undefined;
  }

  private read(): ModelList {
    const { catalogue, choice, marks, endpoints } = this.ports;
    const listed = this.gateways.map((gateway): ListedGateway => ({
      id: gateway.id,
      name: gateway.name,
      models: catalogue.remembered(gateway).map(({ id }) => catalogue.describe(gateway, id)),
      unserved: endpoints.kindsWithoutEndpoint(gateway),
    }));
    return new ModelList(listed, {
      favorites: marks.favorites(),
      recent: choice.recentOrDefault(),
      hidden: marks.hidden(),
      usedForChat: marks.usedForChat(),
    });
  }
}
