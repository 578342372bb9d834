import { answerMedia, answerReasoning, answerText } from '../../shared/answer/answerPart';
import { pathTo, type AssistantMessage } from '../../shared/conversation/conversation';
import type { Generation } from '../../shared/answer/generation';
import type { Ending } from '../../shared/answer/ending';
import { effortSentMark } from '../../shared/failure/nameOfUnsupportedParameter';
import { Emitter } from '../../shared/kit/emitter';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { Media } from '../../shared/answer/media';
import { AgentRun } from '../agent/agentRun';
import type { ConversationLog } from './conversationLog';
import { mediaInText } from '../text/mediaInText';
import type { PromptMessage } from '../ports/promptMessage';
import { detectPromptCut } from '../prompt/detectPromptCut';
import { sentParameters } from '../prompt/sentParameters';
import { planContinuation } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import { AnswerOpener, type AnswerOpenerPorts, type Question } from './answerOpener';
import { asTaken } from './generationRequest';
import { runTurn } from './runTurn';

/** What `AnswerRunner` needs. */
export interface AnswerPorts extends AnswerOpenerPorts {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Returns a new id for a message. */
  readonly newId: () => string;
}

/** Options of one answer. */
interface AnswerOptions {
  /** From this answer on, older messages are left out. See the event `context-shortened`. */
  readonly shortened?: { readonly from: string; readonly summary: string | null };
  /** What to make; by default what the target says. */
  readonly generation?: Generation | undefined;
}

/** The last answer of a run, and its target. */
interface AnswerEnd {
  readonly answer: AssistantMessage;
  readonly target: Target;
}

/** Runs the answers of one conversation: asks the model, reads the stream, and lets an `AgentRun` run the tools that it calls. */
export class AnswerRunner {
  /** Fires when the first answer begins or the last one ends. */
  readonly runningChanged: Emitter<boolean>;
  /** Fires before each request. */
  readonly asking: Emitter<void>;
  /** Fires with the last answer when a run has ended. */
  readonly ended: Emitter<AnswerEnd>;
  /** The active runs, by the ids of their answers. */
  private readonly runs = new Map<string, AgentRun>();
  private readonly turns = new Set<Promise<void>>();
  private readonly opener: AnswerOpener;

  constructor(
    private readonly conversationLog: ConversationLog,
    private readonly ports: AnswerPorts,
  ) {
    const onListenerFailed = (error: unknown): void => {
      ports.log.error(`A listener of the answers failed: ${String(error)}`);
    };
    this.runningChanged = new Emitter(onListenerFailed);
    this.asking = new Emitter(onListenerFailed);
    this.ended = new Emitter(onListenerFailed);
    this.opener = new AnswerOpener(conversationLog.conversation, ports);
  }

  /** True while an answer waits or streams, or while a tool waits for approval or runs. */
  get running(): boolean {
    return [...this.runs.values()].some(({ running }) => running);
  }

  /** Asks for an answer to the message `parent`, which becomes the selected version. */
  ask(parent: string, target: Target, options: AnswerOptions = {}): void {
    const answer = this.addAnswer(parent, target, { generation: options.generation });
    if (answer !== undefined) this.start(answer, target, options);
  }

  /** Asks several models for answers to the message `parent`, side by side. The first is the selected version. */
  askAll(parent: string, targets: readonly Target[]): void {
    const asked = targets.flatMap((target) => {
      const answer = this.addAnswer(parent, target);
      return answer === undefined ? [] : [{ answer, target }];
    });
    const [first] = asked;
    if (first === undefined) return;
    const at = this.ports.now();
    this.conversationLog.write([
      { kind: 'version-selected', id: first.answer.id, at },
      { kind: 'comparison-started', id: parent, answers: asked.map(({ answer }) => answer.id), at },
    ]);
    for (const { answer, target } of asked) this.start(answer, target, {});
  }

  /** Stops one answer and its run. */
  cancel(id: string): void {
    this.runs.get(id)?.stop();
  }

  private start(answer: AssistantMessage, target: Target, options: AnswerOptions): void {
    if (options.shortened !== undefined) {
      this.conversationLog.write([
        { kind: 'context-shortened', id: answer.id, ...options.shortened, at: this.ports.now() },
      ]);
    }
    this.run(answer, target, this.opener.questionFor(answer, target));
  }

  /** Adds an answer below `parent`, with events to write before it. */
  private addAnswer(
    parent: string,
    target: Target,
    given: {
      readonly before?: readonly ConversationEvent[];
      readonly generation?: Generation | undefined;
    } = {},
  ): AssistantMessage | undefined {
    const id = this.ports.newId();
    const { model, modelName } = target;
    const parameters = sentParameters(target);
    const { before = [], generation = target.generation } = given;
    const content = {
      role: 'assistant',
      model,
      modelName,
      ...(parameters !== undefined && { parameters }),
      ...(generation !== undefined &&
        this.ports.generation !== undefined && { generation: asTaken(generation, target) }),
    } as const;
    this.conversationLog.write([
      ...before,
      { kind: 'message-added', id, parent, at: this.ports.now(), content },
    ]);
    const message = this.conversationLog.conversation.messages.get(id);
    return message?.role === 'assistant' ? message : undefined;
  }

  /** Continues a truncated answer in the same message. */
  resume(answer: AssistantMessage, target: Target): void {
    const path = pathTo(this.conversationLog.conversation, answer.id);
    this.conversationLog.write([{ kind: 'answer-resumed', id: answer.id, at: this.ports.now() }]);
    this.run(answer, target, planContinuation(path, answer, target, this.ports.counter));
  }

  /** Waits again for the task of an answer. Sends nothing that is billed. */
  followTask(answer: AssistantMessage, target: Target): void {
    if (this.runs.has(answer.id)) return;
    const stream = this.opener.followTask(answer, target);
    if (stream === undefined) return;
    if (answer.ending !== null)
      this.conversationLog.write([{ kind: 'answer-resumed', id: answer.id, at: this.ports.now() }]);
    this.run(answer, target, { messages: [], stream });
  }

  /** Stops all answers and keeps their text. Resolves when all have ended. */
  async stop(): Promise<void> {
    for (const run of this.runs.values()) run.stop();
    await Promise.all(this.turns);
  }

  private run(answer: AssistantMessage, target: Target, question: Question): void {
    const wasRunning = this.running;
    const { tools, now, newId } = this.ports;
    const run = new AgentRun({
      tools,
      now,
      newId,
      write: (events) => {
        this.conversationLog.write(events);
      },
      ask: async (parent, before) => {
        const next = this.addAnswer(parent, target, { before });
        if (next !== undefined) await this.follow(run, next, target, this.opener.questionFor(next, target));
        return next;
      },
    });
    const first = this.follow(run, answer, target, question);
    if (!wasRunning) this.runningChanged.fire(true);
    const turn = this.finish(run, answer, target, first).finally(() => {
      this.turns.delete(turn);
    });
    this.turns.add(turn);
  }

  /** Waits for the end of a run and fires the events. */
  private async finish(
    run: AgentRun,
    answer: AssistantMessage,
    target: Target,
    first: Promise<void>,
  ): Promise<void> {
    let last = answer;
    try {
      await first;
      last = await run.goOn(answer);
    } catch (error) {
      this.ports.log.error(`A run failed unexpectedly: ${String(error)}`);
    }
    for (const [id, other] of this.runs) if (other === run) this.runs.delete(id);
    this.ended.fire({ answer: last, target });
    if (!this.running) this.runningChanged.fire(false);
  }

  /** Reads the stream of one answer of a run to its end. Never rejects. */
  private async follow(
    run: AgentRun,
    answer: AssistantMessage,
    target: Target,
    question: Question,
  ): Promise<void> {
    const { now, log } = this.ports;
    const { messages, record, stream: given } = question;
    this.asking.fire();
    if (record !== undefined && 'gateway' in target.route)
      this.conversationLog.write([{ kind: 'prompt-sent', id: answer.id, prompt: record, at: now() }]);
    this.runs.set(answer.id, run);
    const opening = this.opener.streamOf(question, target);
    const stream = opening instanceof Promise ? await opening : opening;
    const cancel = (): void => {
      stream.cancel();
    };
    if (run.signal.aborted) cancel();
    run.signal.addEventListener('abort', cancel);
    const write = (events: readonly ConversationEvent[]): void => {
      const end = events.at(-1);
      const before = end?.kind === 'answer-ended' ? run.beforeEnd(answer, end.ending) : [];
      this.conversationLog.write([...before, ...events], stream.isStored);
    };
    try {
      const turnAnswer = {
        id: answer.id,
        requestedModel: target.model.modelId,
        contextWindow: target.contextWindow,
        // The price per request is that of one picture.
        pricing: (answer.generation?.settings.count ?? 1) > 1 ? undefined : target.pricing,
        addVersion: () => this.addVersion(answer, target),
        mediaOf: (id: string) => this.mediaOf(id),
        estimateUsage: () => (given === undefined ? this.estimateUsage(answer, messages, target) : null),
        ...this.opener.keepMediaOf(answer),
      };
      await runTurn(stream, turnAnswer, write, now);
      if (given === undefined) this.compareCounts(answer, messages, target);
    } catch (error) {
      log.error(`An answer failed unexpectedly: ${String(error)}`);
      stream.cancel();
      const ending: Ending = { outcome: 'failed', failure: { kind: 'unexpected', retryable: true } };
      write([{ kind: 'answer-ended', id: answer.id, ending, usage: null, servedModel: null, at: now() }]);
    } finally {
      run.signal.removeEventListener('abort', cancel);
    }
  }

  /** Calibrates the token counter with the gateway's count, or records that the gateway read only a part of the prompt. */
  private compareCounts(
    answer: AssistantMessage,
    messages: readonly PromptMessage[],
    { model }: Target,
  ): void {
    const { counter } = this.ports;
    const { id, usage, adaptations } = answer;
    // An adapted request differs from the one that is counted here.
    const isAdapted = adaptations.some((part) => !part.startsWith(effortSentMark));
    if (usage?.promptTokens === undefined || usage.estimated === true || isAdapted) return;
    const cut = detectPromptCut(usage, counter.countPrompt(model, messages), counter.isCalibrated(model));
    if (cut === undefined) counter.observe(model, messages, usage.promptTokens);
    else this.conversationLog.write([{ kind: 'request-adapted', id, part: cut, at: this.ports.now() }]);
  }

  private mediaOf(id: string): readonly Media[] {
    const message = this.conversationLog.conversation.messages.get(id);
    if (message?.role !== 'assistant') return [];
    const known = new Set(answerMedia(message).map(({ url }) => url));
    return mediaInText(answerText(message)).filter(({ url }) => !known.has(url));
  }

  private estimateUsage(
    answer: AssistantMessage,
    messages: readonly PromptMessage[],
    { model }: Target,
  ): NonNullable<AssistantMessage['usage']> {
    const promptTokens = this.ports.counter.countPrompt(model, messages);
    const completionTokens = this.ports.counter.countText(
      model,
      answerReasoning(answer) + answerText(answer),
    );
    return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true };
  }

  /** Adds a version for another choice of the same request. The selected version does not change. */
  private addVersion(first: AssistantMessage, target: Target): string {
    const { parent } = first;
    if (parent === null) return first.id;
    const shown = this.conversationLog.conversation.messages.get(parent)?.selectedChild ?? first.id;
    const version = this.addAnswer(parent, target);
    this.conversationLog.write([{ kind: 'version-selected', id: shown, at: this.ports.now() }]);
    return version?.id ?? first.id;
  }
}
