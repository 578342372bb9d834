import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { Gateway, ModelDescription } from '../core/gateway';
import { modelFacts } from '../core/modelFacts';
import type { ChatClient, ModelListing, Timeouts } from '../core/ports';
import { modelDescriptionSchema } from './modelDescriptionSchema';

/** A list younger than this, in milliseconds, is not fetched again. */
const freshness = 5 * 60_000;

const storedSchema = v.array(modelDescriptionSchema);

/**
 * The models of each gateway. What was fetched last is remembered across windows, so that the picker
 * is full at once; the gateway is asked again when the list is old.
 */
export class ModelCatalogue {
  private readonly fetched = new Map<
    string,
    { readonly at: number; readonly listing: Promise<ModelListing> }
  >();

  constructor(
    private readonly client: ChatClient,
    private readonly memory: vscode.Memento,
    private readonly timeouts: () => Timeouts,
    private readonly now: () => number,
  ) {}

  /** What is known without asking: the list fetched last, else the gateway's own. */
  remembered(gateway: Gateway): readonly ModelDescription[] {
    const stored = v.safeParse(storedSchema, this.memory.get(memoryKey(gateway)));
    return stored.success && stored.output.length > 0 ? stored.output : gateway.models;
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
    return this.describe(gateway, modelId).name ?? modelId;
  }

  /** What is known about a model: generally, by the gateway's list, and, which counts most, by the user's settings. */
  describe(gateway: Gateway, modelId: string): ModelDescription {
    const isIt = ({ id }: ModelDescription): boolean => id === modelId;
    return {
      ...modelFacts(modelId),
      ...this.remembered(gateway).find(isIt),
      ...gateway.models.find(isIt),
      id: modelId,
    };
  }
}

function memoryKey(gateway: Gateway): string {
  return `models:${gateway.id}:${gateway.baseUrl}`;
}
