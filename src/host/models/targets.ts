import * as vscode from 'vscode';
import { withChatParameters } from '../../core/models/withChatParameters';
import type { ModelKind } from '../../core/models/modelKind';
import { parametersFor } from '../../core/models/parametersFor';
import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import type { InstructionText, Target } from '../../core/prompt/target';
import { chooseContextWindow } from '../../core/prompt/chooseContextWindow';
import { generatedKinds } from '../../shared/answer/generation';
import type { Failure } from '../../shared/failure/failure';
import { factsOfReason } from '../../shared/failure/failureReason';
import type { ChatParameters } from '../../shared/conversation/chatParameters';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { ModelCatalogue } from './modelCatalogue';
import type { GatewayRegistry } from '../gateways/gatewayRegistry';
import type { ModelChoice } from './modelChoice';
import type { Settings } from '../settings/settings';

/** The instructions of the workspace's own files. */
interface WorkspaceInstructions {
  /** Resolves when the files have been read; never rejects. */
  readonly ready: () => Promise<void>;
  /** The instructions of a conversation; without an id, of the shown one. */
  readonly of: (conversationId: string | undefined) => readonly InstructionText[];
}

/** Builds the target of a prompt (route, model and instructions) from the model choice and the current settings. */
export class Targets {
  constructor(
    private readonly choice: ModelChoice,
    private readonly gateways: GatewayRegistry,
    private readonly catalogue: ModelCatalogue,
    private readonly settings: Settings,
    private readonly workspace: WorkspaceInstructions,
    private readonly learned: Pick<UnsupportedParameterMemory, 'contextWindow'>,
    /** The parameters of a conversation; without an id, of the shown one. */
    private readonly parametersOf: (conversationId: string | undefined) => ChatParameters,
  ) {}

  /**
   * The target of the next prompt. Without a model, the target's route is a failure, which the answer then shows.
   *
   * @param conversationId The conversation whose instructions apply; by default the shown one.
   */
  async current(conversationId?: string): Promise<Target> {
    const [{ chosen, failure }] = await Promise.all([this.choice.ensure(), this.workspace.ready()]);
    if (chosen !== undefined) return this.of(chosen, conversationId);
    const model = { gatewayId: failure?.gatewayId ?? '', modelId: '' };
    return this.failedTarget(
      model,
      vscode.l10n.t('No model'),
      failure ?? { kind: 'no-model', retryable: false },
    );
  }

  /** False if no model is chosen and no gateway is ready to choose one from. */
  async canAsk(): Promise<boolean> {
    return this.choice.current() !== undefined || (await this.gateways.ready()).length > 0;
  }

  /** The target for a given model. */
  of(model: ModelReference, conversationId?: string): Target {
    const gateway = this.gateways.find(model.gatewayId);
    const about = { gatewayId: model.gatewayId, modelId: model.modelId };
    if (gateway === undefined) {
      return this.failedTarget(model, model.modelId, { ...about, kind: 'unknown-gateway', retryable: false });
    }
    const modelName = this.catalogue.nameOf(gateway, model.modelId);
    const description = this.catalogue.describe(gateway, model.modelId);
    const { vision, prices } = description;
    const kind = this.catalogue.kindOf(gateway, model.modelId);
    const set = gateway.models.find(({ id }) => id === model.modelId);
    const listedEndpoint =
      this.catalogue.find(gateway, model.modelId)?.endpoint ??
      (kind === 'completion' ? 'completions' : undefined);
    const checked = parametersFor(this.settings.parameters(), model);
    if (!checked.ok) {
      const failure: Failure = {
        ...about,
        kind: 'invalid-parameter',
        retryable: false,
        gatewayName: gateway.name,
        ...factsOfReason(checked.problem),
      };
      return this.failedTarget(model, modelName, failure);
    }
    const parameters = withChatParameters(checked.parameters, this.parametersOf(conversationId));
    return {
      model,
      modelName,
      instructions: this.instructions(conversationId),
      ...chooseContextWindow({
        set: set?.contextWindow,
        learned: this.learned.contextWindow(model.gatewayId, model.modelId),
        listed: this.catalogue.find(gateway, model.modelId)?.contextWindow,
        likely: description.contextWindow,
      }),
      maxOutput: description.maxOutput ?? null,
      ...(prices !== undefined && {
        pricing: { prices, source: set?.prices === undefined ? 'listed' : 'settings' },
      }),
      ...(vision !== undefined && { takesPictures: vision }),
      ...this.generationOf(kind, conversationId),
      route: {
        gateway,
        parameters,
        timeouts: this.settings.timeouts(),
        ...(listedEndpoint !== undefined && { listedEndpoint }),
      },
    };
  }

  /** What a model that makes pictures, video or music is to make. */
  private generationOf(kind: ModelKind, conversationId: string | undefined): Pick<Target, 'generation'> {
    const generated = generatedKinds.find((one) => one === kind);
    if (generated === undefined) return {};
    return { generation: { kind: generated, settings: this.parametersOf(conversationId).generation ?? {} } };
  }

  /** The user's instructions, the workspace's, then the system text of the conversation. */
  private instructions(conversationId: string | undefined): readonly InstructionText[] {
    const { systemText } = this.parametersOf(conversationId);
    return [
      this.settingsText(),
      ...this.workspace.of(conversationId),
      ...(systemText === undefined
        ? []
        : [{ source: 'chat', id: '', name: '', text: systemText, truncated: false } as const]),
    ];
  }

  private settingsText(): InstructionText {
    return { source: 'settings', id: '', name: '', text: this.settings.instructions(), truncated: false };
  }

  private failedTarget(model: ModelReference, modelName: string, failure: Failure): Target {
    const instructions = [this.settingsText()];
    return { model, modelName, instructions, contextWindow: null, maxOutput: null, route: { failure } };
  }
}
