import type { Log } from '../../core/ports/log';
import type { Session } from '../../core/conversation/session';
import type { Sessions } from '../../core/conversation/sessions';
import type { Attachment } from '../../shared/conversation/attachment';
import { selectedPath } from '../../shared/conversation/conversation';
import type { ComparisonChoice } from './comparisonChoice';
import type { PromptQueues, WaitingPrompt } from './promptQueues';
import type { Targets } from '../models/targets';

/** What asking needs. */
interface PromptSubmissionPorts {
  readonly sessions: Sessions;
  readonly targets: Targets;
  readonly queues: PromptQueues;
  readonly comparison: ComparisonChoice;
  readonly log: Log;
}

/** A prompt with its attachments. */
type Prompt = Pick<WaitingPrompt, 'text'> & { readonly attachments: readonly Attachment[] };

/** Sends prompts: at once, to several models, or after the current answer. */
export class PromptSubmission {
  constructor(private readonly ports: PromptSubmissionPorts) {
    ports.sessions.finished.on((session) => {
      this.sendNext(session).catch((error: unknown) => {
        ports.log.error(`The next prompt could not be asked: ${String(error)}`);
      });
    });
  }

  /**
   * Sends a prompt in the shown conversation. While an answer streams, the prompt waits for its end.
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
    await this.ask(session, prompt);
  }

  /**
   * Sends a prompt at once to the chosen model. Nothing in the composer changes: neither its attachments nor the models to compare.
   */
  async askAbout(attachments: readonly Attachment[], text: string): Promise<void> {
    const { sessions, targets } = this.ports;
    const session = sessions.current;
    session.submit(text, attachments, await targets.current(session.conversation.id));
  }

  /** Sends a waiting prompt now. Stops an answer that streams. */
  async sendQueued(id: string): Promise<void> {
    const session = this.ports.sessions.current;
    const prompt = this.takeQueued(id);
    if (prompt === undefined) return;
    await session.stop();
    await this.ask(session, prompt);
  }

  /** Removes a waiting prompt from the queue of the shown conversation and returns it; undefined if there is no such prompt. */
  takeQueued(id: string): WaitingPrompt | undefined {
    return this.ports.queues.take(this.ports.sessions.current.conversation.id, id);
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
