import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Gateway, ModelDescription } from '../../core/models/gateway';
import { modelFacts } from '../../core/models/modelFacts';
import { modelName } from '../../core/models/modelName';
import type { ChatClient, ModelListing, Timeouts } from '../../core/ports/chatClient';
import { modelDescriptionSchema } from '../settings/modelDescriptionSchema';

/** A list younger than this, in milliseconds, is not fetched again. */
const freshness = 5 * 60_000;

const storedSchema = v.array(modelDescriptionSchema);

/** A list by the ids of its models, made when it is first looked into. The panel asks with each refresh, of lists of thousands. */
const indexes = new WeakMap<readonly ModelDescription[], ReadonlyMap<string, ModelDescription>>();

/**
 * The models of each gateway. What was fetched last is remembered across windows, so that the picker
 * is full at once; the gateway is asked again when the list is old.
 */
export class ModelCatalogue {
  private readonly fetched = new Map<
    string,
    { readonly at: number; readonly listing: Promise<ModelListing> }
  >();
  /** What the memory's values turned out to be: a list of thousands takes milliseconds to check. */
  private readonly checked = new WeakMap<object, readonly ModelDescription[]>();

  constructor(
    private readonly client: ChatClient,
    private readonly memory: vscode.Memento,
    private readonly timeouts: () => Timeouts,
    private readonly now: () => number,
  ) {}

  /** What is known without asking: the list fetched last, else the gateway's own. */
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

  /** What the remembered list says of a model; undefined when it does not name it. */
  find(gateway: Gateway, modelId: string): ModelDescription | undefined {
    return indexOf(this.remembered(gateway)).get(modelId);
  }

  /** The gateway's list; `again` asks even when the last answer is fresh. Never rejects. */
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

  /** A model's name for people. */
  nameOf(gateway: Gateway, modelId: string): string {
    return modelName(modelId, this.describe(gateway, modelId).name);
  }

  /** What is known about a model: generally, by the gateway's list, and, which counts most, by the user's settings. */
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
    // Of models with the same id the first counts.
    index = new Map(models.toReversed().map((model) => [model.id, model]));
    indexes.set(models, index);
  }
  return index;
}

function memoryKey(gateway: Gateway): string {
  return `models:${gateway.id}:${gateway.baseUrl}`;
}
