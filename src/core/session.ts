import type { Attachment } from '../shared/attachment';
import { pathTo, selectedPath, type AssistantMessage, type Conversation } from '../shared/conversation';
import { Emitter } from '../shared/emitter';
import type { ConversationEvent } from '../shared/events';
import { reduce } from '../shared/reduce';
import type { AnswerStream, ChatClient, ConversationStore, Log, PromptMessage } from './ports';
import { wantsReasoning } from './models';
import { buildContinuationPrompt, buildPrompt, type PromptStyle } from './prompt';
import type { Target } from './target';
import { titleFromPrompt } from './title';
import { failedStream, runTurn } from './turn';

/** What a session needs from the floors above and beside it. */
export interface SessionPorts {
  readonly client: ChatClient;
  readonly store: ConversationStore;
  readonly log: Log;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A fresh id for a message or conversation. */
  readonly newId: () => string;
}

/**
 * One open conversation: takes intents, runs its answers, and tells what happened as events. Every
 * event goes through the reducer, into the journal and to the listeners, in this order; nothing
 * else changes the conversation.
 */
export class Session {
  /** Fires after the events have been applied. */
  readonly events: Emitter<readonly ConversationEvent[]>;
  /** Fires when an answer begins or ends. */
  readonly answeringChanged: Emitter<boolean>;
  /** Fires when events could not be written; they stay in memory and are tried again with the next. */
  readonly saveFailed: Emitter<unknown>;
  private saving = true;
  private readonly streams = new Map<string, AnswerStream>();
  private readonly turns = new Set<Promise<void>>();

  constructor(
    readonly conversation: Conversation,
    private readonly ports: SessionPorts,
  ) {
    const onListenerFailed = (error: unknown): void => {
      ports.log.error(`A listener of conversation ${conversation.id} failed: ${String(error)}`);
    };
    this.events = new Emitter(onListenerFailed);
    this.answeringChanged = new Emitter(onListenerFailed);
    this.saveFailed = new Emitter(onListenerFailed);
    this.endInterruptedAnswers();
  }

  /** True while at least one answer is awaited or streaming. */
  get answering(): boolean {
    return this.streams.size > 0;
  }

  /** True until the first prompt. An empty conversation has no journal. */
  get empty(): boolean {
    return this.conversation.messages.size === 0;
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
    this.answer(message.parent, target);
  }

  /** Lets a cut answer go on where it stops. An answer without text is asked again instead. */
  resume(id: string, target: Target): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'assistant' || message.ending === null) return;
    if (message.text.trim() === '') {
      this.regenerate(id, target);
      return;
    }
    const prompt = buildContinuationPrompt(pathTo(this.conversation, id), message, styleOf(target));
    this.emit([{ kind: 'answer-resumed', id, at: this.ports.now() }]);
    this.run(message, prompt, target);
  }

  /** Shows another version of a message. */
  selectVersion(id: string): void {
    if (!this.conversation.messages.has(id)) return;
    this.emit([{ kind: 'version-selected', id, at: this.ports.now() }]);
  }

  /** Gives the conversation a title of the user's. */
  rename(title: string): void {
    const trimmed = title.trim();
    if (trimmed === '') return;
    this.emit([{ kind: 'title-changed', title: trimmed, source: 'user', at: this.ports.now() }]);
  }

  /** Stops every answer of this conversation; resolves when all have ended. What has come stays. */
  async stop(): Promise<void> {
    for (const stream of this.streams.values()) stream.cancel();
    await Promise.all(this.turns);
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
    events.push({
      kind: 'message-added',
      id,
      parent,
      at,
      content: { role: 'user', text, attachments: [...attachments] },
    });
    this.emit(events);
    this.answer(id, target);
  }

  private answer(parent: string, target: Target): void {
    const id = this.ports.newId();
    const { model, modelName } = target;
    const prompt = buildPrompt(pathTo(this.conversation, parent), styleOf(target));
    this.emit([
      {
        kind: 'message-added',
        id,
        parent,
        at: this.ports.now(),
        content: { role: 'assistant', model, modelName },
      },
    ]);
    const answer = this.conversation.messages.get(id);
    if (answer?.role === 'assistant') this.run(answer, prompt, target);
  }

  private run(answer: AssistantMessage, messages: readonly PromptMessage[], target: Target): void {
    const { route } = target;
    const stream =
      'failure' in route
        ? failedStream({ outcome: 'failed', failure: route.failure })
        : this.ports.client.ask({ ...route, modelId: target.model.modelId, messages });
    const wasAnswering = this.answering;
    this.streams.set(answer.id, stream);
    if (!wasAnswering) this.answeringChanged.fire(true);
    const turn = this.follow(answer.id, stream, target).finally(() => this.turns.delete(turn));
    this.turns.add(turn);
  }

  private async follow(id: string, stream: AnswerStream, target: Target): Promise<void> {
    const emit = (events: readonly ConversationEvent[]): void => {
      // The answer counts as ended before anybody hears of its end, so that a listener may ask again.
      if (events.at(-1)?.kind === 'answer-ended') this.streams.delete(id);
      this.emit(events);
    };
    try {
      await runTurn(stream, { id, requestedModel: target.model.modelId }, emit, this.ports.now);
    } catch (error) {
      this.ports.log.error(`An answer failed unexpectedly: ${String(error)}`);
      stream.cancel();
      const failure = { kind: 'unexpected', retryable: true } as const;
      emit([
        {
          kind: 'answer-ended',
          id,
          ending: { outcome: 'failed', failure },
          usage: null,
          servedModel: null,
          at: this.ports.now(),
        },
      ]);
    }
    if (!this.answering) this.answeringChanged.fire(false);
  }

  private emit(events: readonly ConversationEvent[]): void {
    for (const event of events) reduce(this.conversation, event);
    this.save(events);
    this.events.fire(events);
  }

  private save(events: readonly ConversationEvent[]): void {
    this.ports.store.append(this.conversation.id, events).then(
      () => {
        this.saving = true;
      },
      (error: unknown) => {
        this.ports.log.error(`Conversation ${this.conversation.id} could not be saved: ${String(error)}`);
        // Said once for each streak: an answer is many writes, and all fail for one reason.
        if (this.saving) this.saveFailed.fire(error);
        this.saving = false;
      },
    );
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

function styleOf({ instructions, model }: Target): PromptStyle {
  return { instructions, wantsReasoning: wantsReasoning(model.modelId) };
}
