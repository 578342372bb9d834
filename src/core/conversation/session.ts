import type { TaskAction } from '../../shared/answer/generation';
import { answerText } from '../../shared/answer/answerPart';
import type { Attachment } from '../../shared/conversation/attachment';
import { areSameParameters, type ChatParameters } from '../../shared/conversation/chatParameters';
import {
  pathTo,
  selectedPath,
  versionsOf,
  type AssistantMessage,
  type Conversation,
  type Message,
} from '../../shared/conversation/conversation';
import type { Emitter } from '../../shared/kit/emitter';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import type { ModelReference } from '../../shared/conversation/modelReference';
import { closeOpenCalls } from '../agent/closeOpenCalls';
import { AnswerRunner, type AnswerPorts } from './answerRunner';
import { AutomaticTitle, type AutomaticTitlePorts } from './automaticTitle';
import { countBackgroundRequest } from './countBackgroundRequest';
import { ConversationLog, type ConversationLogPorts } from './conversationLog';
import { endInterruptedAnswers } from './endInterruptedAnswers';
import { askOnce, usableText } from '../prompt/askOnce';
import { buildSummaryPrompt } from '../prompt/buildPrompt';
import { planShortening, styleOf, type PromptPlan } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import { planNextPrompt, type NextPrompt } from './planNextPrompt';
import { titleFromPrompt } from './titleFromPrompt';

/** What a `Session` needs. */
export interface SessionPorts extends ConversationLogPorts, AnswerPorts, AutomaticTitlePorts {
  /** The target for a model as the settings are now. With it, tasks go on after a restart. */
  readonly targetOf?: (model: ModelReference, conversationId: string) => Target;
}

/** Most answers that are shown side by side. */
const mostCompared = 4;

/** Longest summary, in UTF-16 units. A longer one would not make room. */
const longestSummary = 200_000;

/** Ways to make room in a model's context window. */
export type Shortening = 'leave-out' | 'summarise';

/** One open conversation. Its methods are the intents of the user; their effects are events. */
export class Session {
  private readonly conversationLog: ConversationLog;
  private readonly answers: AnswerRunner;
  private readonly title: AutomaticTitle;

  constructor(
    readonly conversation: Conversation,
    private readonly ports: SessionPorts,
  ) {
    this.conversationLog = new ConversationLog(conversation, ports);
    this.answers = new AnswerRunner(this.conversationLog, ports);
    this.title = new AutomaticTitle(this.conversationLog, ports);
    this.answers.asking.on(() => {
      this.title.interrupt();
    });
    this.answers.ended.on((end) => {
      this.title.answerEnded(end.answer, end.target);
    });
    endInterruptedAnswers(conversation, (answer) => this.goesOn(answer), ports.now);
  }

  /** Fires after events have been applied. */
  get events(): Emitter<readonly ConversationEvent[]> {
    return this.conversationLog.events;
  }

  /** Fires when the first answer begins and when the last one ends. */
  get answeringChanged(): Emitter<boolean> {
    return this.answers.runningChanged;
  }

  /** Fires when events could not be written. They stay in memory, and the next write tries again. */
  get saveFailed(): Emitter<unknown> {
    return this.conversationLog.saveFailed;
  }

  /** True while at least one answer is awaited or streaming. */
  get answering(): boolean {
    return this.answers.running;
  }

  /** True before the first prompt. An empty conversation has no journal. */
  get empty(): boolean {
    return this.conversation.messages.size === 0;
  }

  /** Plans the next prompt. See `planNextPrompt`. */
  plan(target: Target, next: NextPrompt): PromptPlan {
    return planNextPrompt(this.conversation, next, target, this.ports.counter);
  }

  /** Sends a prompt at the end of the selected path. */
  submit(text: string, attachments: readonly Attachment[], target: Target): void {
    this.settleComparisons();
    this.answers.ask(this.addPrompt(this.endOfPath(), text, attachments), target);
  }

  /**
   * Adds another version of a prompt and sends it.
   *
   * @param attachments The attachments of the new version; by default those of the prompt.
   */
  edit(id: string, text: string, target: Target, attachments?: readonly Attachment[]): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'user') return;
    const attached = attachments ?? message.attachments;
    if (text === '' && attached.length === 0) return;
    this.answers.ask(this.addPrompt(message.parent, text, attached), target);
  }

  /** Requests another version of an answer. Pictures, video and music are made with the settings of the answer. */
  regenerate(id: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'assistant' || message.parent === null) return;
    const isSameKind = message.generation?.kind === target.generation?.kind;
    this.answers.ask(message.parent, target, isSameKind ? { generation: message.generation } : {});
  }

  /**
   * Starts another task by a button of a finished one, as a prompt below its answer.
   *
   * @param prompt Its text is the name of the button in the user's language, or what a task waits for.
   */
  runTaskAction(id: string, action: TaskAction, prompt: NextPrompt, target: Target): void {
    const message = this.conversation.messages.get(id);
    const task = message?.role === 'assistant' ? message.progress?.task : null;
    if (message?.role !== 'assistant' || message.generation === undefined || !task) return;
    const { kind, settings } = message.generation;
    const generation = { kind, settings, action: { ...action, taskId: task.taskId } };
    this.answers.ask(this.addPrompt(id, prompt.text, prompt.attachments), target, { generation });
  }

  /** Sends a prompt to several models at the end of the selected path. Their answers are shown side by side. */
  submitToAll(text: string, attachments: readonly Attachment[], targets: readonly Target[]): void {
    this.settleComparisons();
    this.answers.askAll(this.addPrompt(this.endOfPath(), text, attachments), targets);
  }

  /** Requests further versions of the answer to the prompt `id` from several models, shown side by side. */
  compare(id: string, targets: readonly Target[]): void {
    if (this.conversation.messages.get(id)?.role === 'user') this.answers.askAll(id, targets);
  }

  /** Shows the versions of the answer to the prompt `id` side by side, if there are several. */
  showComparison(id: string): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'user') return;
    const answer = this.conversation.messages.get(message.selectedChild ?? '');
    const versions = answer === undefined ? [] : versionsOf(this.conversation, answer);
    if (versions.length < 2) return;
    const answers = versions.slice(-mostCompared);
    this.conversationLog.write([{ kind: 'comparison-started', id, answers, at: this.ports.now() }]);
  }

  /** Continues with the answer `id` of those that are side by side. Stops the others if they still stream. */
  pick(id: string): void {
    const parent = this.conversation.messages.get(id)?.parent ?? null;
    const prompt = parent === null ? undefined : this.conversation.messages.get(parent);
    if (prompt?.role !== 'user') return;
    for (const other of prompt.comparison ?? []) if (other !== id) this.answers.cancel(other);
    this.settle(prompt.id, id);
  }

  /**
   * Resumes a truncated answer where it stops. Requests a new version instead if the answer has no text. Of an answer with a task,
   * asks about the task again.
   */
  resume(id: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'assistant' || message.ending === null) return;
    if ((message.progress?.task ?? null) !== null) this.answers.followTask(message, target);
    else if (answerText(message).trim() === '') this.regenerate(id, target);
    else this.answers.resume(message, target);
  }

  /** The oldest messages to leave out so that an answer's prompt fits; empty when there is nothing to leave out. */
  messagesToLeaveOut(id: string, target: Target): readonly Message[] {
    const path = this.promptPathOf(id);
    const message = this.conversation.messages.get(id);
    const ending = message?.role === 'assistant' ? message.ending : null;
    const isFull = ending?.outcome === 'truncated' && ending.failure.kind === 'window-full';
    // The prompt fits, but there is no room for the answer.
    const plan = isFull ? { ...target, contextWindow: null } : target;
    return path.slice(0, planShortening(path, plan, this.ports.counter));
  }

  /**
   * Requests an answer again without the oldest messages, or with a summary of them, which the same model writes first. The
   * messages stay in the conversation.
   *
   * @returns False when there was no usable summary. Nothing else was requested then.
   */
  async shorten(id: string, target: Target, how: Shortening): Promise<boolean> {
    const path = this.promptPathOf(id);
    const gone = this.messagesToLeaveOut(id, target);
    const prompt = path.at(-1);
    const from = path[gone.length];
    if (prompt === undefined || from === undefined) return false;
    const summary = how === 'leave-out' ? null : await this.summarise(gone, target);
    if (summary === undefined) return false;
    this.answers.ask(prompt.id, target, { shortened: { from: from.id, summary } });
    return true;
  }

  /** Shows another version of a message. */
  selectVersion(id: string): void {
    if (!this.conversation.messages.has(id)) return;
    this.conversationLog.write([{ kind: 'version-selected', id, at: this.ports.now() }]);
  }

  /** Sets the title of the conversation, for the user. */
  rename(title: string): void {
    const trimmed = title.trim();
    if (trimmed === '') return;
    this.conversationLog.write([
      { kind: 'title-changed', title: trimmed, source: 'user', at: this.ports.now() },
    ]);
  }

  /** Pins the conversation to the top of the history, or unpins it. */
  pin(pinned: boolean): void {
    if (this.conversation.pinned === pinned || this.empty) return;
    this.conversationLog.write([{ kind: 'pin-changed', pinned, at: this.ports.now() }]);
  }

  /**
   * Replaces what the next prompt sends beside the messages. An empty conversation gets a journal by that, so that a reload
   * keeps the parameters; the history lists it when it has a message.
   */
  setParameters(parameters: ChatParameters): void {
    const { conversation } = this;
    if (areSameParameters(conversation.parameters, parameters)) return;
    const at = this.ports.now();
    this.conversationLog.write([
      ...(this.empty ? [{ kind: 'conversation-created' as const, id: conversation.id, at }] : []),
      { kind: 'parameters-changed', parameters, at },
    ]);
  }

  /** Stops every answer of this conversation. Resolves when all have ended. Partial answers stay. */
  async stop(): Promise<void> {
    await this.answers.stop();
  }

  private promptPathOf(answerId: string): readonly Message[] {
    const parent = this.conversation.messages.get(answerId)?.parent ?? null;
    return parent === null ? [] : pathTo(this.conversation, parent);
  }

  private async summarise(messages: readonly Message[], target: Target): Promise<string | undefined> {
    const { route, model, pricing } = target;
    if ('failure' in route) return undefined;
    const question = { modelId: model.modelId, messages: buildSummaryPrompt(messages, styleOf(target)) };
    const limits = { longestReply: longestSummary };
    const reply = await askOnce(this.ports.client, route, question, limits, new AbortController().signal);
    const request = { purpose: 'summary', model, pricing, messages: question.messages, reply } as const;
    this.conversationLog.write(countBackgroundRequest(request, this.ports.counter, this.ports.now()));
    const text = usableText(reply);
    return text === '' ? undefined : text;
  }

  /** Settles open comparisons: without a pick, the conversation continues with the selected answer. */
  private settleComparisons(): void {
    for (const message of selectedPath(this.conversation)) {
      if (message.role === 'user' && message.comparison !== null && message.selectedChild !== null) {
        this.settle(message.id, message.selectedChild);
      }
    }
  }

  /** The last message of the selected path, null when there is none. Tool calls that were left open there get a result first. */
  private endOfPath(): string | null {
    const path = selectedPath(this.conversation);
    const results = closeOpenCalls(path, this.ports.newId, this.ports.now());
    if (results.length > 0) this.conversationLog.write(results);
    return results.at(-1)?.id ?? path.at(-1)?.id ?? null;
  }

  private settle(id: string, answer: string): void {
    this.conversationLog.write([{ kind: 'comparison-settled', id, answer, at: this.ports.now() }]);
  }

  private addPrompt(parent: string | null, text: string, attachments: readonly Attachment[]): string {
    const at = this.ports.now();
    const id = this.ports.newId();
    const events: ConversationEvent[] = [];
    if (this.empty) {
      const title = titleFromPrompt(text, attachments);
      events.push(
        { kind: 'conversation-created', id: this.conversation.id, at },
        { kind: 'title-changed', title, source: 'prompt', at },
      );
    }
    const content = { role: 'user' as const, text, attachments: [...attachments] };
    events.push({ kind: 'message-added', id, parent, at, content });
    this.conversationLog.write(events);
    return id;
  }

  /** Waits again for the task of an answer, if it has one. */
  private goesOn(answer: AssistantMessage): boolean {
    const { targetOf, generation } = this.ports;
    if (!answer.progress?.task || targetOf === undefined || generation === undefined) return false;
    this.answers.followTask(answer, targetOf(answer.model, this.conversation.id));
    return true;
  }
}
