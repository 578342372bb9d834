import { answerText } from '../../shared/answer/answerPart';
import { isUnderWay } from '../../shared/answer/toolCallState';
import type { Attachment } from '../../shared/conversation/attachment';
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
import { reduce } from '../../shared/conversation/reduce';
import { closeOpenCalls } from '../agent/closeOpenCalls';
import { AnswerRunner, type AnswerPorts } from './answerRunner';
import { AutomaticTitle, type AutomaticTitlePorts } from './automaticTitle';
import { ConversationLog, type ConversationLogPorts } from './conversationLog';
import type { ContextBudget } from '../prompt/contextBudget';
import { askOnce, usableText } from '../prompt/askOnce';
import { buildSummaryPrompt } from '../prompt/buildPrompt';
import { planPrompt, planShortening, styleOf } from '../prompt/promptPlan';
import type { Target } from '../prompt/target';
import { titleFromPrompt } from './titleFromPrompt';

/** What a session needs from the floors above and beside it. */
export type SessionPorts = ConversationLogPorts & AnswerPorts & AutomaticTitlePorts;

/** More columns than this nobody can read side by side. */
const mostCompared = 4;

/** A summary longer than this, in UTF-16 units, makes no room. */
const longestSummary = 200_000;

/** Ways to make room in a model's window. */
export type Shortening = 'leave-out' | 'summarise';

/** One open conversation: takes intents, and tells what happened as events. */
export class Session {
  private readonly book: ConversationLog;
  private readonly answers: AnswerRunner;
  private readonly title: AutomaticTitle;

  constructor(
    readonly conversation: Conversation,
    private readonly ports: SessionPorts,
  ) {
    this.book = new ConversationLog(conversation, ports);
    this.answers = new AnswerRunner(this.book, ports);
    this.title = new AutomaticTitle(this.book, ports);
    this.answers.asking.on(() => {
      this.title.interrupt();
    });
    this.answers.ended.on((end) => {
      this.title.answerEnded(end.answer, end.target);
    });
    this.endInterruptedAnswers();
  }

  /** Fires after the events have been applied. */
  get events(): Emitter<readonly ConversationEvent[]> {
    return this.book.events;
  }

  /** Fires when an answer begins or ends. */
  get answeringChanged(): Emitter<boolean> {
    return this.answers.runningChanged;
  }

  /** Fires when events could not be written; they stay in memory and are tried again with the next. */
  get saveFailed(): Emitter<unknown> {
    return this.book.saveFailed;
  }

  /** True while at least one answer is awaited or streaming. */
  get answering(): boolean {
    return this.answers.running;
  }

  /** True until the first prompt. An empty conversation has no journal. */
  get empty(): boolean {
    return this.conversation.messages.size === 0;
  }

  /** How the selected path, without what is still in the composer, fits a target's window. */
  budget(target: Target): ContextBudget {
    return planPrompt(selectedPath(this.conversation), target, this.ports.counter).budget;
  }

  /** Asks a question at the end of the selected path. */
  submit(text: string, attachments: readonly Attachment[], target: Target): void {
    this.settleComparisons();
    this.answers.ask(this.addPrompt(this.endOfPath(), text, attachments), target);
  }

  /** Makes another version of a prompt, with the same attachments, and asks it. */
  edit(id: string, text: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'user') return;
    this.answers.ask(this.addPrompt(message.parent, text, message.attachments), target);
  }

  /** Asks for another version of an answer. */
  regenerate(id: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'assistant' || message.parent === null) return;
    this.answers.ask(message.parent, target);
  }

  /** Asks several models at the end of the selected path; their answers stand side by side. */
  submitToAll(text: string, attachments: readonly Attachment[], targets: readonly Target[]): void {
    this.settleComparisons();
    this.answers.askAll(this.addPrompt(this.endOfPath(), text, attachments), targets);
  }

  /** Asks several models for another version of the answer to the prompt `id`, side by side. */
  compare(id: string, targets: readonly Target[]): void {
    if (this.conversation.messages.get(id)?.role === 'user') this.answers.askAll(id, targets);
  }

  /** Shows the answers to the prompt `id` side by side, when there are several. */
  showComparison(id: string): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'user') return;
    const answer = this.conversation.messages.get(message.selectedChild ?? '');
    const versions = answer === undefined ? [] : versionsOf(this.conversation, answer);
    if (versions.length < 2) return;
    const answers = versions.slice(-mostCompared);
    this.book.write([{ kind: 'comparison-started', id, answers, at: this.ports.now() }]);
  }

  /** Of the answers that stand side by side, goes on with `id`. Those that still stream are stopped. */
  pick(id: string): void {
    const parent = this.conversation.messages.get(id)?.parent ?? null;
    const prompt = parent === null ? undefined : this.conversation.messages.get(parent);
    if (prompt?.role !== 'user') return;
    for (const other of prompt.comparison ?? []) if (other !== id) this.answers.cancel(other);
    this.settle(prompt.id, id);
  }

  /** Lets a cut answer go on where it stops. An answer without text is asked again instead. */
  resume(id: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'assistant' || message.ending === null) return;
    if (answerText(message).trim() === '') this.regenerate(id, target);
    else this.answers.resume(message, target);
  }

  /** The oldest messages that have to go for an answer's prompt to fit; empty when there is nothing to leave out. */
  messagesToLeaveOut(id: string, target: Target): readonly Message[] {
    const path = this.promptPathOf(id);
    const message = this.conversation.messages.get(id);
    const ending = message?.role === 'assistant' ? message.ending : null;
    const isFull = ending?.outcome === 'truncated' && ending.failure.kind === 'window-full';
    // The prompt did fit: what is missing is room for the answer.
    const plan = isFull ? { ...target, contextWindow: null } : target;
    return path.slice(0, planShortening(path, plan, this.ports.counter));
  }

  /**
   * Asks an answer again without the oldest messages, or with a summary of them that the same model
   * writes first. The messages themselves stay in the conversation.
   * @returns false when the summary could not be had; nothing was asked then.
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
    this.book.write([{ kind: 'version-selected', id, at: this.ports.now() }]);
  }

  /** Gives the conversation a title of the user's. */
  rename(title: string): void {
    const trimmed = title.trim();
    if (trimmed === '') return;
    this.book.write([{ kind: 'title-changed', title: trimmed, source: 'user', at: this.ports.now() }]);
  }

  /** Pins the conversation to the top of the history, or no longer does. */
  pin(pinned: boolean): void {
    if (this.conversation.pinned === pinned || this.empty) return;
    this.book.write([{ kind: 'pin-changed', pinned, at: this.ports.now() }]);
  }

  /** Stops every answer of this conversation; resolves when all have ended. What has come stays. */
  async stop(): Promise<void> {
    await this.answers.stop();
  }

  private promptPathOf(answerId: string): readonly Message[] {
    const parent = this.conversation.messages.get(answerId)?.parent ?? null;
    return parent === null ? [] : pathTo(this.conversation, parent);
  }

  private async summarise(messages: readonly Message[], target: Target): Promise<string | undefined> {
    const { route, model } = target;
    if ('failure' in route) return undefined;
    const question = { modelId: model.modelId, messages: buildSummaryPrompt(messages, styleOf(target)) };
    const limits = { longestReply: longestSummary };
    const reply = await askOnce(this.ports.client, route, question, limits, new AbortController().signal);
    const text = usableText(reply);
    return text === '' ? undefined : text;
  }

  /** Whoever goes on without picking goes on with the answer that is selected. */
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
    if (results.length > 0) this.book.write(results);
    return results.at(-1)?.id ?? path.at(-1)?.id ?? null;
  }

  private settle(id: string, answer: string): void {
    this.book.write([{ kind: 'comparison-settled', id, answer, at: this.ports.now() }]);
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
    this.book.write(events);
    return id;
  }

  /**
   * An answer without an end was cut by the end of its window. That is said in this book only: the
   * journal stays as it is, because another window may still be writing that very answer.
   */
  private endInterruptedAnswers(): void {
    for (const message of this.conversation.messages.values()) {
      if (message.role !== 'assistant') continue;
      this.stopInterruptedCalls(message);
      if (message.ending !== null) continue;
      const failure = { kind: 'interrupted', retryable: true } as const;
      const ending = { outcome: answerText(message) === '' ? 'failed' : 'truncated', failure } as const;
      reduce(this.conversation, {
        kind: 'answer-ended',
        id: message.id,
        ending,
        usage: null,
        servedModel: null,
        at: this.ports.now(),
      });
    }
  }

  /** Calls that ran when the window ended are shown as stopped. `endOfPath` gives them a result. */
  private stopInterruptedCalls({ id, parts }: AssistantMessage): void {
    const calls = parts.filter((part) => part.kind === 'tool-call');
    for (const [call, { state }] of calls.entries()) {
      if (!isUnderWay(state)) continue;
      reduce(this.conversation, {
        kind: 'tool-call-state',
        id,
        call,
        state: 'cancelled',
        at: this.ports.now(),
      });
    }
  }
}
