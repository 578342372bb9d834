import type { ReadonlySignal, Signal } from '@preact/signals';
import { batch, computed, signal } from '@preact/signals';
import type { AssistantMessage, Conversation, UserMessage } from '../shared/conversation';
import { emptyConversation, selectedPath, versionsOf } from '../shared/conversation';
import type { Disposable } from '../shared/disposable';
import type { ConversationEvent, EventOf } from '../shared/events';
import type { PanelState, ToView, ToViewMessage } from '../shared/messages';
import { reduce } from '../shared/reduce';
import { restoreSnapshot } from '../shared/snapshot';
import type { Token } from '../shared/token';
import type { Post } from './hostLink';
import type { MessageFacts } from './messageFacts';
import { areStale, callerOf, factsOf, isShown } from './messageFacts';
import type { TextField, TextListener } from './textFeeds';
import { TextFeeds } from './textFeeds';

/** How the answer that ended last came out; told to screen readers. */
export type Outcome = 'completed' | 'stopped' | 'failed' | 'all-completed';

/** One of several answers to a prompt, and how it came out. */
export interface EndedAnswer {
  readonly modelName: string;
  readonly outcome: Outcome;
}

/** What happens beside the conversation, for those who care. */
export interface StoreListener {
  /** Another conversation is shown. */
  conversationShown(): void;
  /** The shown conversation came anew, after something of it was missed. */
  caughtUp(): void;
  /** A prompt or an answer joined the conversation while it was shown. */
  messageAdded(): void;
}

/**
 * The view's copy of the book: the conversation, changed by `reduce` alone, and signals over what
 * of it is shown. Components read signals; growing text reaches the page through `watchText`.
 */
export class PanelStore {
  /** Null until the first snapshot. */
  readonly conversationId: ReadonlySignal<string | null>;
  readonly title: ReadonlySignal<string>;
  /** Ids of the messages on the selected path, first to last. */
  readonly path: ReadonlySignal<readonly string[]>;
  readonly state: ReadonlySignal<PanelState | null>;
  readonly streaming: ReadonlySignal<boolean>;
  /** Null while nothing has ended since the last question. */
  readonly outcome: ReadonlySignal<Outcome | null>;
  /** Which of the answers that stream side by side ended last, while others go on; null otherwise. */
  readonly lastOfSeveral: ReadonlySignal<EndedAnswer | null>;

  private readonly idSignal = signal<string | null>(null);
  private readonly titleSignal = signal('');
  private readonly pathSignal = signal<readonly string[]>([]);
  private readonly stateSignal = signal<PanelState | null>(null);
  private readonly openAnswers = signal(0);
  private readonly outcomeSignal = signal<Outcome | null>(null);
  private readonly lastOfSeveralSignal = signal<EndedAnswer | null>(null);
  private readonly loadedMedia = signal<ReadonlyMap<string, string>>(new Map());
  private readonly facts = new Map<string, Signal<MessageFacts>>();
  private readonly feeds = new TextFeeds();
  /** Answers that were asked to go on, until the next piece of them comes. */
  private readonly awaitingMore = new Set<string>();
  private conversation: Conversation = emptyConversation('', 0);
  private revision = 0;
  /** The last event of the last revision, when it appended text. */
  private growing: EventOf<'text-appended'> | null = null;
  private awaitsSnapshot = true;

  constructor(
    private readonly post: Post,
    private readonly listener: StoreListener,
  ) {
    this.conversationId = this.idSignal;
    this.title = this.titleSignal;
    this.path = this.pathSignal;
    this.state = this.stateSignal;
    this.streaming = computed(() => this.openAnswers.value > 0);
    this.outcome = this.outcomeSignal;
    this.lastOfSeveral = this.lastOfSeveralSignal;
  }

  /** Takes what the host says about the conversation and its surroundings. Other messages are not the store's. */
  receive(message: ToViewMessage): void {
    batch(() => {
      if (message.type === 'snapshot') this.show(message.body);
      else if (message.type === 'events') this.apply(message.body);
      else if (message.type === 'text') this.grow(message.body);
      else if (message.type === 'media-loaded') this.keepMedium(message.body);
      else if (message.type === 'state') this.stateSignal.value = message.body;
    });
  }

  /** The facts of a message, as a signal; undefined when there is no such message. */
  message(id: string): ReadonlySignal<MessageFacts> | undefined {
    const known = this.facts.get(id);
    if (known !== undefined) return known;
    const message = this.conversation.messages.get(id);
    if (message === undefined || !isShown(message)) return undefined;
    const made = signal(factsOf(this.conversation, message, this.awaitingMore.has(id)));
    this.facts.set(id, made);
    return made;
  }

  /** An answer's text as of now; empty for a prompt and for what is not there. */
  textOf(id: string, field: TextField): string {
    return this.answer(id)?.[field] ?? '';
  }

  /** An answer's tokens with their probabilities as of now. */
  tokensOf(id: string): readonly Token[] {
    return [...(this.answer(id)?.tokens ?? [])];
  }

  /** A medium that the host fetched for this page, as a `data:` URL. */
  loadedMedium(id: string, index: number): string | undefined {
    return this.loadedMedia.value.get(`${id} ${index}`);
  }

  /** Gives `listener` the text as of now, then each piece that comes, then the end. */
  watchText(id: string, field: TextField, listener: TextListener): Disposable {
    listener.replace(this.textOf(id, field));
    if ((this.answer(id)?.ending ?? null) !== null) listener.end();
    return this.feeds.add(id, field, listener);
  }

  private answer(id: string): AssistantMessage | undefined {
    const message = this.conversation.messages.get(id);
    return message?.role === 'assistant' ? message : undefined;
  }

  private keepMedium({ id, index, url }: ToView['media-loaded']): void {
    if (this.conversation.messages.has(id))
      this.loadedMedia.value = new Map(this.loadedMedia.peek()).set(`${id} ${index}`, url);
  }

  private show({ revision, conversation, state }: ToView['snapshot']): void {
    const before = this.conversation;
    const isOther = this.idSignal.peek() !== conversation.id;
    this.conversation = restoreSnapshot(conversation);
    this.revision = revision;
    this.growing = null;
    this.awaitsSnapshot = false;
    this.stateSignal.value = state;
    this.idSignal.value = conversation.id;
    this.titleSignal.value = conversation.title;
    if (isOther) {
      this.facts.clear();
      this.awaitingMore.clear();
      this.outcomeSignal.value = null;
      this.lastOfSeveralSignal.value = null;
      this.loadedMedia.value = new Map();
    } else {
      this.catchUpFrom(before);
    }
    this.refreshPath();
    this.countOpenAnswers();
    if (isOther) this.listener.conversationShown();
    else this.listener.caughtUp();
  }

  /** After a gap: what is on the page already is brought up to date, not drawn anew. */
  private catchUpFrom(before: Conversation): void {
    for (const id of this.facts.keys()) {
      if (this.conversation.messages.has(id)) this.refreshFacts(id);
      else this.facts.delete(id);
    }
    for (const [id, old] of before.messages) {
      const answer = this.answer(id);
      if (old.role !== 'assistant' || answer === undefined) continue;
      this.feeds.update(id, 'text', old.text, answer.text);
      this.feeds.update(id, 'reasoning', old.reasoning, answer.reasoning);
      if (old.ending === null && answer.ending !== null) this.feeds.end(id);
      if (old.ending !== null && answer.ending === null) this.feeds.reopen(id);
    }
  }

  private apply({ revision, events }: ToView['events']): void {
    if (this.awaitsSnapshot || revision <= this.revision) return;
    if (revision !== this.revision + 1) {
      this.awaitsSnapshot = true;
      this.post('ready', {});
      return;
    }
    this.revision = revision;
    for (const event of events) {
      if (reduce(this.conversation, event)) this.follow(event);
    }
    const last = events.at(-1);
    this.growing = last?.kind === 'text-appended' ? last : null;
  }

  /** More text for the message that the last revision appended text to. */
  private grow(text: string): void {
    if (this.awaitsSnapshot) return;
    const revision = this.revision + 1;
    if (this.growing !== null) this.apply({ revision, events: [{ ...this.growing, text }] });
    // Without the one before it nobody knows whose text it is.
    else this.apply({ revision: revision + 1, events: [] });
  }

  /** Carries one event, already reduced, to the signals and feeds that it concerns. */
  private follow(event: ConversationEvent): void {
    switch (event.kind) {
      case 'conversation-created':
        this.idSignal.value = event.id;
        return;
      case 'title-changed':
        this.titleSignal.value = event.title;
        return;
      case 'message-added':
        this.refreshVersions(event.id);
        this.refreshCaller(event.id);
        this.refreshQuestion(event.id);
        this.outcomeSignal.value = null;
        this.lastOfSeveralSignal.value = null;
        this.refreshPath();
        this.countOpenAnswers();
        this.listener.messageAdded();
        return;
      case 'version-selected':
        this.refreshPath();
        return;
      case 'comparison-started':
      case 'comparison-settled':
        this.refreshFacts(event.id);
        this.refreshPath();
        return;
      case 'pin-changed':
        return;
      case 'text-appended':
        this.feeds.append(event.id, 'text', event.text);
        this.refreshStage(event.id);
        return;
      case 'reasoning-appended':
        this.feeds.append(event.id, 'reasoning', event.text);
        this.refreshStage(event.id);
        return;
      case 'tokens-appended':
        this.refreshStage(event.id);
        return;
      case 'media-added':
      case 'tool-called':
        this.awaitingMore.delete(event.id);
        this.refreshFacts(event.id);
        return;
      case 'retry-scheduled':
      case 'request-adapted':
      case 'context-shortened':
        this.refreshFacts(event.id);
        return;
      case 'answer-ended':
        this.awaitingMore.delete(event.id);
        this.feeds.end(event.id);
        this.refreshVersions(event.id);
        this.refreshQuestion(event.id);
        this.countOpenAnswers();
        this.tellEnd(event.id, outcomeOf(event.ending.outcome));
        return;
      case 'answer-resumed':
        this.awaitingMore.add(event.id);
        this.feeds.reopen(event.id);
        this.refreshVersions(event.id);
        this.countOpenAnswers();
        this.outcomeSignal.value = null;
        return;
    }
  }

  private refreshPath(): void {
    const path = selectedPath(this.conversation)
      .filter(isShown)
      .map((message) => message.id);
    // What follows answers that stand side by side is not settled.
    const compared = path.findIndex((id) => {
      const message = this.conversation.messages.get(id);
      return message?.role === 'user' && message.comparison !== null;
    });
    this.pathSignal.value = compared === -1 ? path : path.slice(0, compared + 1);
  }

  /** Of answers that stream side by side each end is told, and that all have ended. */
  private tellEnd(id: string, outcome: Outcome): void {
    const answer = this.answer(id);
    const prompt = this.questionOf(id);
    const isCompared = prompt?.comparison?.includes(id) === true;
    if (this.openAnswers.peek() === 0) {
      this.lastOfSeveralSignal.value = null;
      this.outcomeSignal.value = isCompared && outcome !== 'stopped' ? 'all-completed' : outcome;
    } else if (isCompared && answer !== undefined) {
      this.lastOfSeveralSignal.value = { modelName: answer.modelName, outcome };
    }
  }

  private questionOf(id: string): UserMessage | undefined {
    const parent = this.conversation.messages.get(id)?.parent ?? null;
    const message = parent === null ? undefined : this.conversation.messages.get(parent);
    return message?.role === 'user' ? message : undefined;
  }

  /** A prompt offers to compare its answers once there are several. */
  private refreshQuestion(id: string): void {
    const question = this.questionOf(id);
    if (question !== undefined) this.refreshFacts(question.id);
  }

  private countOpenAnswers(): void {
    let open = 0;
    for (const message of this.conversation.messages.values()) {
      if (message.role === 'assistant' && message.ending === null) open += 1;
    }
    this.openAnswers.value = open;
  }

  private refreshFacts(id: string): void {
    const shown = this.facts.get(id);
    const message = this.conversation.messages.get(id);
    if (shown === undefined || message === undefined || !isShown(message)) return;
    shown.value = factsOf(this.conversation, message, this.awaitingMore.has(id));
  }

  /** An end or a newcomer changes what counts as a version, for all that stand at the place. */
  private refreshVersions(id: string): void {
    this.refreshFacts(id);
    const message = this.conversation.messages.get(id);
    if (message === undefined) return;
    for (const version of versionsOf(this.conversation, message)) {
      if (version !== id) this.refreshFacts(version);
    }
  }

  /** A tool's result is shown with the call, in the answer above it. */
  private refreshCaller(id: string): void {
    const message = this.conversation.messages.get(id);
    if (message?.role !== 'tool') return;
    const caller = callerOf(this.conversation, message);
    if (caller !== undefined) this.refreshFacts(caller);
  }

  /** A delta changes the facts only when it is the first of its kind. */
  private refreshStage(id: string): void {
    this.awaitingMore.delete(id);
    const shown = this.facts.get(id)?.peek();
    const answer = this.answer(id);
    if (shown?.role !== 'assistant' || answer === undefined) return;
    if (areStale(shown, answer)) this.refreshFacts(id);
  }
}

function outcomeOf(outcome: 'completed' | 'truncated' | 'failed' | 'cancelled'): Outcome {
  switch (outcome) {
    case 'completed':
      return 'completed';
    case 'cancelled':
      return 'stopped';
    case 'truncated':
    case 'failed':
      return 'failed';
  }
}
