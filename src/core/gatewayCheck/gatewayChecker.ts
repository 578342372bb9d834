import type { Failure, FailureKind } from '../../shared/failure/failure';
import { factsOfReason } from '../../shared/failure/failureReason';
import type { Translate } from '../../shared/kit/translate';
import { checkFeatures, findingOfFailure } from './checkFeatures';
import { askCheckQuestion, checkQuestions, type CheckAnswer, type CheckConnection } from './checkQuestion';
import { originOf, shownAddress, type Gateway } from '../models/gateway';
import type { Timeouts } from '../models/route';
import { checkNames, type CheckName, type Finding, type GatewayCheck } from './gatewayCheck';
import { chooseChatModel } from '../models/chooseChatModel';
import type { CheckedParameters } from '../models/parametersFor';
import type { ChatClient, ModelListing } from '../ports/chatClient';

/** What a `GatewayChecker` needs. */
interface GatewayCheckParts {
  readonly client: ChatClient;
  readonly gateway: Gateway;
  /** The model to ask; undefined: chosen from the gateway's list and `defaultModel`. */
  readonly modelId: string | undefined;
  readonly defaultModel: string | undefined;
  /** The user's parameters for a model, so that a check sends the same fields as a chat. */
  readonly parametersOf: (modelId: string) => CheckedParameters;
  readonly timeouts: Timeouts;
  /** False: sends no prompt, so that nothing costs money. Default: true. */
  readonly asksModel?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly t: Translate;
  /** Called before a step begins. */
  readonly onStep: (name: CheckName) => void;
}

/** The step to which a failure of the connection belongs. The steps before it passed. */
const stepOfFailure: Partial<Record<FailureKind, 'address' | 'name-resolution' | 'connection' | 'key'>> = {
  'invalid-url': 'address',
  'insecure-address': 'address',
  'name-not-resolved': 'name-resolution',
  'connection-refused': 'connection',
  'connection-reset': 'connection',
  'connection-failed': 'connection',
  'wrong-scheme': 'connection',
  'connect-timeout': 'connection',
  'certificate-rejected': 'connection',
  'proxy-authentication-required': 'connection',
  'missing-key': 'key',
  'invalid-key': 'key',
};

/** Failures that a gateway reports only after it has accepted the key. */
const keyWasAccepted: ReadonlySet<FailureKind> = new Set(['payment-required', 'forbidden', 'rate-limited']);

/** Failures that mean that the gateway has no list of models. Many gateways work without one. */
const listIsMissing: ReadonlySet<FailureKind> = new Set([
  'not-found',
  'no-such-endpoint',
  'not-an-api',
  'http-error',
]);

/**
 * Checks a gateway step by step: the address, the connection, the key, an answer, and optional features. Uses the same client
 * as a chat, so that it finds the same problems. An instance runs once; `run` never rejects.
 */
export class GatewayChecker {
  private readonly findings = new Map<CheckName, Finding>();
  private readonly stopping = new AbortController();

  constructor(private readonly given: GatewayCheckParts) {}

  /** Stops the check. `run` then resolves with the findings so far. */
  cancel(): void {
    this.stopping.abort();
  }

  /** Runs the check. */
  async run(): Promise<GatewayCheck> {
    const { gateway, now } = this.given;
    const startedAt = now();
    const modelId = this.checkAddress() ? await this.checkConnection() : undefined;
    return {
      gatewayName: gateway.name,
      baseUrl: shownAddress(gateway.baseUrl),
      modelId,
      startedAt,
      findings: checkNames.map((name) => this.findings.get(name) ?? this.notTried(name)),
      cancelled: this.isCancelled,
    };
  }

  private get isCancelled(): boolean {
    return this.stopping.signal.aborted;
  }

  private checkAddress(): boolean {
    const { gateway, t, onStep } = this.given;
    onStep('address');
    const baseUrl = shownAddress(gateway.baseUrl);
    if (originOf(baseUrl) === undefined) {
      const failure: Failure = {
        kind: 'invalid-url',
        retryable: false,
        gatewayName: gateway.name,
        url: baseUrl,
      };
      this.add(findingOfFailure('address', failure, t));
      return false;
    }
    this.pass('address', t('Parley calls {0}/models and {0}/chat/completions.', baseUrl));
    return true;
  }

  /** @returns The model that was asked; undefined when no model was asked. */
  private async checkConnection(): Promise<string | undefined> {
    const { client, gateway, timeouts, t, onStep, modelId, defaultModel } = this.given;
    onStep('connection');
    const { signal } = this.stopping;
    const stopped = new Promise<undefined>((resolve) => {
      const stop = (): void => {
        resolve(undefined);
      };
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    });
    const listing = await Promise.race([client.listModels(gateway, timeouts), stopped]);
    if (listing === undefined) return undefined;
    const { failure } = listing;
    const broken = failure && stepOfFailure[failure.kind];
    if (failure !== undefined && broken !== undefined) {
      if (broken === 'connection') this.passNameResolution();
      this.add(findingOfFailure(broken, failure, t));
      return undefined;
    }
    this.passConnection();
    const model = modelId ?? chooseChatModel(listing.models, defaultModel)?.id;
    if (model === undefined && failure !== undefined) {
      // Without a model no later step runs, so this failure is the only result.
      this.add(findingOfFailure(failure.kind === 'unauthorized' ? 'key' : 'models', failure, t));
      return undefined;
    }
    this.checkModels(listing);
    if (model === undefined) {
      this.add({
        name: 'answer',
        verdict: 'failed',
        found: t('No model is available.'),
        advice: t('Select a model with "Parley: Select Model", then check again.'),
      });
      return undefined;
    }
    if (this.given.asksModel !== false) await this.checkAnswer(model, failure === undefined);
    return model;
  }

  private checkModels({ models, failure }: ModelListing): void {
    const { t } = this.given;
    if (failure === undefined) this.pass('models', t('Number of models: {0}.', models.length));
    else if (failure.kind === 'unauthorized') return;
    else if (listIsMissing.has(failure.kind)) {
      this.add({
        ...findingOfFailure('models', failure, t),
        verdict: 'unsupported',
        found: t('The gateway has no list of models.'),
        advice: t(
          'Parley shows the models that it knows. Type the ID of another model, or add it to the setting parley.gateways.',
        ),
      });
    } else this.add(findingOfFailure('models', failure, t));
  }

  private async checkAnswer(modelId: string, isKeyAccepted: boolean): Promise<void> {
    const { client, gateway, timeouts, now, t, onStep } = this.given;
    onStep('answer');
    const checked = this.given.parametersOf(modelId);
    if (!checked.ok) {
      const facts = factsOfReason(checked.problem);
      const failure: Failure = { kind: 'invalid-parameter', retryable: false, ...facts };
      this.add(findingOfFailure('answer', failure, t));
      return;
    }
    // Without `n`: several answers to each question would cost more and reveal nothing.
    const parameters = Object.fromEntries(
      Object.entries(checked.parameters).filter(([name]) => name !== 'n'),
    );
    const route = { gateway, parameters, timeouts };
    const connection: CheckConnection = { client, route, modelId, now, signal: this.stopping.signal };
    const answer = await askCheckQuestion(connection, checkQuestions.answer);
    const { ending } = answer;
    if (ending.outcome === 'cancelled') return;
    if (ending.outcome === 'failed') {
      const { failure } = ending;
      if (failure.kind === 'unauthorized') this.add(findingOfFailure('key', failure, t));
      else {
        if (isKeyAccepted || keyWasAccepted.has(failure.kind)) this.passKey();
        this.add(findingOfFailure('answer', failure, t));
      }
      return;
    }
    this.passKey();
    if (answer.firstPieceAfter !== undefined) {
      this.pass('first-token', t('The first token came after {0} ms.', Math.round(answer.firstPieceAfter)));
    }
    // An output limit comes from the user's parameters and is not a problem of the gateway.
    const isLimited = ending.outcome === 'truncated' && ending.failure.kind === 'output-limit';
    if (ending.outcome === 'truncated' && !isLimited) this.add(findingOfFailure('answer', ending.failure, t));
    else {
      const { servedModel } = answer;
      const reason = ending.outcome === 'completed' ? ending.finishReason : 'length';
      const finish = reason ?? t('no finish reason');
      this.pass(
        'answer',
        servedModel === undefined || servedModel === modelId
          ? t('{0} sent a complete answer ({1}).', modelId, finish)
          : t(
              '{0} sent a complete answer ({1}). The gateway used the model {2}.',
              modelId,
              finish,
              servedModel,
            ),
      );
    }
    this.checkUsage(answer);
    for (const feature of checkFeatures) {
      if (this.isCancelled) return;
      onStep(feature.name);
      const featureAnswer = await askCheckQuestion(connection, feature.question);
      if (featureAnswer.ending.outcome === 'cancelled') return;
      this.add(feature.judge(featureAnswer, t));
    }
  }

  private checkUsage({ usage }: CheckAnswer): void {
    const { t } = this.given;
    if (usage === undefined || usage.estimated === true) {
      this.add({
        name: 'usage',
        verdict: 'unsupported',
        found: t('The gateway sent no token counts. Parley estimates them.'),
      });
    } else {
      const { promptTokens = '?', completionTokens = '?' } = usage;
      this.pass('usage', t('Prompt: {0} tokens. Answer: {1} tokens.', promptTokens, completionTokens));
    }
  }

  private passConnection(): void {
    const { gateway, t } = this.given;
    this.passNameResolution();
    this.pass(
      'connection',
      gateway.baseUrl.startsWith('https:')
        ? t('Connected with encryption.')
        : t('Connected without encryption.'),
    );
  }

  private passNameResolution(): void {
    const { gateway, t } = this.given;
    this.pass('name-resolution', t('Found the host of {0}.', shownAddress(gateway.baseUrl)));
  }

  private passKey(): void {
    const { gateway, t } = this.given;
    this.pass(
      'key',
      gateway.auth === 'none'
        ? t('This gateway needs no API key.')
        : t('The gateway accepted the stored key.'),
    );
  }

  private pass(name: CheckName, found: string): void {
    this.add({ name, verdict: 'passed', found });
  }

  private add(finding: Finding): void {
    this.findings.set(finding.name, finding);
  }

  private notTried(name: CheckName): Finding {
    const { t } = this.given;
    const isFine = this.given.asksModel === false && this.findings.get('connection')?.verdict === 'passed';
    const found = this.isCancelled
      ? t('The check was stopped.')
      : isFine
        ? t('Not selected.')
        : t('An earlier step failed.');
    return { name, verdict: 'not-tried', found };
  }
}
