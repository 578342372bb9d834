import type * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import type { Sessions } from '../../core/sessions';
import type { Attachment } from '../../shared/attachment';
import type { ToHost, ToView } from '../../shared/messages';
import type { PendingAttachments } from '../pendingAttachments';
import { pickAttachments } from './attachPicker';
import { openAttachment } from './openAttachment';

/** What gathering context needs. */
export interface ContextPorts {
  readonly sessions: Sessions;
  readonly attachments: PendingAttachments;
  readonly log: Log;
  /** Sends a reply or text to the panel. */
  readonly send: <Type extends 'context-found' | 'prompts-found' | 'insert-text'>(
    type: Type,
    body: ToView[Type],
  ) => void;
  /** Puts the cursor back into the composer. */
  readonly reveal: () => Promise<void>;
}

/** Finds, reads and shows what goes along with prompts. A bundle of its own, loaded with the first use. */
export class ContextIntents implements vscode.Disposable {
  constructor(private readonly ports: ContextPorts) {}

  /** The Attach button: asks what to attach. */
  async attach(): Promise<void> {
    this.add(await pickAttachments());
    await this.ports.reveal();
  }

  /** Shows an attachment: one that is pending or one of a message of the shown conversation. */
  async open({ id }: ToHost['open-attachment']): Promise<void> {
    const { conversation } = this.ports.sessions.current;
    const sent = [...conversation.messages.values()].flatMap((message) =>
      message.role === 'user' ? message.attachments : [],
    );
    const attachment = [...this.ports.attachments.of(conversation.id), ...sent].find(
      (candidate) => candidate.id === id,
    );
    if (attachment?.kind === 'code') await openAttachment(attachment);
  }

  /** Lists files, folders and symbols for an `@` mention. */
  async find(body: ToHost['find-context']): Promise<void> {
    await notBuiltYet('find-context', body);
  }

  /** Attaches one of what was listed. */
  async attachFound(body: ToHost['attach-found']): Promise<void> {
    await notBuiltYet('attach-found', body);
  }

  /** Attaches what `#` names. */
  async attachSource(body: ToHost['attach-context']): Promise<void> {
    await notBuiltYet('attach-context', body);
  }

  /** Attaches files and folders that were dropped. */
  async attachDropped(body: ToHost['attach-dropped']): Promise<void> {
    await notBuiltYet('attach-dropped', body);
  }

  /** Attaches a picture that was pasted or dropped. */
  async attachPicture(body: ToHost['attach-picture']): Promise<void> {
    await notBuiltYet('attach-picture', body);
  }

  /** Attaches a long text that was pasted. */
  async attachText(body: ToHost['attach-text']): Promise<void> {
    await notBuiltYet('attach-text', body);
  }

  /** Lists the prompts for `/`. */
  async findPrompts(body: ToHost['find-prompts']): Promise<void> {
    await notBuiltYet('find-prompts', body);
  }

  /** Puts a prompt into the composer. */
  async usePrompt(body: ToHost['use-prompt']): Promise<void> {
    await notBuiltYet('use-prompt', body);
  }

  dispose(): void {
    return undefined;
  }

  private add(pieces: readonly Attachment[]): void {
    this.ports.attachments.add(this.ports.sessions.current.conversation.id, pieces);
  }
}

/** Until this intent is built. */
function notBuiltYet(type: string, body: unknown): Promise<void> {
  return Promise.reject(new Error(`${type} is not built yet: ${JSON.stringify(body)}`));
}
