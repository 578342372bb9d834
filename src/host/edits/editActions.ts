import * as vscode from 'vscode';
import { namedPaths } from '../../core/edits/plan/namedPaths';
import type { Log } from '../../core/ports/log';
import type { Sessions } from '../../core/conversation/sessions';
import { splitByFile, type AnswerCode } from '../../core/edits/plan/filePart';
import type { CodeAttachment } from '../../shared/conversation/attachment';
import { pathTo } from '../../shared/conversation/conversation';
import type { ToHost } from '../../shared/messages/toHost';
import type { AppliedCode } from './appliedCode';
import type { ExactEditPorts } from './askForExactEdit';
import { BlockProgress } from './blockProgress';
import { CodePlanner } from './codePlanner';
import { CodeReview } from './codeReview';
import { insertCode } from './insertCode';
import { openNewFile } from './openNewFile';
import type { HunkReviews } from '../hunks/hunkReviews';
import { putInTerminal } from '../terminal/putInTerminal';

/** What `EditActions` needs from the rest of the host. */
export interface EditPorts extends ExactEditPorts {
  readonly sessions: Sessions;
  readonly log: Log;
  readonly applied: AppliedCode;
  /** Loads the reviews of proposed changes. */
  readonly reviews: () => Promise<HunkReviews>;
}

/** Moves code blocks from answers to files and terminals. In a bundle of its own, which is loaded on first use. */
export class EditActions {
  private readonly planner: CodePlanner;

  constructor(private readonly ports: EditPorts) {
    this.planner = new CodePlanner(ports);
  }

  /** Inserts a code block at the cursor of the active editor. */
  async insert({ text }: ToHost['insert-code']): Promise<void> {
    this.ports.log.info('Inserting a code block.');
    await insertCode(text);
  }

  /** Shows the change that a code block makes in its file. The file changes when the user accepts. */
  async apply({ id, ...block }: ToHost['apply-code']): Promise<void> {
    await this.applyAll({ id, blocks: [block] });
  }

  /** Shows the changes that several code blocks of an answer make, all files in one diff. */
  async applyAll({ id, blocks }: ToHost['apply-all']): Promise<void> {
    const { planner, ports } = this;
    const { log, applied, reviews } = ports;
    log.info(blocks.length === 1 ? 'Applying a code block.' : `Applying ${blocks.length} code blocks.`);
    const attached = this.attachedTo(id);
    const modelName = this.modelNameOf(id);
    const parts = blocks.flatMap((block) => {
      const code: AnswerCode = { ...block, answer: id, named: namedPaths(block), attached, modelName };
      return splitByFile(code);
    });
    const progress = new BlockProgress(applied, parts);
    await new CodeReview({ planner, reviews: await reviews(), progress, log }).run(parts);
  }

  /** Opens a code block as an untitled file. */
  async createFile({ text, info, before }: ToHost['new-file']): Promise<void> {
    this.ports.log.info('Opening a code block as a new file.');
    await openNewFile({ text, info, before });
  }

  /** Puts text at the terminal's prompt. The user presses Enter. */
  async runInTerminal({ text }: ToHost['run-in-terminal']): Promise<void> {
    this.ports.log.info('Putting a code block into the terminal.');
    await putInTerminal(text, vscode.window.activeTerminal);
  }

  /** The code that was attached to the prompts before an answer. */
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
