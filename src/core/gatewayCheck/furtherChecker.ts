import type { Failure } from '../../shared/failure/failure';
import type { Translate } from '../../shared/kit/translate';
import { effortEntry } from '../models/effortForms';
import type { Gateway, ModelDescription } from '../models/gateway';
import { kindOf, type ModelKind } from '../models/modelKind';
import type { Route, Timeouts } from '../models/route';
import type { BalanceCheck } from '../ports/balanceCheck';
import type { ChatClient } from '../ports/chatClient';
import type { CompletionClient } from '../ports/completionClient';
import type { Embedder } from '../ports/embedder';
import type { EndpointProber, ProbedEndpoint, ProbeReply } from '../ports/endpointProber';
import type { GenerationClient } from '../ports/generationClient';
import type { UnsupportedParameterMemory } from '../ports/unsupportedParameterMemory';
import { checkCompletions, completionEntry, learnedCompletionForm } from './checkCompletions';
import { checkEffort } from './checkEffort';
import { endpointNames, endpointProbes, judgeEndpoint, unknownEndpoints } from './endpointProbes';
import { findingOfWork, type WorkOutcome } from './findingOfWork';
import {
  workNames,
  type EndpointFinding,
  type FurtherCheck,
  type WorkFinding,
  type WorkName,
} from './gatewayCheck';

/** Lets a model speak. Of the reply, only a failure counts here. */
interface Speaker {
  speak(request: {
    readonly gateway: Gateway;
    readonly modelId: string;
    readonly text: string;
    readonly format: 'mp3';
    readonly connect: number;
  }): Promise<{ readonly kind: string; readonly failure?: Failure }>;
}

/** Asks for a balance, which is free. */
interface BalanceChecker {
  checkBalance(gateway: Gateway, timeouts: Timeouts): Promise<Pick<BalanceCheck, 'kind'>>;
}

/** What a `FurtherChecker` needs. */
interface FurtherCheckParts {
  readonly client: ChatClient &
    CompletionClient &
    Embedder &
    EndpointProber &
    GenerationClient &
    Speaker &
    BalanceChecker;
  readonly route: Route;
  /** The chat model that is checked; undefined if the gateway has no chat model. */
  readonly modelId: string | undefined;
  /** All models of the gateway. */
  readonly models: readonly ModelDescription[];
  readonly memory: UnsupportedParameterMemory;
  readonly checksEndpoints: boolean;
  /** What the user chose to try. Each costs money and is tried once. */
  readonly work: ReadonlySet<WorkName>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly t: Translate;
  readonly signal: AbortSignal;
  /** Called before each step. */
  readonly onStep: (name: WorkName | 'endpoints') => void;
}

/** The kind of model that does a kind of work. */
const kindsOfWork: Readonly<Partial<Record<WorkName, ModelKind>>> = {
  embeddings: 'embedding',
  speech: 'speech',
  picture: 'image',
};

/** The model that a gateway offers for a kind of work: its first one. Undefined if it has none. */
export function modelForWork(
  name: WorkName,
  models: readonly ModelDescription[],
  chatModelId: string | undefined,
): string | undefined {
  const kind = kindsOfWork[name];
  if (kind !== undefined) return models.find((model) => kindOf(model) === kind)?.id;
  if (name === 'effort') return chatModelId;
  return models.find((model) => kindOf(model) === 'completion')?.id ?? chatModelId;
}

/** Checks the endpoints of a gateway, and the kinds of work that the user chose. `run` never rejects. */
export class FurtherChecker {
  constructor(private readonly given: FurtherCheckParts) {}

  async run(): Promise<FurtherCheck> {
    const { checksEndpoints, work, signal, onStep } = this.given;
    let endpoints: readonly EndpointFinding[] = [];
    if (checksEndpoints && !signal.aborted) {
      onStep('endpoints');
      endpoints = await this.checkEndpoints();
    }
    const findings: WorkFinding[] = [];
    for (const name of workNames) {
      if (!work.has(name)) continue;
      if (this.isStopped()) break;
      onStep(name);
      const finding = await this.tryWork(name);
      if (finding !== undefined) findings.push(finding);
    }
    return { endpoints, work: findings };
  }

  /** Asked again after each wait, so it is no property. */
  private isStopped(): boolean {
    return this.given.signal.aborted;
  }

  private async checkEndpoints(): Promise<readonly EndpointFinding[]> {
    const { client, route } = this.given;
    const unknown = new Map<string, ProbeReply>();
    const placeOf = ({ method, at }: ProbedEndpoint): string => `${method} ${at}`;
    for (const endpoint of unknownEndpoints) {
      if (this.isStopped()) return [];
      unknown.set(placeOf(endpoint), await client.probe(route.gateway, endpoint, route.timeouts));
    }
    const findings: EndpointFinding[] = [];
    for (const name of endpointNames) {
      if (this.isStopped()) break;
      const endpoint = endpointProbes[name];
      const reply = await client.probe(route.gateway, endpoint, route.timeouts);
      const other = unknown.get(placeOf(endpoint));
      const state = other === undefined ? 'unclear' : judgeEndpoint(reply, other);
      findings.push({ name, state, status: reply.kind === 'reply' ? reply.status : undefined });
    }
    if (!this.isStopped()) {
      const { kind } = await client.checkBalance(route.gateway, route.timeouts);
      const state = kind === 'no-route' ? 'missing' : kind === 'failed' ? 'unclear' : 'exists';
      findings.push({ name: 'balance', state, status: undefined });
    }
    return findings;
  }

  /** @returns Undefined if the check was stopped. */
  private async tryWork(name: WorkName): Promise<WorkFinding | undefined> {
    const { models, modelId: chatModel, t } = this.given;
    const modelId = modelForWork(name, models, chatModel);
    if (modelId === undefined) return findingOfWork(name, modelId, { kind: 'no-model' }, t);
    const outcome = await this.outcomeOf(name, modelId);
    return outcome === undefined ? undefined : findingOfWork(name, modelId, outcome, t);
  }

  private async outcomeOf(name: WorkName, modelId: string): Promise<WorkOutcome | undefined> {
    switch (name) {
      case 'effort':
        return await this.tryEffort(modelId);
      case 'completions':
        return await this.tryCompletions(modelId);
      case 'embeddings':
        return await this.tryEmbeddings(modelId);
      case 'speech':
        return await this.trySpeech(modelId);
      case 'picture':
        return await this.tryPicture(modelId);
    }
  }

  private async tryEffort(modelId: string): Promise<WorkOutcome | undefined> {
    const { client, route, memory, now, signal } = this.given;
    const result = await checkEffort({ client, route, modelId, now, signal });
    if (result.kind === 'cancelled') return undefined;
    if (result.kind === 'checked' && result.works !== undefined)
      memory.remember(route.gateway.id, modelId, effortEntry(result.works));
    return { kind: 'effort', result };
  }

  private async tryCompletions(modelId: string): Promise<WorkOutcome | undefined> {
    const { client, route, memory, signal } = this.given;
    const { gateway, timeouts } = route;
    const known = learnedCompletionForm(memory.unsupported(gateway.id, modelId));
    const tried = await checkCompletions({ client, gateway, modelId, timeouts, known, signal });
    if (this.isStopped()) return undefined;
    const works = tried.find(({ result }) => result === 'works')?.form;
    if (works !== undefined) memory.remember(gateway.id, modelId, completionEntry(works));
    return { kind: 'completions', tried };
  }

  private async tryEmbeddings(modelId: string): Promise<WorkOutcome | undefined> {
    const { client, route, signal } = this.given;
    const { gateway, timeouts } = route;
    const reply = await client.embed({ gateway, modelId, texts: ['marigold'], timeouts, signal });
    if (reply.kind === 'cancelled') return undefined;
    return reply.kind === 'failed' ? reply : { kind: 'vector', width: reply.vectors[0]?.length ?? 0 };
  }

  private async trySpeech(modelId: string): Promise<WorkOutcome | undefined> {
    const { client, route } = this.given;
    const { gateway, timeouts } = route;
    const request = { gateway, modelId, text: 'Yes.', format: 'mp3', connect: timeouts.connect } as const;
    const { failure } = await client.speak(request);
    return failure === undefined ? { kind: 'done' } : { kind: 'failed', failure };
  }

  private async tryPicture(modelId: string): Promise<WorkOutcome | undefined> {
    const { client, route, signal } = this.given;
    const generation = { kind: 'image', settings: {} } as const;
    const prompt = 'A yellow circle on a white ground.';
    const stream = client.generate({ ...route, modelId, generation, prompt, pictures: [] });
    const cancel = (): void => {
      stream.cancel();
    };
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    let outcome: WorkOutcome | undefined;
    try {
      for await (const batch of stream) {
        for (const part of batch) {
          if (part.kind === 'ended' && part.ending.outcome === 'failed')
            outcome = { kind: 'failed', failure: part.ending.failure };
          if (part.kind === 'ended' && part.ending.outcome === 'completed') outcome = { kind: 'done' };
        }
      }
    } finally {
      signal.removeEventListener('abort', cancel);
    }
    return outcome;
  }
}
