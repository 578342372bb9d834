import type { Log } from '../../core/ports/log';
import type { Session } from '../../core/conversation/session';
import type { Sessions } from '../../core/conversation/sessions';
import type { Attachment } from '../../shared/conversation/attachment';
import type { Emitter } from '../../shared/kit/emitter';
import { selectedPath } from '../../shared/conversation/conversation';
import type { ComparisonChoice } from './comparisonChoice';
import type { PromptQueues, WaitingPrompt } from './promptQueues';
import type { Targets } from '../models/targets';

/** What asking needs. */
interface PromptSubmissionPorts {
  readonly sessions: Sessions;
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
  /** True while a prompt that waited is being sent. The next one must wait for its answer. */
  private isSendingWaiting = false;

  constructor(private readonly ports: PromptSubmissionPorts) {
    const warn = (error: unknown): void => {
      ports.log.error(`The next prompt could not be asked: ${String(error)}`);
    };
    ports.sessions.finished.on((session) => {
      this.sendNext(session).catch(warn);
    });
    ports.modelChosen.on(() => {
      this.sendWaiting().catch(warn);
    });
  }

  /**
   * Sends a prompt in the shown conversation. While an answer streams, the prompt waits for its end. Without a gateway, it waits
   * for one.
   *
   * @param interrupts Stops the answer that streams and sends the prompt at once.
   */
  async submit(prompt: Prompt, interrupts: boolean): Promise<void> {
    const session = this.ports.sessions.current;
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
  async askAbout(attachments: readonly Attachment[], text: string): Promise<void> {
    const { sessions, targets } = this.ports;
    const session = sessions.current;
    if (await this.mustWait(session, { text, attachments })) return;
    session.submit(text, attachments, await targets.current(session.conversation.id));
  }

  /** Sends a waiting prompt now. Stops an answer that streams. */
  async sendQueued(id: string): Promise<void> {
    const session = this.ports.sessions.current;
    if (!(await this.ports.targets.canAsk())) {
      this.waitForGateway(session);
      return;
    }
    const prompt = this.takeQueued(id);
    if (prompt === undefined) return;
    await session.stop();
    await this.ask(session, prompt);
  }

  /** Removes a waiting prompt from the queue of the shown conversation and returns it; undefined if there is no such prompt. */
  takeQueued(id: string): WaitingPrompt | undefined {
    return this.ports.queues.take(this.ports.sessions.current.conversation.id, id);
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

  /** Sends the next prompt that waits for a gateway in the shown conversation, once a model is chosen. */
  private async sendWaiting(): Promise<void> {
    const { sessions, targets, queues } = this.ports;
    const session = sessions.current;
    const { id } = session.conversation;
    // After a reload, only an empty conversation tells that its prompts wait for a gateway.
    if (!this.waiting.has(id) && !session.empty) return;
    if (this.isSendingWaiting || session.answering || queues.of(id).length === 0) return;
    this.isSendingWaiting = true;
    try {
      if (!(await targets.canAsk())) return;
      this.waiting.delete(id);
      const next = queues.take(id);
      if (next !== undefined) await this.ask(session, next);
    } finally {
      this.isSendingWaiting = false;
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
