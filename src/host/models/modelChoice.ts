import * as v from 'valibot';
import type * as vscode from 'vscode';
import { chooseChatModel } from '../../core/models/chooseChatModel';
import type { Failure } from '../../shared/failure/failure';
import type { Message } from '../../shared/conversation/conversation';
import { Emitter } from '../../shared/kit/emitter';
import {
  isSameModel,
  parseModelReference,
  type ModelReference,
} from '../../shared/conversation/modelReference';
import { chosenModelKey, chosenModels, readModelReference } from './chosenModels';
import type { ModelCatalogue } from './modelCatalogue';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { Settings } from '../settings/settings';
import type { Log } from '../../core/ports/log';

const referenceSchema = v.object({ gatewayId: v.string(), modelId: v.string() });
const recentLimit = 8;

/** Memory keys. */
const previousKey = 'previousModel';
const recentKey = 'recentModels';

/** The model that the next prompt goes to. */
export class ModelChoice {
  /** Fires when another model is chosen. */
  readonly changed: Emitter<void>;

  constructor(
    private readonly workspace: vscode.Memento,
    private readonly everywhere: vscode.Memento,
    private readonly settings: Settings,
    private readonly gateways: GatewayRegistry,
    private readonly catalogue: ModelCatalogue,
    log: Log,
  ) {
    this.changed = new Emitter((error) => {
      log.error(`A listener of the model choice failed: ${String(error)}`);
    });
  }

  /**
   * The workspace's choice, else the setting `parley.defaultModel`, else the last choice in any workspace. Ignores models whose
   * gateway is no longer configured.
   */
  current(): ModelReference | undefined {
    const memories = { workspaceState: this.workspace, globalState: this.everywhere };
    return chosenModels(memories, this.settings.defaultModel()).find(
      ({ gatewayId }) => this.gateways.find(gatewayId) !== undefined,
    );
  }

  /** The model that was chosen before the current one. */
  previous(): ModelReference | undefined {
    return readModelReference(this.workspace.get(previousKey));
  }

  /** The recently chosen models of all workspaces, newest first; at most eight. */
  recent(): readonly ModelReference[] {
    const stored = v.safeParse(v.array(referenceSchema), this.everywhere.get(recentKey));
    return stored.success ? stored.output : [];
  }

  /** The recent models, with the current one and the one of the setting `parley.defaultModel`. May contain a model twice. */
  recentOrDefault(): readonly ModelReference[] {
    const current = this.current();
    const recent = this.recent();
    const isKnown = current === undefined || recent.some((model) => isSameModel(model, current));
    const byDefault = parseModelReference(this.settings.defaultModel());
    return [...(isKnown ? [] : [current]), ...recent, ...(byDefault === undefined ? [] : [byDefault])];
  }

  /** Chooses the model for the next prompt. */
  async select(model: ModelReference): Promise<void> {
    const before = this.current();
    if (before !== undefined && !isSameModel(before, model)) await this.workspace.update(previousKey, before);
    const recent = [model, ...this.recent().filter((other) => !isSameModel(other, model))].slice(
      0,
      recentLimit,
    );
    await Promise.all([
      this.workspace.update(chosenModelKey, model),
      this.everywhere.update(chosenModelKey, model),
      this.everywhere.update(recentKey, recent),
    ]);
    this.changed.fire();
  }

  /** Forgets all choices of a gateway's models, because the gateway was removed. */
  async leave(gatewayId: string): Promise<void> {
    const isLeft = (model: ModelReference | undefined): boolean => model?.gatewayId === gatewayId;
    const updates = [
      this.everywhere.update(
        recentKey,
        this.recent().filter((model) => !isLeft(model)),
      ),
    ];
    for (const memory of [this.workspace, this.everywhere])
      for (const key of [chosenModelKey, previousKey])
        if (isLeft(readModelReference(memory.get(key)))) updates.push(memory.update(key, undefined));
    await Promise.all(updates);
    this.changed.fire();
  }

  /** Chooses the model of an answer, if its gateway is still configured. Ignores other messages. */
  async goOnWith(message: Message | undefined): Promise<void> {
    if (message?.role !== 'assistant') return;
    const { model } = message;
    if (this.gateways.find(model.gatewayId) === undefined || isSameModel(model, this.current())) return;
    await this.select(model);
  }

  /**
   * Chooses a chat model of a gateway that has just become ready. Asks the gateway for its list.
   *
   * @param again Asks even if the last list is fresh.
   * @returns The chosen model. If the list could not be fetched, the failure; if it has no chat model, neither.
   */
  async selectDefaultOf(
    gateway: KnownGateway,
    again = false,
  ): Promise<{ readonly chosen?: ModelReference; readonly failure?: Failure }> {
    const { models, failure } = await this.catalogue.fetch(gateway, again);
    const model = chooseChatModel(models, gateway.preset?.defaultModel ?? undefined);
    if (model === undefined) return failure === undefined ? {} : { failure };
    const chosen = { gatewayId: gateway.id, modelId: model.id };
    await this.select(chosen);
    return { chosen };
  }

  /** Returns the current model. If there is none, chooses the default model of the first ready gateway; see `selectDefaultOf`. */
  async ensure(): Promise<{ readonly chosen?: ModelReference; readonly failure?: Failure }> {
    const current = this.current();
    if (current !== undefined) return { chosen: current };
    const [gateway] = await this.gateways.ready();
    return gateway === undefined ? {} : await this.selectDefaultOf(gateway);
  }
}
