import type { Failure, FailureKind } from '../../shared/failure/failure';
import { factsOfReason } from '../../shared/failure/failureReason';
import type { Translate } from '../../shared/kit/translate';
import { checkFeatures, findingOfFailure } from './checkFeatures';
import { checkQuestions, hearAnswer, type CheckAnswer, type CheckQuestion } from './checkQuestion';
import { originOf, shownAddress, type Gateway } from '../models/gateway';
import { checkNames, type CheckName, type Finding, type GatewayCheck } from './gatewayCheck';
import { chooseChatModel } from '../models/chooseChatModel';
import type { CheckedParameters } from '../models/parametersFor';
import type { AnswerStream } from '../ports/answerStream';
import type { ChatClient, ModelListing, Timeouts } from '../ports/chatClient';

/** What a check needs. */
export interface GatewayCheckParts {
  readonly client: ChatClient;
  readonly gateway: Gateway;
  /** The model to ask; without one the gateway's list and `defaultModel` decide. */
  readonly modelId: string | undefined;
  readonly defaultModel: string | undefined;
  /** What the user set for a model: a check asks as a chat would. */
  readonly parametersOf: (modelId: string) => CheckedParameters;
  readonly timeouts: Timeouts;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly t: Translate;
  /** Hears what is about to be looked at. */
  readonly onStep: (name: CheckName) => void;
}

/** The step at which a failure of the connection strikes; the steps before it went well. */
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

/** A gateway that answers so has looked at the key and taken it. */
const keyWasTaken: ReadonlySet<FailureKind> = new Set(['payment-required', 'forbidden', 'rate-limited']);

/** Many gateways have no list of models and are none the worse for it. */
const listIsMissing: ReadonlySet<FailureKind> = new Set([
  'not-found',
  'no-such-endpoint',
  'not-an-api',
  'http-error',
]);

/**
 * Looks at a gateway step by step, as a doctor would: what the address is, whether something is
 * there, whether it knows the key, whether it answers, and what it can do. Asks through the same
 * client as a chat, so that what is found is what a chat meets. Never rejects.
 */
export class GatewayChecker {
  private readonly findings = new Map<CheckName, Finding>();
  private readonly stopped: Promise<'stopped'>;
  private stop: (() => void) | undefined;
  private cancelled = false;
  private stream: AnswerStream | undefined;

  constructor(private readonly given: GatewayCheckParts) {
    this.stopped = new Promise((resolve) => {
      this.stop = () => {
        resolve('stopped');
      };
    });
  }

  /** Ends the check; what was found so far is its result. */
  cancel(): void {
    this.cancelled = true;
    this.stream?.cancel();
    this.stop?.();
  }

  /** Runs the check, once. */
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
      cancelled: this.cancelled,
    };
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
    this.pass('address', t('Called are {0}/models and {0}/chat/completions.', baseUrl));
    return true;
  }

  /** @returns the model that was asked. */
  private async checkConnection(): Promise<string | undefined> {
    const { client, gateway, timeouts, t, onStep, modelId, defaultModel } = this.given;
    onStep('connection');
    const listing = await Promise.race([client.listModels(gateway, timeouts), this.stopped]);
    if (listing === 'stopped') return undefined;
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
      // Nothing else will tell what is wrong.
      this.add(findingOfFailure(failure.kind === 'unauthorized' ? 'key' : 'models', failure, t));
      return undefined;
    }
    this.checkModels(listing);
    if (model === undefined) {
      this.add({
        name: 'answer',
        verdict: 'failed',
        found: t('No model is known that could be asked.'),
        advice: t('Choose a model with "Parley: Select Model", then check again.'),
      });
      return undefined;
    }
    await this.checkAnswer(model, failure === undefined);
    return model;
  }

  private checkModels({ models, failure }: ModelListing): void {
    const { t } = this.given;
    if (failure === undefined) this.pass('models', t('{0} models.', models.length));
    else if (failure.kind === 'unauthorized') return;
    else if (listIsMissing.has(failure.kind)) {
      this.add({
        ...findingOfFailure('models', failure, t),
        verdict: 'unsupported',
        found: t('The gateway gives no list of models.'),
        advice: t(
          'Parley shows the models that it knows; others can be typed, or named in the setting parley.gateways.',
        ),
      });
    } else this.add(findingOfFailure('models', failure, t));
  }

  private async checkAnswer(modelId: string, keyIsKnown: boolean): Promise<void> {
    const { t, onStep } = this.given;
    onStep('answer');
    const checked = this.given.parametersOf(modelId);
    if (!checked.ok) {
      const facts = factsOfReason(checked.problem);
      const failure: Failure = { kind: 'invalid-parameter', retryable: false, ...facts };
      this.add(findingOfFailure('answer', failure, t));
      return;
    }
    const { parameters } = checked;
    const answer = await this.ask(modelId, parameters, checkQuestions.answer);
    const { ending } = answer;
    if (ending.outcome === 'cancelled') return;
    if (ending.outcome === 'failed') {
      const { failure } = ending;
      if (failure.kind === 'unauthorized') this.add(findingOfFailure('key', failure, t));
      else {
        if (keyIsKnown || keyWasTaken.has(failure.kind)) this.passKey();
        this.add(findingOfFailure('answer', failure, t));
      }
      return;
    }
    this.passKey();
    if (answer.firstPieceAfter !== undefined) {
      this.pass(
        'first-token',
        t('{0} ms from the question to the first piece.', Math.round(answer.firstPieceAfter)),
      );
    }
    // A limit that the user's parameters set is no fault of the gateway.
    const isLimited = ending.outcome === 'truncated' && ending.failure.kind === 'output-limit';
    if (ending.outcome === 'truncated' && !isLimited) this.add(findingOfFailure('answer', ending.failure, t));
    else {
      const { servedModel } = answer;
      const reason = ending.outcome === 'completed' ? ending.finishReason : 'length';
      const finish = reason ?? t('no finish reason');
      this.pass(
        'answer',
        servedModel === undefined || servedModel === modelId
          ? t('{0} answered and ended properly ({1}).', modelId, finish)
          : t('{0} answered and ended properly ({1}). The model used was {2}.', modelId, finish, servedModel),
      );
    }
    this.checkUsage(answer);
    for (const feature of checkFeatures) {
      if (this.cancelled) return;
      onStep(feature.name);
      const heard = await this.ask(modelId, parameters, feature.question);
      if (heard.ending.outcome === 'cancelled') return;
      this.add(feature.judge(heard, t));
    }
  }

  private checkUsage({ usage }: CheckAnswer): void {
    const { t } = this.given;
    if (usage === undefined || usage.estimated === true) {
      this.add({
        name: 'usage',
        verdict: 'unsupported',
        found: t('The gateway sent no count of tokens; Parley estimates them.'),
      });
    } else {
      const { promptTokens = '?', completionTokens = '?' } = usage;
      this.pass(
        'usage',
        t('{0} tokens for the question, {1} for the answer.', promptTokens, completionTokens),
      );
    }
  }

  private async ask(
    modelId: string,
    parameters: Readonly<Record<string, unknown>>,
    question: CheckQuestion,
  ): Promise<CheckAnswer> {
    const { client, gateway, timeouts, now } = this.given;
    const { tools } = question;
    // Several answers to each question would cost more and tell nothing more.
    const usual = Object.entries(parameters).filter(([name]) => name !== 'n');
    this.stream = client.ask({
      gateway,
      modelId,
      messages: question.messages,
      parameters: { ...Object.fromEntries(usual), ...question.parameters },
      timeouts,
      ...(tools !== undefined && { tools }),
    });
    if (this.cancelled) this.stream.cancel();
    return await hearAnswer(this.stream, now);
  }

  private passConnection(): void {
    const { gateway, t } = this.given;
    this.passNameResolution();
    this.pass(
      'connection',
      gateway.baseUrl.startsWith('https:')
        ? t('Connected, with encryption.')
        : t('Connected, without encryption.'),
    );
  }

  private passNameResolution(): void {
    const { gateway, t } = this.given;
    this.pass('name-resolution', t('The host of {0} was found.', shownAddress(gateway.baseUrl)));
  }

  private passKey(): void {
    const { gateway, t } = this.given;
    this.pass(
      'key',
      gateway.auth === 'none' ? t('This gateway is asked without a key.') : t('Stored and accepted.'),
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
    const found = this.cancelled ? t('The check was stopped.') : t('An earlier step failed.');
    return { name, verdict: 'not-tried', found };
  }
}
