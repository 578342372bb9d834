import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Gateway, ModelDescription } from '../../core/models/gateway';
import { kindOf, type ModelKind } from '../../core/models/modelKind';
import { modelFacts } from '../../core/models/modelFacts';
import { modelName } from '../../core/models/modelName';
import type { Timeouts } from '../../core/models/route';
import type { ChatClient, ModelListing } from '../../core/ports/chatClient';
import { modelDescriptionSchema } from '../settings/modelDescriptionSchema';
import { isUsedForChat } from './storedMarks';

/** How long a list counts as fresh, in milliseconds. A fresh list is not fetched again. */
const freshness = 5 * 60_000;

const storedSchema = v.array(modelDescriptionSchema);

/**
 * An index of each list by model id, which is built on first use. The panel reads lists of thousands of models with each update.
 */
const indexes = new WeakMap<readonly ModelDescription[], ReadonlyMap<string, ModelDescription>>();

/**
 * Lists the models of each gateway. The last list is stored across windows, so that the picker is filled at once. The gateway is
 * asked again when the list is old.
 */
export class ModelCatalogue {
  private readonly fetched = new Map<
    string,
    { readonly at: number; readonly listing: Promise<ModelListing> }
  >();
  /** The stored values that have been validated: validating thousands of models takes milliseconds. */
  private readonly checked = new WeakMap<object, readonly ModelDescription[]>();

  constructor(
    private readonly client: ChatClient,
    private readonly memory: vscode.Memento,
    private readonly timeouts: () => Timeouts,
    private readonly now: () => number,
  ) {}

  /** Returns the models without a request: the list that was fetched last, else the models of the gateway's configuration. */
  remembered(gateway: Gateway): readonly ModelDescription[] {
    const stored = this.memory.get<unknown>(memoryKey(gateway));
    if (typeof stored !== 'object' || stored === null) return gateway.models;
    let models = this.checked.get(stored);
    if (models === undefined) {
      const checked = v.safeParse(storedSchema, stored);
      models = checked.success ? checked.output : [];
      this.checked.set(stored, models);
    }
    return models.length > 0 ? models : gateway.models;
  }

  /** True if the gateway's list was fetched before. */
  hasList(gateway: Gateway): boolean {
    return this.memory.get(memoryKey(gateway)) !== undefined;
  }

  /** Finds a model in the remembered list; undefined if it is not listed. */
  find(gateway: Gateway, modelId: string): ModelDescription | undefined {
    return indexOf(this.remembered(gateway)).get(modelId);
  }

  /** Fetches the gateway's list. `again` fetches it even if the last one is fresh. Never rejects for a gateway's failure. */
  async fetch(gateway: Gateway, again = false): Promise<ModelListing> {
    const key = memoryKey(gateway);
    const known = this.fetched.get(key);
    if (known !== undefined && !again && this.now() - known.at < freshness) return await known.listing;
    const listing = this.client.listModels(gateway, this.timeouts());
    this.fetched.set(key, { at: this.now(), listing });
    const { models, failure } = await listing;
    if (failure === undefined) await this.memory.update(key, models);
    else this.fetched.delete(key);
    return await listing;
  }

  /** The display name of a model. */
  nameOf(gateway: Gateway, modelId: string): string {
    return modelName(modelId, this.describe(gateway, modelId).name);
  }

  /** What a model is for: chat if the user uses it for chat, otherwise the kind in its description. */
  kindOf(gateway: Gateway, modelId: string): ModelKind {
    const isForChat = isUsedForChat(this.memory, { gatewayId: gateway.id, modelId });
    return isForChat ? 'chat' : kindOf(this.describe(gateway, modelId));
  }

  /** Describes a model: by built-in facts, overridden by the gateway's list, overridden by the user's settings. */
  describe(gateway: Gateway, modelId: string): ModelDescription {
    return {
      ...modelFacts(modelId),
      ...this.find(gateway, modelId),
      ...indexOf(gateway.models).get(modelId),
      id: modelId,
    };
  }
}

function indexOf(models: readonly ModelDescription[]): ReadonlyMap<string, ModelDescription> {
  let index = indexes.get(models);
  if (index === undefined) {
    // Of several models with the same id, the first one counts.
    index = new Map(models.toReversed().map((model) => [model.id, model]));
    indexes.set(models, index);
  }
  return index;
}

function memoryKey(gateway: Gateway): string {
  return `models:${gateway.id}:${gateway.baseUrl}`;
}
