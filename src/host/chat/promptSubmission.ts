import type { Log } from '../../core/ports/log';
import type { Session } from '../../core/conversation/session';
import type { SessionPool } from '../../core/conversation/sessionPool';
import type { Attachment } from '../../shared/conversation/attachment';
import type { Emitter } from '../../shared/kit/emitter';
import { selectedPath } from '../../shared/conversation/conversation';
import type { ComparisonChoice } from './comparisonChoice';
import type { PromptQueues, WaitingPrompt } from './promptQueues';
import type { Targets } from '../models/targets';

/** What asking needs. */
interface PromptSubmissionPorts {
  readonly pool: Pick<SessionPool, 'finished' | 'shown'>;
  readonly targets: Pick<Targets, 'canAsk' | 'current' | 'of'>;
  readonly queues: PromptQueues;
  readonly comparison: Pick<ComparisonChoice, 'take'>;
  /** Fires when a model may have been chosen. */
  readonly modelChosen: Emitter<void>;
  /** Helps the user to set up a gateway. Called when a prompt has to wait for one. */
  readonly offerGateways: (session: Session) => void;
  readonly log: Log;
}

/** A prompt with its attachments. */
type Prompt = Pick<WaitingPrompt, 'text'> & { readonly attachments: readonly Attachment[] };

/** Sends prompts: at once, to several models, after the current answer, or when the first gateway is ready. */
export class PromptSubmission {
  /** The ids of the conversations with a prompt that waits for a gateway. */
  private readonly waiting = new Set<string>();
  /** The ids of the conversations in which a prompt that waited is being sent. The next one must wait for its answer. */
  private readonly sendingWaiting = new Set<string>();

  constructor(private readonly ports: PromptSubmissionPorts) {
    const warn = (error: unknown): void => {
      ports.log.error(`The next prompt could not be asked: ${String(error)}`);
    };
    ports.pool.finished.on((session) => {
      this.sendNext(session).catch(warn);
    });
    ports.modelChosen.on(() => {
      for (const session of ports.pool.shown()) this.sendWaiting(session).catch(warn);
    });
  }

  /**
   * Sends a prompt in a conversation. While an answer streams, the prompt waits for its end. Without a gateway, it waits
   * for one.
   *
   * @param interrupts Stops the answer that streams and sends the prompt at once.
   */
  async submit(session: Session, prompt: Prompt, interrupts: boolean): Promise<void> {
    if (session.answering && !interrupts) {
      const { text, attachments } = prompt;
      this.ports.queues.add(session.conversation.id, { text, attachments: [...attachments] }, 'last');
      return;
    }
    if (session.answering) await session.stop();
    if (!(await this.mustWait(session, prompt))) await this.ask(session, prompt);
  }

  /**
   * Sends a prompt at once to the chosen model. Nothing in the composer changes: neither its attachments nor the models to compare.
   */
  async askAbout(session: Session, attachments: readonly Attachment[], text: string): Promise<void> {
    if (await this.mustWait(session, { text, attachments })) return;
    session.submit(text, attachments, await this.ports.targets.current(session.conversation.id));
  }

  /** Sends a waiting prompt now. Stops an answer that streams. */
  async sendQueued(session: Session, id: string): Promise<void> {
    if (!(await this.ports.targets.canAsk())) {
      this.waitForGateway(session);
      return;
    }
    const prompt = this.takeQueued(session, id);
    if (prompt === undefined) return;
    await session.stop();
    await this.ask(session, prompt);
  }

  /** Removes a waiting prompt from the queue of a conversation and returns it; undefined if there is no such prompt. */
  takeQueued(session: Session, id: string): WaitingPrompt | undefined {
    return this.ports.queues.take(session.conversation.id, id);
  }

  /** Puts a prompt into the queue if there is no gateway yet. Returns true if it waits. */
  private async mustWait(session: Session, { text, attachments }: Prompt): Promise<boolean> {
    if (await this.ports.targets.canAsk()) return false;
    this.ports.queues.add(session.conversation.id, { text, attachments: [...attachments] }, 'last');
    this.waitForGateway(session);
    return true;
  }

  private waitForGateway(session: Session): void {
    this.waiting.add(session.conversation.id);
    this.ports.offerGateways(session);
  }

  /** Sends the next prompt that waits for a gateway in a shown conversation, once a model is chosen. */
  private async sendWaiting(session: Session): Promise<void> {
    const { targets, queues } = this.ports;
    const { id } = session.conversation;
    // After a reload, only an empty conversation tells that its prompts wait for a gateway.
    if (!this.waiting.has(id) && !session.empty) return;
    if (this.sendingWaiting.has(id) || session.answering || queues.of(id).length === 0) return;
    this.sendingWaiting.add(id);
    try {
      if (!(await targets.canAsk())) return;
      this.waiting.delete(id);
      const next = queues.take(id);
      if (next !== undefined) await this.ask(session, next);
    } finally {
      this.sendingWaiting.delete(id);
    }
  }

  private async ask(session: Session, { text, attachments }: Prompt): Promise<void> {
    const { comparison, targets } = this.ports;
    const { id } = session.conversation;
    const models = comparison.take(id);
    if (models.length > 1) {
      session.submitToAll(
        text,
        attachments,
        models.map((model) => targets.of(model, id)),
      );
    } else session.submit(text, attachments, await targets.current(id));
  }

  /** Sends the next waiting prompt after a complete answer. After a stop or a failure the user decides. */
  private async sendNext(session: Session): Promise<void> {
    const last = selectedPath(session.conversation).at(-1);
    if (last?.role !== 'assistant' || last.ending?.outcome !== 'completed') return;
    const next = this.ports.queues.take(session.conversation.id);
    if (next !== undefined) await this.ask(session, next);
  }
}
