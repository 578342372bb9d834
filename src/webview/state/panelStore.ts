import type { ReadonlySignal } from '@preact/signals';
import { batch, computed, signal } from '@preact/signals';
import { answerText, growingPart } from '../../shared/answer/answerPart';
import type { ChatParameters } from '../../shared/conversation/chatParameters';
import type { AssistantMessage, Conversation } from '../../shared/conversation/conversation';
import { emptyConversation } from '../../shared/conversation/conversation';
import type { Disposable } from '../../shared/kit/disposable';
import type { ConversationEvent, EventOf } from '../../shared/conversation/conversationEvent';
import type { PanelState, ToView, ToViewMessage } from '../../shared/messages/toView';
import { reduce } from '../../shared/conversation/reduce';
import { restoreSnapshot } from '../../shared/messages/takeSnapshot';
import type { Token } from '../../shared/answer/token';
import { AnswerProgress } from './answerProgress';
import { contextUsageOf } from './contextUsage';
import type { Post } from './createPost';
import type { MessageFacts } from './messageFacts';
import { shownPath } from './messageFacts';
import { MessageSignals } from './messageSignals';
import type { GrowingPart, TextListener } from './textFeeds';
import { TextFeeds, wordsOf } from './textFeeds';

/** Notifications beside the signals. */
interface StoreListener {
  /** Another conversation is displayed. */
  conversationShown(): void;
  /** The displayed conversation was sent again, after a message was lost. */
  caughtUp(): void;
  /** A prompt or an answer was added to the displayed conversation. */
  messageAdded(): void;
}

/**
 * The panel's copy of the conversation, changed only by `reduce`, with signals for what is displayed. Components read
 * signals. Growing text reaches the page through `watchText`.
 */
export class PanelStore {
  private readonly idSignal = signal<string | null>(null);
  private readonly titleSignal = signal('');
  private readonly pathSignal = signal<readonly string[]>([]);
  private readonly parametersSignal = signal<ChatParameters>({});
  private readonly stateSignal = signal<PanelState | null>(null);
  private readonly shownRevision = signal(0);
  private readonly loadedMedia = signal<ReadonlyMap<string, string>>(new Map());
  private readonly progress = new AnswerProgress();

  /** Null until the first snapshot. */
  readonly conversationId: ReadonlySignal<string | null> = this.idSignal;
  readonly title: ReadonlySignal<string> = this.titleSignal;
  /** Ids of the messages on the selected path, first to last. */
  readonly path: ReadonlySignal<readonly string[]> = this.pathSignal;
  /** What the next prompt sends beside the messages. */
  readonly parameters: ReadonlySignal<ChatParameters> = this.parametersSignal;
  readonly state: ReadonlySignal<PanelState | null> = this.stateSignal;
  readonly streaming: ReadonlySignal<boolean> = this.progress.streaming;
  /** What the last prompt and Parley's own requests used. Calculated only while something reads it. */
  readonly contextUsage = computed(() => (this.shownRevision.value, contextUsageOf(this.conversation)));
  readonly outcome = this.progress.outcome;
  readonly lastOfSeveral = this.progress.lastOfSeveral;

  private readonly signals = new MessageSignals(() => this.conversation);
  private readonly feeds = new TextFeeds();
  private conversation: Conversation = emptyConversation('', 0);
  private revision = 0;
  /** The last event of the last revision, if it appended text. */
  private growing: EventOf<'text-appended'> | null = null;
  private awaitsSnapshot = true;

  constructor(
    private readonly post: Post,
    private readonly listener: StoreListener,
  ) {}

  /** Applies a message of the host about the conversation or its state. Ignores other messages. */
  receive(message: ToViewMessage): void {
    batch(() => {
      if (message.type === 'snapshot') this.show(message.body);
      else if (message.type === 'events') this.apply(message.body);
      else if (message.type === 'text') this.grow(message.body);
      else if (message.type === 'media-loaded') this.keepMedium(message.body);
      else if (message.type === 'state') this.stateSignal.value = message.body;
      this.shownRevision.value = this.revision;
    });
  }

  /** The facts of a message, as a signal; undefined if there is no such message. */
  message(id: string): ReadonlySignal<MessageFacts> | undefined {
    return this.signals.of(id);
  }

  /** An answer's whole current text; empty for a prompt and for an unknown message. */
  textOf(id: string): string {
    const answer = this.answer(id);
    return answer === undefined ? '' : answerText(answer);
  }

  /** An answer's current tokens with their probabilities. */
  tokensOf(id: string): readonly Token[] {
    return [...(this.answer(id)?.tokens ?? [])];
  }

  /** A medium that the host loaded for this page, as a `data:` URL. */
  loadedMedium(id: string, index: number): string | undefined {
    return this.loadedMedia.value.get(`${id} ${index}`);
  }

  /** Gives `listener` the current text of one part of an answer, then each piece, then the end. */
  watchText(id: string, part: GrowingPart, listener: TextListener): Disposable {
    const now = this.answer(id)?.parts[part.index];
    listener.replace((now?.kind === part.kind ? wordsOf(now) : undefined) ?? '');
    const isEnded = !this.canGrow(id, part);
    if (isEnded) listener.end();
    return this.feeds.add(id, part, listener, isEnded);
  }

  private canGrow(id: string, { kind, index }: GrowingPart): boolean {
    const answer = this.answer(id);
    if (answer?.ending !== null) return false;
    if (kind !== 'tool-call') return growingPart(answer.parts, kind) === index;
    const part = answer.parts[index];
    return part?.kind === kind && part.state === 'writing';
  }

  /** Ends and opens the feeds of an answer's parts after parts were added or changed. */
  private settleFeeds(id: string): void {
    this.feeds.settle(id, (part) => this.canGrow(id, part));
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
    this.parametersSignal.value = conversation.parameters;
    if (isOther) {
      this.signals.clear();
      this.progress.forgetEnds();
      this.loadedMedia.value = new Map();
    } else {
      this.catchUpFrom(before);
    }
    this.pathSignal.value = shownPath(this.conversation);
    this.progress.count(this.conversation);
    if (isOther) this.listener.conversationShown();
    else this.listener.caughtUp();
  }

  /** After a lost message: updates the displayed elements instead of drawing them again. */
  private catchUpFrom(before: Conversation): void {
    this.signals.refreshAll();
    for (const [id, old] of before.messages) {
      const answer = this.answer(id);
      if (old.role !== 'assistant' || answer === undefined) continue;
      this.feeds.update(id, old.parts, answer.parts);
      this.settleFeeds(id);
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
      // Text that continues after a cut can move behind other parts.
      const moves = event.kind === 'text-appended' && this.answer(event.id)?.continues === true;
      if (!reduce(this.conversation, event)) continue;
      if (moves) this.replaceWords(event.id);
      else this.follow(event);
    }
    const last = events.at(-1);
    this.growing = last?.kind === 'text-appended' ? last : null;
  }

  /** More text for the message that the last revision appended text to. */
  private grow(text: string): void {
    if (this.awaitsSnapshot) return;
    const revision = this.revision + 1;
    if (this.growing !== null) this.apply({ revision, events: [{ ...this.growing, text }] });
    // Without the previous revision, the message of the text is unknown.
    else this.apply({ revision: revision + 1, events: [] });
  }

  /** Passes one reduced event to the signals and feeds that it concerns. */
  private follow(event: ConversationEvent): void {
    switch (event.kind) {
      case 'conversation-created':
        this.idSignal.value = event.id;
        // A message may be where the conversation was forked.
        this.signals.refreshAll();
        return;
      case 'title-changed':
        this.titleSignal.value = event.title;
        return;
      case 'message-added':
        this.signals.add(event.id);
        this.progress.forgetEnds();
        this.pathSignal.value = shownPath(this.conversation);
        this.progress.count(this.conversation);
        this.progress.stop(event);
        this.listener.messageAdded();
        return;
      case 'version-selected':
        this.pathSignal.value = shownPath(this.conversation);
        return;
      case 'comparison-started':
      case 'comparison-settled':
        this.signals.refresh(event.id);
        this.pathSignal.value = shownPath(this.conversation);
        return;
      case 'parameters-changed':
        this.parametersSignal.value = event.parameters;
        return;
      case 'pin-changed':
      case 'background-requested':
      case 'prompt-sent':
      case 'reasoning-kept':
        return;
      case 'text-appended':
      case 'reasoning-appended':
        this.followText(event);
        return;
      case 'text-became-reasoning':
        this.replaceWords(event.id);
        return;
      case 'tokens-appended':
        this.signals.takeDelta(event.id);
        return;
      case 'tool-call-arguments':
        this.followArguments(event);
        return;
      case 'sources-added':
      case 'media-added':
      case 'tool-call-started':
      case 'tool-called':
        this.takePiece(event.id);
        return;
      case 'tool-call-state':
        this.signals.refresh(event.id);
        this.progress.count(this.conversation);
        return;
      case 'retry-scheduled':
      case 'request-adapted':
      case 'prompt-progressed':
      case 'context-shortened':
      case 'task-submitted':
      case 'task-progressed':
      case 'preview-shown':
      case 'task-actions-offered':
        this.signals.refresh(event.id);
        return;
      case 'answer-ended':
        this.settleFeeds(event.id);
        this.signals.end(event.id);
        this.progress.count(this.conversation);
        this.progress.end(this.conversation, event.id, event.ending);
        return;
      case 'answer-resumed':
        this.settleFeeds(event.id);
        this.signals.resume(event.id);
        this.progress.count(this.conversation);
        this.progress.resume();
        return;
    }
  }

  private followText({ kind, id, text }: EventOf<'text-appended' | 'reasoning-appended'>): void {
    const parts = this.answer(id)?.parts ?? [];
    const field = kind === 'text-appended' ? 'text' : 'reasoning';
    const index = growingPart(parts, field);
    this.feeds.append(id, { kind: field, index }, text);
    // A new part completes the part before it.
    if (wordsOf(parts[index])?.length === text.length) this.settleFeeds(id);
    this.signals.takeDelta(id);
  }

  private followArguments({ id, index, text }: EventOf<'tool-call-arguments'>): void {
    const parts = this.answer(id)?.parts ?? [];
    const place = parts.findLastIndex((part) => part.kind === 'tool-call' && part.index === index);
    this.feeds.append(id, { kind: 'tool-call', index: place }, text);
    this.signals.takeDelta(id);
  }

  /** Parts changed their order, so all text of the answer is drawn again. */
  private replaceWords(id: string): void {
    this.feeds.update(id, [], this.answer(id)?.parts ?? []);
    this.takePiece(id);
  }

  private takePiece(id: string): void {
    this.settleFeeds(id);
    this.signals.takePiece(id);
  }
}
