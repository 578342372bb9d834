import * as vscode from 'vscode';
import {
  checkCompletions,
  completionEntry,
  learnedCompletionForm,
} from '../../core/gatewayCheck/checkCompletions';
import type { CompletionTarget } from '../../core/completions/writeCompletionRequest';
import { kindOf } from '../../core/models/modelKind';
import type { Timeouts } from '../../core/models/route';
import type { CompletionClient, CompletionForm } from '../../core/ports/completionClient';
import type { UnsupportedParameterMemory } from '../../core/ports/unsupportedParameterMemory';
import type { Failure } from '../../shared/failure/failure';
import {
  formatModelReference,
  parseModelReference,
  type ModelReference,
} from '../../shared/conversation/modelReference';
import type { GatewayRegistry, KnownGateway } from '../gateways/gatewayRegistry';
import type { ModelCatalogue } from '../models/modelCatalogue';
import { userValue } from '../settings/userValue';

/** What `CompletionModel` needs. */
export interface CompletionModelPorts {
  readonly client: CompletionClient;
  readonly gateways: GatewayRegistry;
  readonly catalogue: ModelCatalogue;
  readonly unsupportedParameters: UnsupportedParameterMemory;
  readonly timeouts: () => Timeouts;
}

/** Why the model is not asked. */
type CompletionProblem =
  | { readonly kind: 'no-model' | 'unknown-gateway' | 'per-request' | 'other-kind' | 'cannot-complete' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The longest waits for a completion, in seconds. One that comes later is of no use. */
const mostPatience = { connect: 10, firstToken: 20, idle: 10 };

/** The model of the setting `parley.completions.model`, and the form of its requests. */
export class CompletionModel {
  /** The forms that were looked for in this window, by model. */
  private readonly searches = new Map<string, Promise<CompletionForm | CompletionProblem>>();
  private problem_: CompletionProblem | undefined;

  constructor(private readonly ports: CompletionModelPorts) {}

  /** Why the last call of `target` found no model. */
  get problem(): CompletionProblem | undefined {
    return this.problem_;
  }

  /** The model of the setting; undefined if no model is set. */
  get reference(): ModelReference | undefined {
    const value = userValue('completions.model');
    return typeof value === 'string' ? parseModelReference(value) : undefined;
  }

  /** The name of the model and, if it is known, of its gateway. */
  describe(): { readonly name: string; readonly gateway: string } | undefined {
    const { reference } = this;
    const gateway = reference && this.ports.gateways.find(reference.gatewayId);
    if (reference === undefined) return undefined;
    if (gateway === undefined) return { name: reference.modelId, gateway: reference.gatewayId };
    return { name: this.ports.catalogue.nameOf(gateway, reference.modelId), gateway: gateway.name };
  }

  /** The form of the model's requests as far as it is known. */
  get form(): CompletionForm | undefined {
    const { reference } = this;
    return reference && this.learnedForm(reference);
  }

  /**
   * The model to ask; undefined if no model may be asked: `problem` then says why. Finds out once how the model completes,
   * with one to five short requests. Never rejects.
   */
  async target(): Promise<CompletionTarget | undefined> {
    const { reference } = this;
    const found = reference === undefined ? ({ kind: 'no-model' } as const) : await this.targetOf(reference);
    const isTarget = 'form' in found;
    this.problem_ = isTarget ? undefined : found;
    return isTarget ? found : undefined;
  }

  /** What prevents that a model completes; undefined if nothing is known to prevent it. */
  obstacle({ gatewayId, modelId }: ModelReference): CompletionProblem | undefined {
    const gateway = this.ports.gateways.find(gatewayId);
    if (gateway === undefined) return { kind: 'unknown-gateway' };
    const model = this.ports.catalogue.describe(gateway, modelId);
    // A request for each pause in the typing would cost too much.
    if ((model.prices?.request ?? 0) > 0) return { kind: 'per-request' };
    const kind = kindOf(model);
    return kind === 'chat' || kind === 'completion' ? undefined : { kind: 'other-kind' };
  }

  /** Looks for the form again with the next request, because the known one has failed or the user has changed something. */
  forgetSearches(): void {
    this.searches.clear();
    this.problem_ = undefined;
  }

  private async targetOf(reference: ModelReference): Promise<CompletionTarget | CompletionProblem> {
    const { gateways, catalogue } = this.ports;
    const gateway = gateways.find(reference.gatewayId);
    const obstacle = this.obstacle(reference);
    if (gateway === undefined || obstacle !== undefined) return obstacle ?? { kind: 'unknown-gateway' };
    const form = this.learnedForm(reference) ?? (await this.search(gateway, reference));
    if (typeof form !== 'string') return form;
    const { modelId } = reference;
    const { contextWindow } = catalogue.describe(gateway, modelId);
    return { gateway, modelId, timeouts: this.timeouts(), form, contextWindow };
  }

  private learnedForm({ gatewayId, modelId }: ModelReference): CompletionForm | undefined {
    return learnedCompletionForm(this.ports.unsupportedParameters.unsupported(gatewayId, modelId));
  }

  private search(
    gateway: KnownGateway,
    reference: ModelReference,
  ): Promise<CompletionForm | CompletionProblem> {
    const key = formatModelReference(reference);
    const known = this.searches.get(key);
    if (known !== undefined) return known;
    const search = this.tryForms(gateway, reference.modelId);
    this.searches.set(key, search);
    return search;
  }

  private async tryForms(
    gateway: KnownGateway,
    modelId: string,
  ): Promise<CompletionForm | CompletionProblem> {
    const { client, unsupportedParameters } = this.ports;
    const { signal } = new AbortController();
    const timeouts = this.timeouts();
    const tried = await checkCompletions({ client, gateway, modelId, timeouts, known: undefined, signal });
    const works = tried.find(({ result }) => result === 'works')?.form;
    if (works !== undefined) {
      unsupportedParameters.remember(gateway.id, modelId, completionEntry(works));
      return works;
    }
    const last = tried.at(-1)?.result;
    return typeof last === 'object' ? { kind: 'failed', ...last } : { kind: 'cannot-complete' };
  }

  private timeouts(): Timeouts {
    const { connect, firstToken, idle } = this.ports.timeouts();
    return {
      connect: Math.min(connect, mostPatience.connect),
      firstToken: Math.min(firstToken, mostPatience.firstToken),
      idle: Math.min(idle, mostPatience.idle),
    };
  }
}

/** A sentence about a problem that is not a failure of the gateway. */
export function describeProblem(kind: Exclude<CompletionProblem['kind'], 'failed'>, name: string): string {
  switch (kind) {
    case 'no-model':
      return vscode.l10n.t('Select a model for completions.');
    case 'unknown-gateway':
      return vscode.l10n.t('The gateway of the model for completions is no longer in the settings.');
    case 'per-request':
      return vscode.l10n.t(
        '{0} is billed per request. Completions send many requests, so they never use such a model.',
        name,
      );
    case 'other-kind':
      return vscode.l10n.t('{0} does not complete text.', name);
    case 'cannot-complete':
      return vscode.l10n.t('{0} answers, but does not complete text. Select another model.', name);
  }
}
