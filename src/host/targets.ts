import * as vscode from 'vscode';
import { parametersFor } from '../core/parameters';
import type { Target } from '../core/target';
import type { Failure } from '../shared/failure';
import type { ModelReference } from '../shared/modelReference';
import type { ModelCatalogue } from './catalogue';
import type { GatewayRegistry } from './gatewayRegistry';
import type { ModelChoice } from './modelChoice';
import type { Settings } from './settings';

/** Decides where a question goes, from the model choice and the settings of the moment. */
export class Targets {
  constructor(
    private readonly choice: ModelChoice,
    private readonly gateways: GatewayRegistry,
    private readonly catalogue: ModelCatalogue,
    private readonly settings: Settings,
  ) {}

  /** The target of the next prompt. Never rejects for want of a model: the answer then says so. */
  async current(): Promise<Target> {
    const model = await this.choice.ensure();
    if (model !== undefined) return this.of(model);
    return this.failing({ gatewayId: '', modelId: '' }, vscode.l10n.t('No model'), {
      kind: 'no-model',
      retryable: false,
    });
  }

  /** The target for a certain model. */
  of(model: ModelReference): Target {
    const gateway = this.gateways.find(model.gatewayId);
    const about = { gatewayId: model.gatewayId, modelId: model.modelId };
    if (gateway === undefined) {
      return this.failing(model, model.modelId, { ...about, kind: 'unknown-gateway', retryable: false });
    }
    const modelName = this.catalogue.nameOf(gateway, model.modelId);
    const description = this.catalogue.describe(gateway, model.modelId);
    const checked = parametersFor(this.settings.parameters(), model);
    if (!checked.ok) {
      const failure: Failure = {
        ...about,
        kind: 'invalid-parameter',
        retryable: false,
        gatewayName: gateway.name,
        detail: checked.problem,
      };
      return this.failing(model, modelName, failure);
    }
    return {
      model,
      modelName,
      instructions: this.settings.instructions(),
      contextWindow: description.contextWindow ?? null,
      maxOutput: description.maxOutput ?? null,
      route: { gateway, parameters: checked.parameters, timeouts: this.settings.timeouts() },
    };
  }

  private failing(model: ModelReference, modelName: string, failure: Failure): Target {
    const instructions = this.settings.instructions();
    return { model, modelName, instructions, contextWindow: null, maxOutput: null, route: { failure } };
  }
}
