import type { Log } from '../../core/ports/log';
import type { Session } from '../../core/conversation/session';
import type { Sessions } from '../../core/conversation/sessions';
import type { Target } from '../../core/prompt/target';
import type { Attachment } from '../../shared/conversation/attachment';
import { selectedPath } from '../../shared/conversation/conversation';
import type { ToHost } from '../../shared/messages/toHost';
import type { ModelReference } from '../../shared/conversation/modelReference';
import type { ComparisonChoice } from './comparisonChoice';
import type { PendingAttachments } from './pendingAttachments';
import type { PromptQueues, WaitingPrompt } from './promptQueues';
import type { Targets } from '../models/targets';

/** What asking needs. */
interface PromptSubmissionPorts {
  readonly sessions: Sessions;
  readonly targets: Targets;
  readonly attachments: PendingAttachments;
  readonly queues: PromptQueues;
  readonly comparison: ComparisonChoice;
  readonly log: Log;
  /** Puts a prompt back into the composer. */
  readonly giveBackPrompt: (text: string) => void;
}

/** Asks: at once, of several models, or when the answer before has ended. */
export class PromptSubmission {
  constructor(private readonly ports: PromptSubmissionPorts) {
    ports.sessions.finished.on((session) => {
      this.goOn(session).catch((error: unknown) => {
        ports.log.error(`The next prompt could not be asked: ${String(error)}`);
      });
    });
  }

  /** Asks in the shown conversation, with its chips. While an answer streams, the prompt waits or cuts in. */
  async submit({ text, interrupt }: ToHost['submit']): Promise<void> {
    const { sessions, attachments, queues } = this.ports;
    const session = sessions.current;
    const { id } = session.conversation;
    if (text.trim() === '' && attachments.of(id).length === 0) return;
    const prompt = { text: text.trim(), attachments: [...attachments.take(id)] };
    if (!session.answering) {
      await this.ask(session, prompt);
    } else if (interrupt === true) {
      await session.stop();
      await this.ask(session, prompt);
    } else {
      queues.add(id, prompt, 'last');
    }
  }

  /**
   * Asks about something at once, of the chosen model alone. What waits in the composer stays there: its chips, and the models
   * that its prompt is to be compared with.
   */
  async askAbout(subject: readonly Attachment[], text: string): Promise<void> {
    const { sessions, targets } = this.ports;
    const session = sessions.current;
    session.submit(text, subject, await targets.current(session.conversation.id));
  }

  /** Asks a waiting prompt now; an answer that streams is stopped. */
  async sendQueued(id: string): Promise<void> {
    const session = this.ports.sessions.current;
    const prompt = this.ports.queues.take(session.conversation.id, id);
    if (prompt === undefined) return;
    await session.stop();
    await this.ask(session, prompt);
  }

  /** Takes a waiting prompt, with what goes along, back into the composer. */
  editQueued(id: string): void {
    const conversationId = this.ports.sessions.current.conversation.id;
    const prompt = this.ports.queues.take(conversationId, id);
    if (prompt === undefined) return;
    this.ports.attachments.add(conversationId, prompt.attachments);
    this.ports.giveBackPrompt(prompt.text);
  }

  /** Forgets a waiting prompt. */
  removeQueued(id: string): void {
    this.ports.queues.take(this.ports.sessions.current.conversation.id, id);
  }

  /** The targets of several models, as the settings are now. */
  targetsOf(models: readonly ModelReference[], conversationId?: string): readonly Target[] {
    return models.map((model) => this.ports.targets.of(model, conversationId));
  }

  private async ask(session: Session, { text, attachments }: Omit<WaitingPrompt, 'id'>): Promise<void> {
    const { id } = session.conversation;
    const models = this.ports.comparison.take(id);
    if (models.length > 1) session.submitToAll(text, attachments, this.targetsOf(models, id));
    else session.submit(text, attachments, await this.ports.targets.current(id));
  }

  /** The next waiting prompt follows a whole answer. After a stop or a failure the user decides. */
  private async goOn(session: Session): Promise<void> {
    const last = selectedPath(session.conversation).at(-1);
    if (last?.role !== 'assistant' || last.ending?.outcome !== 'completed') return;
    const next = this.ports.queues.take(session.conversation.id);
    if (next !== undefined) await this.ask(session, next);
  }
}
