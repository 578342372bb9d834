import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { wantsReasoning } from '../../core/models/chooseChatModel';
import { withCost } from '../../core/models/withCost';
import type { ChatRequest } from '../../core/ports/chatClient';
import type { Log } from '../../core/ports/log';
import type { Target } from '../../core/prompt/target';
import { AnswerMemory } from '../../core/provider/answerMemory';
import { answerGiven } from '../../core/provider/answerGiven';
import { composeGivenPrompt } from '../../core/provider/composeGivenPrompt';
import { offeredModel, type OfferedModel } from '../../core/provider/offeredModel';
import type { HttpChatClient } from '../../gateway/httpChatClient';
import { parseModelReference, type ModelReference } from '../../shared/conversation/modelReference';
import type { GatewayRegistry } from '../gateways/gatewayRegistry';
import type { Memory } from '../memory/storedValue';
import { EndpointMemory } from '../models/endpointMemory';
import type { ModelCatalogue } from '../models/modelCatalogue';
import type { ModelChoice } from '../models/modelChoice';
import { ModelOffer } from '../models/modelOffer';
import { StoredMarks } from '../models/storedMarks';
import { Targets } from '../models/targets';
import type { UnsupportedParameters } from '../models/unsupportedParameters';
import type { Settings } from '../settings/settings';
import { describeOutcome } from './describeOutcome';
import { ExtensionAccess } from './extensionAccess';
import { NativeChatSetup } from './nativeChatSetup';
import { ProgressSink, type ReportPart } from './progressSink';
import { readMessages } from './readMessages';
import { readOptions } from './readOptions';
import { isThinkingPart } from './newThinkingPart';

/** What `NativeChat` needs. */
interface NativeChatPorts {
  readonly client: Pick<HttpChatClient, 'ask'>;
  readonly gateways: GatewayRegistry;
  readonly catalogue: ModelCatalogue;
  readonly choice: ModelChoice;
  readonly settings: Settings;
  readonly unsupportedParameters: UnsupportedParameters;
  /** Keeps favorites and hidden models. */
  readonly globalState: Memory;
  readonly log: Log;
  /** Replaces the list of models that VS Code gets. */
  readonly offer: (models: readonly OfferedModel[]) => Promise<void>;
  /** Lets the user add a gateway. Resolves to true if a gateway is ready for prompts. */
  readonly addGateway: () => Promise<boolean>;
}

/** Parley's models in VS Code's own chat, and for other extensions. */
export class NativeChat {
  private readonly access: ExtensionAccess;
  private readonly answers = new AnswerMemory();

  constructor(private readonly ports: NativeChatPorts) {
    this.access = new ExtensionAccess(ports.log);
  }

  /** Offers VS Code the models that are known now. Sends no request. */
  async updateOffer(): Promise<readonly OfferedModel[]> {
    const { catalogue, unsupportedParameters, gateways } = this.ports;
    const offer = await this.readOffer();
    const targets = this.targets();
    const models = offer.list.find('', false, true).models.flatMap(({ reference, name, model }) => {
      const gateway = gateways.find(reference.gatewayId);
      if (gateway === undefined) return [];
      const facts = {
        reference,
        name,
        model: { ...model, ...catalogue.describe(gateway, reference.modelId) },
        gateway,
        contextWindow: targets.of(reference).contextWindow,
        learned: unsupportedParameters.unsupported(reference.gatewayId, reference.modelId),
      };
      return [offeredModel(facts, vscode.l10n.t, vscode.env.language)];
    });
    await this.ports.offer(models);
    return models;
  }

  /** Reads the lists of all gateways again. Asks the user to add a gateway if none is configured. */
  async addModels(): Promise<void> {
    const ready = await this.ports.gateways.ready();
    if (ready.length === 0 && !(await this.ports.addGateway())) return;
    await (await this.readOffer()).refresh(() => undefined);
    await this.updateOffer();
  }

  /** Explains and does what VS Code's own chat needs for Parley's models. */
  async setUp(): Promise<void> {
    const { gateways, choice, addGateway } = this.ports;
    const setup = new NativeChatSetup({
      isReady: async () => (await gateways.ready()).length > 0 || (await addGateway()),
      models: () => this.updateOffer(),
      current: () => choice.current(),
    });
    await setup.start();
  }

  /** Lets the user decide which other extensions may use the models. */
  async manageAccess(): Promise<void> {
    await this.access.manage();
  }

  /**
   * Answers a request. Rejects with a sentence for the user if there is no whole answer.
   *
   * @param modelId The id of an `OfferedModel`.
   */
  async answer(
    modelId: string,
    messages: readonly vscode.LanguageModelChatRequestMessage[],
    options: vscode.ProvideLanguageModelChatResponseOptions,
    progress: vscode.Progress<ReportPart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const reference = parseModelReference(modelId) ?? { gatewayId: '', modelId };
    const { requester, effort, parameters, tools } = readOptions(options);
    const target = this.targets(effort).of(reference);
    const refusal = await this.access.refusal(requester, target.modelName);
    if (refusal !== undefined) throw withoutStack(vscode.LanguageModelError.NoPermissions(refusal));
    if (token.isCancellationRequested) return;
    if ('failure' in target.route)
      throw withoutStack(new Error(describeOutcome({ kind: 'failed', failure: target.route.failure })));
    const stopping = new AbortController();
    const stop = token.onCancellationRequested(() => {
      stopping.abort();
    });
    const sink = new ProgressSink(progress, (usage) => {
      const { cost, ...counts } = withCost(usage, target.pricing);
      const price = cost === undefined ? '' : `, ${cost.amount} ${cost.currency}`;
      this.ports.log.info(`Answered ${String(requester)} with ${modelId}: ${JSON.stringify(counts)}${price}`);
    });
    try {
      const request: ChatRequest = {
        ...target.route,
        parameters: { ...withoutChoices(target.route.parameters), ...parameters },
        modelId: reference.modelId,
        messages: composeGivenPrompt(readMessages(messages, isThinkingPart), {
          model: modelId,
          takesPictures: this.takesPictures(target, reference),
          wantsReasoning: wantsReasoning(reference.modelId),
          memory: this.answers,
        }),
        ...(target.maxOutput !== null && { maxOutput: target.maxOutput }),
        ...(tools.length > 0 && { tools }),
      };
      const outcome = await answerGiven(this.ports.client, {
        request,
        model: modelId,
        wantsReasoning: wantsReasoning(reference.modelId),
        maySendAgain: (target.pricing?.prices.request ?? 0) === 0,
        memory: this.answers,
        newId: randomUUID,
        sink,
        signal: stopping.signal,
      });
      sink.end();
      if (outcome.kind === 'cut') sink.note(describeOutcome(outcome));
      else if (outcome.kind === 'failed' || outcome.kind === 'unusable-calls')
        throw withoutStack(new Error(describeOutcome(outcome)));
    } finally {
      stop.dispose();
      // The gateway may have refused tools, or told its context window.
      this.updateOffer().catch((error: unknown) => {
        this.ports.log.warn(`The list of models for VS Code's chat couldn't be updated: ${String(error)}`);
      });
    }
  }

  private takesPictures({ takesPictures }: Target, { gatewayId, modelId }: ModelReference): boolean {
    const refused = this.ports.unsupportedParameters.unsupported(gatewayId, modelId);
    return takesPictures !== false && !refused.has('array content');
  }

  private async readOffer(): Promise<ModelOffer> {
    const { catalogue, choice, globalState, log, gateways } = this.ports;
    const marks = new StoredMarks(globalState, log);
    const endpoints = new EndpointMemory(globalState, log);
    return new ModelOffer({ catalogue, choice, marks, endpoints }, await gateways.ready());
  }

  /** VS Code writes the instructions itself, so these targets have none of Parley's chats. */
  private targets(effort?: string): Targets {
    const { choice, gateways, catalogue, settings, unsupportedParameters } = this.ports;
    const workspace = { ready: () => Promise.resolve(), of: () => [] };
    return new Targets(choice, gateways, catalogue, settings, workspace, unsupportedParameters, () =>
      effort === undefined ? {} : { effort },
    );
  }
}

/** Fields of the settings that ask for something that VS Code can't show. */
const unshown: ReadonlySet<string> = new Set(['n', 'logprobs', 'top_logprobs']);

function withoutChoices(parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !unshown.has(name)));
}

/** VS Code shows the stack of an error to the user, if it has one. */
function withoutStack(error: Error): Error {
  error.stack = '';
  return error;
}
