import { answerMedia, answerReasoning, answerText, answerToolCalls } from '../../shared/answer/answerPart';
import { pathTo, type AssistantMessage } from '../../shared/conversation/conversation';
import type { Ending } from '../../shared/answer/ending';
import { Emitter } from '../../shared/kit/emitter';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { Media } from '../../shared/answer/media';
import type { ToolCall } from '../../shared/answer/toolCall';
import type { ConversationLog } from './conversationLog';
import { mediaInText } from '../text/mediaInText';
import type { AnswerStream } from '../ports/answerStream';
import type { ChatClient } from '../ports/chatClient';
import type { Log } from '../ports/log';
import type { PromptMessage } from '../ports/promptMessage';
import type { ToolRunner } from '../ports/toolRunner';
import { buildContinuationPrompt } from '../prompt/buildPrompt';
import { promptCut } from '../prompt/promptCut';
import { planPrompt, styleOf } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import type { TokenCounter } from '../prompt/tokenCounter';
import { failedStream, runTurn } from './runTurn';

/** A model that calls tools again and again is stopped after this many rounds. */
const mostToolRounds = 10;

/** What running answers needs from the floors beside it. */
export interface AnswerPorts {
  readonly client: ChatClient;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A fresh id for a message. */
  readonly newId: () => string;
  readonly counter: TokenCounter;
  /** Tools that models may call; absent when there are none. */
  readonly tools?: ToolRunner;
}

/** What an answer is asked with beside its path. */
interface AnswerOptions {
  /** Older messages are left out from now on: see the event `context-shortened`. */
  readonly shortened?: { readonly from: string; readonly summary: string | null };
  /** Rounds of tool calls before this one. */
  readonly toolRounds?: number;
}

/** An answer that ended, and what it was asked with. */
interface AnswerEnd {
  readonly answer: AssistantMessage;
  readonly target: Target;
}

/** Runs the answers of one book: asks, follows the stream, answers tool calls, stops. */
export class AnswerRunner {
  /** Fires when the first answer begins or the last one ends. */
  readonly runningChanged: Emitter<boolean>;
  /** Fires before anything is sent. */
  readonly asking: Emitter<void>;
  /** Fires when an answer has ended; the turns that follow from tool calls end each for itself. */
  readonly ended: Emitter<AnswerEnd>;
  private readonly streams = new Map<string, AnswerStream>();
  private readonly turns = new Set<Promise<void>>();

  constructor(
    private readonly book: ConversationLog,
    private readonly ports: AnswerPorts,
  ) {
    const onListenerFailed = (error: unknown): void => {
      ports.log.error(`A listener of the answers failed: ${String(error)}`);
    };
    this.runningChanged = new Emitter(onListenerFailed);
    this.asking = new Emitter(onListenerFailed);
    this.ended = new Emitter(onListenerFailed);
  }

  /** True while at least one answer is awaited or streaming. */
  get running(): boolean {
    return this.streams.size > 0;
  }

  /** Asks for an answer to the message `parent`, which becomes the selected version. */
  ask(parent: string, target: Target, options: AnswerOptions = {}): void {
    const answer = this.addAnswer(parent, target);
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
    this.book.write([
      { kind: 'version-selected', id: first.answer.id, at },
      { kind: 'comparison-started', id: parent, answers: asked.map(({ answer }) => answer.id), at },
    ]);
    for (const { answer, target } of asked) this.start(answer, target, {});
  }

  /** Stops one answer. */
  cancel(id: string): void {
    this.streams.get(id)?.cancel();
  }

  private start(answer: AssistantMessage, target: Target, options: AnswerOptions): void {
    if (options.shortened !== undefined) {
      this.book.write([
        { kind: 'context-shortened', id: answer.id, ...options.shortened, at: this.ports.now() },
      ]);
    }
    const plan = planPrompt(pathTo(this.book.conversation, answer.id), target, this.ports.counter);
    if (plan.isTooLong && 'gateway' in target.route) {
      const ending = tooLong(target, plan.budget.used, plan.limit ?? 0);
      this.run(answer, plan.messages, target, options, failedStream(ending));
    } else {
      this.run(answer, plan.messages, target, options);
    }
  }

  private addAnswer(parent: string, { model, modelName }: Target): AssistantMessage | undefined {
    return this.add(parent, { role: 'assistant', model, modelName });
  }

  /** Lets a cut answer go on in the same message. */
  resume(answer: AssistantMessage, target: Target): void {
    const path = pathTo(this.book.conversation, answer.id);
    const messages = buildContinuationPrompt(path, answer, styleOf(target));
    this.book.write([{ kind: 'answer-resumed', id: answer.id, at: this.ports.now() }]);
    this.run(answer, messages, target, {});
  }

  /** Stops every answer; resolves when all have ended. What has come stays. */
  async stop(): Promise<void> {
    for (const stream of this.streams.values()) stream.cancel();
    await Promise.all(this.turns);
  }

  private run(
    answer: AssistantMessage,
    messages: readonly PromptMessage[],
    target: Target,
    options: AnswerOptions,
    refusal?: AnswerStream,
  ): void {
    this.asking.fire();
    const stream = refusal ?? this.open(messages, target);
    const wasRunning = this.running;
    this.streams.set(answer.id, stream);
    if (!wasRunning) this.runningChanged.fire(true);
    const turn = this.follow(answer, stream, messages, target)
      .then(() => this.answerToolCalls(answer, target, options.toolRounds ?? 0))
      .finally(() => {
        this.turns.delete(turn);
        this.ended.fire({ answer, target });
        if (!this.running) this.runningChanged.fire(false);
      });
    this.turns.add(turn);
  }

  private open(messages: readonly PromptMessage[], target: Target): AnswerStream {
    const { route, model } = target;
    if ('failure' in route) return failedStream({ outcome: 'failed', failure: route.failure });
    const tools = this.ports.tools?.definitions ?? [];
    return this.ports.client.ask({
      ...route,
      modelId: model.modelId,
      messages,
      ...(tools.length > 0 && { tools }),
    });
  }

  private async follow(
    answer: AssistantMessage,
    stream: AnswerStream,
    messages: readonly PromptMessage[],
    target: Target,
  ): Promise<void> {
    const { now, log } = this.ports;
    const write = (events: readonly ConversationEvent[]): void => {
      // The answer counts as ended before anybody hears of its end, so that a listener may ask again.
      if (events.at(-1)?.kind === 'answer-ended') this.streams.delete(answer.id);
      this.book.write(events);
    };
    try {
      const turnAnswer = {
        id: answer.id,
        requestedModel: target.model.modelId,
        contextWindow: target.contextWindow,
        addVersion: () => this.addVersion(answer, target),
        mediaOf: (id: string) => this.mediaOf(id),
        estimateUsage: () => this.estimateUsage(answer, messages, target),
      };
      await runTurn(stream, turnAnswer, write, now);
      this.compareCounts(answer, messages, target);
    } catch (error) {
      log.error(`An answer failed unexpectedly: ${String(error)}`);
      stream.cancel();
      const ending: Ending = { outcome: 'failed', failure: { kind: 'unexpected', retryable: true } };
      write([{ kind: 'answer-ended', id: answer.id, ending, usage: null, servedModel: null, at: now() }]);
    }
  }

  /** Learns from what the gateway counted; or says that it read only a part of the prompt. */
  private compareCounts(
    answer: AssistantMessage,
    messages: readonly PromptMessage[],
    { model }: Target,
  ): void {
    const { counter } = this.ports;
    const { id, usage, adaptations } = answer;
    // What was sent in the end is not what was counted here.
    if (usage?.promptTokens === undefined || usage.estimated === true || adaptations.length > 0) return;
    const cut = promptCut(usage, counter.countPrompt(model, messages), counter.isCalibrated(model));
    if (cut === undefined) counter.observe(model, messages, usage.promptTokens);
    else this.book.write([{ kind: 'request-adapted', id, part: cut, at: this.ports.now() }]);
  }

  private mediaOf(id: string): readonly Media[] {
    const message = this.book.conversation.messages.get(id);
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

  /** Another choice of the same request becomes a version beside the first, which stays the shown one. */
  private addVersion(first: AssistantMessage, target: Target): string {
    const { parent } = first;
    if (parent === null) return first.id;
    const shown = this.book.conversation.messages.get(parent)?.selectedChild ?? first.id;
    const version = this.addAnswer(parent, target);
    this.book.write([{ kind: 'version-selected', id: shown, at: this.ports.now() }]);
    return version?.id ?? first.id;
  }

  /** Runs what the model called, tells it the results and asks on. A cut call is never run. */
  private async answerToolCalls(answer: AssistantMessage, target: Target, rounds: number): Promise<void> {
    const { tools } = this.ports;
    const calls = answerToolCalls(answer).filter(({ complete }) => complete);
    if (tools === undefined || calls.length === 0 || rounds >= mostToolRounds) return;
    if (answer.ending?.outcome !== 'completed') return;
    let parent = answer.id;
    for (const call of calls) {
      const text = await this.runTool(tools, call);
      const id = this.ports.newId();
      this.write(id, parent, { role: 'tool', callId: call.id, name: call.name, text });
      parent = id;
    }
    this.ask(parent, target, { toolRounds: rounds + 1 });
  }

  private async runTool(tools: ToolRunner, call: ToolCall): Promise<string> {
    try {
      return await tools.run(call);
    } catch (error) {
      // The model is told, and may try something else.
      return `Error: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private add(
    parent: string,
    content: Extract<ConversationEvent, { kind: 'message-added' }>['content'],
  ): AssistantMessage | undefined {
    const id = this.ports.newId();
    this.write(id, parent, content);
    const message = this.book.conversation.messages.get(id);
    return message?.role === 'assistant' ? message : undefined;
  }

  private write(
    id: string,
    parent: string,
    content: Extract<ConversationEvent, { kind: 'message-added' }>['content'],
  ): void {
    this.book.write([{ kind: 'message-added', id, parent, at: this.ports.now(), content }]);
  }
}

/** Sending a prompt that alone is longer than the window would be in vain; what helps is to shorten it. */
function tooLong({ model, modelName }: Target, used: number, limit: number): Ending {
  return {
    outcome: 'failed',
    failure: {
      kind: 'request-too-large',
      retryable: false,
      gatewayId: model.gatewayId,
      gatewayName: modelName,
      modelId: model.modelId,
      detail: `≈ ${used} > ${limit} tokens`,
    },
  };
}
