import type { ReadonlySignal, Signal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { Conversation } from '../../shared/conversation/conversation';
import { versionsOf } from '../../shared/conversation/conversation';
import type { MessageFacts } from './messageFacts';
import { callerOf } from '../../shared/conversation/toolResults';
import { areStale, factsOf, isShown, questionOf } from './messageFacts';

/** A signal with the facts of each displayed message. Each is made when it is first requested. */
export class MessageSignals {
  private readonly facts = new Map<string, Signal<MessageFacts>>();
  /** Answers that were asked to continue, until their next piece comes. */
  private readonly awaitingMore = new Set<string>();

  /** @param conversation Returns the current conversation. */
  constructor(private readonly conversation: () => Conversation) {}

  /** The facts of a message; undefined if there is none, or if it is not displayed on its own. */
  of(id: string): ReadonlySignal<MessageFacts> | undefined {
    const known = this.facts.get(id);
    if (known !== undefined) return known;
    const conversation = this.conversation();
    const message = conversation.messages.get(id);
    if (message === undefined || !isShown(message)) return undefined;
    const made = signal(factsOf(conversation, message, this.awaitingMore.has(id)));
    this.facts.set(id, made);
    return made;
  }

  /** To be called when another conversation is displayed. */
  clear(): void {
    this.facts.clear();
    this.awaitingMore.clear();
  }

  /** To be called when the same conversation was sent again. */
  refreshAll(): void {
    const { messages } = this.conversation();
    for (const id of this.facts.keys()) {
      if (messages.has(id)) this.refresh(id);
      else this.facts.delete(id);
    }
  }

  /** To be called when something about the message itself changed. */
  refresh(id: string): void {
    const shown = this.facts.get(id);
    const conversation = this.conversation();
    const message = conversation.messages.get(id);
    if (shown === undefined || message === undefined || !isShown(message)) return;
    shown.value = factsOf(conversation, message, this.awaitingMore.has(id));
  }

  /**
   * To be called when a message was added. Its other versions, its prompt, and the call of a tool's result change too.
   */
  add(id: string): void {
    this.refreshVersions(id);
    this.refreshCaller(id);
    this.refreshQuestion(id);
  }

  /** To be called when a whole piece of an answer came, such as a picture. */
  takePiece(id: string): void {
    this.awaitingMore.delete(id);
    this.refresh(id);
  }

  /**
   * To be called when a few characters of an answer came. They change the facts only if they are the first of their
   * kind.
   */
  takeDelta(id: string): void {
    this.awaitingMore.delete(id);
    const shown = this.facts.get(id)?.peek();
    const message = this.conversation().messages.get(id);
    if (shown?.role !== 'assistant' || message?.role !== 'assistant') return;
    if (areStale(shown, message)) this.refresh(id);
  }

  /** To be called when an answer ended. */
  end(id: string): void {
    this.awaitingMore.delete(id);
    this.refreshVersions(id);
    this.refreshQuestion(id);
  }

  /** To be called when an ended answer was asked to continue. */
  resume(id: string): void {
    this.awaitingMore.add(id);
    this.refreshVersions(id);
  }

  /** An end or a new answer changes what counts as a version, for all versions of the place. */
  private refreshVersions(id: string): void {
    this.refresh(id);
    const conversation = this.conversation();
    const message = conversation.messages.get(id);
    if (message === undefined) return;
    for (const version of versionsOf(conversation, message)) {
      if (version !== id) this.refresh(version);
    }
  }

  /** A tool's result is displayed with the call, in the answer above it. */
  private refreshCaller(id: string): void {
    const conversation = this.conversation();
    if (conversation.messages.get(id)?.role !== 'tool') return;
    const caller = callerOf(conversation, id);
    if (caller !== undefined) this.refresh(caller.id);
  }

  /** A prompt offers to compare its answers if there are several. */
  private refreshQuestion(id: string): void {
    const question = questionOf(this.conversation(), id);
    if (question !== undefined) this.refresh(question.id);
  }
}
