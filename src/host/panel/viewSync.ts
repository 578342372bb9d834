import type { Disposable } from '../../shared/kit/disposable';
import type { ConversationEvent } from '../../shared/conversation/conversationEvent';
import { joinDeltas } from '../../shared/conversation/joinDeltas';
import type { PanelState, ToView, ToViewMessage } from '../../shared/messages/toView';
import { takeSnapshot } from '../../shared/messages/takeSnapshot';
import type { Session } from '../../core/conversation/session';

/** One frame at 60 Hz, in milliseconds. */
const frame = 16;

/**
 * Keeps the view's conversation the same as the host's: a snapshot, then numbered batches of events, at most
 * one message a frame. Neighbouring deltas of a message travel as one, and without their envelope where the
 * view knows it. Nothing is awaited and no
 * timer runs while nothing happens.
 */
export class ViewSync implements Disposable {
  private subscription: Disposable | undefined;
  private revision = 0;
  private waiting: ConversationEvent[] = [];
  private timer: NodeJS.Timeout | undefined;
  private lastPost = 0;
  /** The message to which the view's last revision appended text; null when it did something else. */
  private growing: string | null = null;

  /**
   * @param post Sends a message to the view; what it returns is not awaited.
   * @param now Milliseconds on any monotonous clock.
   */
  constructor(
    private readonly post: (message: ToViewMessage) => void,
    private readonly now: () => number,
  ) {}

  /** Sends a session whole, and its events from now on. */
  show(session: Session, state: PanelState): void {
    this.stop();
    this.revision += 1;
    this.growing = null;
    const conversation = takeSnapshot(session.conversation);
    this.send('snapshot', { revision: this.revision, conversation, state });
    this.subscription = session.events.on((events) => {
      this.take(events);
    });
  }

  /** Sends what is not part of a conversation. */
  send<Type extends keyof ToView>(type: Type, body: ToView[Type]): void {
    this.post({ type, body } as ToViewMessage);
  }

  /** The view is gone or hidden; it will ask for a snapshot when it is back. */
  stop(): void {
    this.subscription?.dispose();
    this.subscription = undefined;
    this.waiting = [];
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  dispose(): void {
    this.stop();
  }

  private take(events: readonly ConversationEvent[]): void {
    for (const event of events) mergeInto(this.waiting, event);
    if (this.timer !== undefined) return;
    const rest = this.lastPost + frame - this.now();
    if (rest <= 0) this.flush();
    else this.timer = setTimeout(this.flush, rest);
  }

  private readonly flush = (): void => {
    this.timer = undefined;
    const events = this.waiting;
    this.waiting = [];
    this.lastPost = this.now();
    this.revision += 1;
    const [first, ...others] = events;
    if (first?.kind === 'text-appended' && first.id === this.growing && others.length === 0) {
      this.send('text', first.text);
    } else {
      const last = events.at(-1);
      this.growing = last?.kind === 'text-appended' ? last.id : null;
      this.send('events', { revision: this.revision, events });
    }
  };
}

/** Appends an event, or lengthens the last one when the new one continues it. */
function mergeInto(events: ConversationEvent[], event: ConversationEvent): void {
  const joined = joinDeltas(events.at(-1), event);
  if (joined === undefined) events.push(event);
  else events[events.length - 1] = joined;
}
