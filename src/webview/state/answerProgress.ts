import type { ReadonlySignal } from '@preact/signals';
import { computed, signal } from '@preact/signals';
import type { EventOf } from '../../shared/conversation/conversationEvent';
import type { Conversation } from '../../shared/conversation/conversation';
import type { Ending } from '../../shared/answer/ending';
import { hasEnded, questionOf } from './messageFacts';

/**
 * How the last answer ended, for screen readers. `output-limit` and `window-full`: the model stopped at a limit.
 * `incomplete`: a part of the answer came, and the rest was lost for another reason.
 */
export type Outcome =
  'completed' | 'stopped' | 'output-limit' | 'window-full' | 'incomplete' | 'failed' | 'all-completed';

/** One of several answers to a prompt, with its result. */
interface EndedAnswer {
  readonly modelName: string;
  readonly outcome: Outcome;
}

/** Whether answers stream, and the results of those that have ended. */
export class AnswerProgress {
  readonly streaming: ReadonlySignal<boolean>;
  /** Null while no answer has ended since the last prompt. */
  readonly outcome: ReadonlySignal<Outcome | null>;
  /** The answer that ended last of several that stream side by side, while others continue; null otherwise. */
  readonly lastOfSeveral: ReadonlySignal<EndedAnswer | null>;

  private readonly openAnswers = signal(0);
  private readonly outcomeSignal = signal<Outcome | null>(null);
  private readonly lastOfSeveralSignal = signal<EndedAnswer | null>(null);

  constructor() {
    this.streaming = computed(() => this.openAnswers.value > 0);
    this.outcome = this.outcomeSignal;
    this.lastOfSeveral = this.lastOfSeveralSignal;
  }

  /** Counts the streaming answers. To be called when one began, ended or continued. */
  count(conversation: Conversation): void {
    let open = 0;
    for (const message of conversation.messages.values()) {
      if (message.role === 'assistant' && !hasEnded(message)) open += 1;
    }
    this.openAnswers.value = open;
  }

  /** Forgets the ended answers, which are no longer news. */
  forgetEnds(): void {
    this.outcomeSignal.value = null;
    this.lastOfSeveralSignal.value = null;
  }

  /** To be called when an ended answer continues. */
  resume(): void {
    this.outcomeSignal.value = null;
  }

  /**
   * To be called when a message was added. The result of a stopped tool call tells that the user stopped the run, if
   * nothing else continues.
   */
  stop({ content }: EventOf<'message-added'>): void {
    const isStopped = content.role === 'tool' && content.outcome === 'cancelled';
    if (isStopped && this.openAnswers.peek() === 0) this.outcomeSignal.value = 'stopped';
  }

  /**
   * To be called when the answer `id` has ended, after `count`. For answers side by side, each end is announced, and
   * finally that all have ended.
   */
  end(conversation: Conversation, id: string, ending: Ending): void {
    const answer = conversation.messages.get(id);
    const isCompared = questionOf(conversation, id)?.comparison?.includes(id) === true;
    const outcome = outcomeOf(ending);
    if (this.openAnswers.peek() === 0) {
      this.lastOfSeveralSignal.value = null;
      this.outcomeSignal.value = isCompared && outcome !== 'stopped' ? 'all-completed' : outcome;
    } else if (isCompared && answer?.role === 'assistant') {
      this.lastOfSeveralSignal.value = { modelName: answer.modelName, outcome };
    }
  }
}

function outcomeOf(ending: Ending): Outcome {
  if (ending.outcome === 'completed') return 'completed';
  if (ending.outcome === 'cancelled') return 'stopped';
  switch (ending.failure.kind) {
    case 'output-limit':
    case 'output-limit-unanswered':
      return 'output-limit';
    case 'window-full':
      return 'window-full';
    default:
      return ending.outcome === 'truncated' ? 'incomplete' : 'failed';
  }
}
