import type * as vscode from 'vscode';
import { namedPaths } from '../../core/edits/plan/namedPaths';
import type { Log } from '../../core/ports/log';
import type { Sessions } from '../../core/conversation/sessions';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { pathTo } from '../../shared/conversation/conversation';
import type { ToHost } from '../../shared/messages/toHost';
import { Applying } from './applying';
import type { ExactEditPorts } from './askForExactEdit';
import { insertCode } from './insertCode';
import { openNewFile } from './openNewFile';
import { Proposals } from './proposals';
import { putInTerminal } from './putInTerminal';

/** What bringing code from an answer to the workspace needs. */
export interface EditPorts extends ExactEditPorts {
  readonly sessions: Sessions;
  readonly log: Log;
}

/** Brings code blocks to files and terminals. A bundle of its own, loaded with the first use. */
export class EditActions implements vscode.Disposable {
  private readonly proposals: Proposals;
  private readonly applying: Applying;

  constructor(private readonly ports: EditPorts) {
    this.proposals = new Proposals(ports.log);
    this.applying = new Applying(this.proposals, ports);
  }

  /** Puts a code block's text at the cursor of the active editor. */
  async insert({ text }: ToHost['insert-code']): Promise<void> {
    this.ports.log.info('A code block is inserted.');
    await insertCode(text);
  }

  /** Shows what a code block would change in its file, and changes it when the user accepts. */
  async apply({ id, text, info, before }: ToHost['apply-code']): Promise<void> {
    this.ports.log.info('A code block is applied.');
    await this.applying.start({
      text,
      info,
      before,
      named: namedPaths({ text, info, before }),
      attached: this.attachedTo(id),
      modelName: this.modelNameOf(id),
    });
  }

  /** Writes the proposal of the active diff into its file. */
  async accept(): Promise<void> {
    await this.proposals.accept();
  }

  /** Closes the active diff and leaves its file as it is. */
  async discard(): Promise<void> {
    await this.proposals.discard();
  }

  /** Opens a code block as a new file. */
  async createFile({ text, info, before }: ToHost['new-file']): Promise<void> {
    this.ports.log.info('A code block is opened as a new file.');
    await openNewFile({ text, info, before });
  }

  /** Puts text into the terminal, without pressing Enter. */
  async runInTerminal({ text }: ToHost['run-in-terminal']): Promise<void> {
    this.ports.log.info('A code block is put into the terminal.');
    await putInTerminal(text);
  }

  dispose(): void {
    this.proposals.dispose();
  }

  /** The code that went with the prompts on the way to an answer. */
  private attachedTo(id: string): readonly CodeAttachment[] {
    return pathTo(this.ports.sessions.current.conversation, id)
      .flatMap((message) => (message.role === 'user' ? message.attachments : []))
      .filter((attachment) => attachment.kind === 'code');
  }

  private modelNameOf(id: string): string {
    const message = this.ports.sessions.current.conversation.messages.get(id);
    return message?.role === 'assistant' ? message.modelName : '';
  }
}
