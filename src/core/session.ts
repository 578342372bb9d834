import type { Attachment } from '../shared/attachment';
import { pathTo, selectedPath, type Conversation, type Message } from '../shared/conversation';
import type { Emitter } from '../shared/emitter';
import type { ConversationEvent } from '../shared/events';
import { reduce } from '../shared/reduce';
import { Answers, type AnswerPorts } from './answers';
import { Book, type BookPorts } from './book';
import type { ContextBudget } from './contextBudget';
import { collectText } from './collectText';
import { buildSummaryPrompt } from './prompt';
import { planPrompt, planShortening, styleOf } from './promptPlan';
import type { Target } from './target';
import { titleFromPrompt } from './title';

/** What a session needs from the floors above and beside it. */
export type SessionPorts = BookPorts & AnswerPorts;

/** Ways to make room in a model's window. */
export type Shortening = 'leave-out' | 'summarise';

/** One open conversation: takes intents, and tells what happened as events. */
export class Session {
  private readonly book: Book;
  private readonly answers: Answers;

  constructor(
    readonly conversation: Conversation,
    private readonly ports: SessionPorts,
  ) {
    this.book = new Book(conversation, ports);
    this.answers = new Answers(this.book, ports);
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
    const path = selectedPath(this.conversation);
    this.ask(path.at(-1)?.id ?? null, text, attachments, target);
  }

  /** Makes another version of a prompt, with the same attachments, and asks it. */
  edit(id: string, text: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'user') return;
    this.ask(message.parent, text, message.attachments, target);
  }

  /** Asks for another version of an answer. */
  regenerate(id: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'assistant' || message.parent === null) return;
    this.answers.ask(message.parent, target);
  }

  /** Lets a cut answer go on where it stops. An answer without text is asked again instead. */
  resume(id: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'assistant' || message.ending === null) return;
    if (message.text.trim() === '') this.regenerate(id, target);
    else this.answers.resume(message, target);
  }

  /** The oldest messages that have to go for an answer's prompt to fit; empty when there is nothing to leave out. */
  messagesToLeaveOut(id: string, target: Target): readonly Message[] {
    const path = this.promptPathOf(id);
    return path.slice(0, planShortening(path, target, this.ports.counter));
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
    const prompt = buildSummaryPrompt(messages, styleOf(target));
    const text = await collectText(
      this.ports.client.ask({ ...route, modelId: model.modelId, messages: prompt }),
    );
    return text === '' ? undefined : text;
  }

  private ask(parent: string | null, text: string, attachments: readonly Attachment[], target: Target): void {
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
    this.answers.ask(id, target);
  }

  /**
   * An answer without an end was cut by the end of its window. That is said in this book only: the
   * journal stays as it is, because another window may still be writing that very answer.
   */
  private endInterruptedAnswers(): void {
    for (const message of this.conversation.messages.values()) {
      if (message.role !== 'assistant' || message.ending !== null) continue;
      const failure = { kind: 'interrupted', retryable: true } as const;
      const ending = { outcome: message.text === '' ? 'failed' : 'truncated', failure } as const;
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
}
