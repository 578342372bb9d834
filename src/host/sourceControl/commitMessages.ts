import * as vscode from 'vscode';
import { cleanCommitMessage } from '../../core/sourceControl/cleanCommitMessage';
import { commitMessagePrompt, type CommitFacts } from '../../core/sourceControl/commitMessagePrompt';
import { continuation } from '../../core/sourceControl/continuation';
import { promptRoom } from '../../core/sourceControl/promptRoom';
import type { FittedChanges } from '../../core/sourceControl/fitChanges';
import type { TokenCounter } from '../../core/prompt/tokenCounter';
import { askOnce, isUsable, type OnceReply } from '../../core/prompt/askOnce';
import type { PromptMessage } from '../../core/ports/promptMessage';
import type { Repository } from '../workspace/gitApi';
import { chatTarget, type ChatTarget } from './chatTarget';
import { CommitBox } from './commitBox';
import { describeFitted, listFitted } from './describeFitted';
import { findIgnored } from './findIgnored';
import { findRepository } from './findRepository';
import { readBox } from './readBox';
import { readMerge } from './readMerge';
import { readStyle } from './readStyle';
import { readUncommitted } from './readUncommitted';
import type { SourceControlPorts } from './sourceControlPorts';
import { tellFailure } from './tellFailure';

/** The most tokens of a prompt: a message needs no more, whatever the window. */
const mostTokens = 24_000;
/** The longest reply that is read, in UTF-16 units. */
const longestReply = 20_000;
/**
 * True while a message is being written. Read by the menus in package.json: the buttons of all repositories then stop. A menu
 * cannot tell them apart, because in a remote window the URI of a repository is another one for menus than for extensions.
 */
const runningKey = 'parley.writesCommitMessage';

/** Writes commit messages into the box of Source Control. */
export class CommitMessages implements vscode.Disposable {
  private readonly running = new Map<string, AbortController>();

  constructor(
    private readonly ports: Pick<SourceControlPorts, 'client' | 'targets' | 'log'>,
    private readonly counter: TokenCounter,
  ) {}

  /**
   * Writes a message for the staged changes, or for all if none are staged, after what the user has begun.
   *
   * @param clicked What VS Code passes to a button in the title of Source Control.
   */
  async generate(clicked: unknown): Promise<void> {
    const repository = await findRepository(clicked);
    if (repository === undefined || this.running.has(keyOf(repository))) return;
    const stopping = new AbortController();
    this.running.set(keyOf(repository), stopping);
    try {
      await this.tellMenus();
      await vscode.window.withProgress({ location: vscode.ProgressLocation.SourceControl }, () =>
        this.write(repository, stopping),
      );
    } finally {
      this.running.delete(keyOf(repository));
      await this.tellMenus();
    }
  }

  /** Stops the message of the clicked repository, or all that are being written. What has been written stays. */
  async stop(clicked: unknown): Promise<void> {
    const repository = this.running.size > 1 ? await findRepository(clicked) : undefined;
    const one = repository && this.running.get(keyOf(repository));
    for (const stopping of one === undefined ? this.running.values() : [one]) stopping.abort();
  }

  dispose(): void {
    for (const stopping of this.running.values()) stopping.abort();
  }

  private async write(repository: Repository, stopping: AbortController): Promise<void> {
    const again = (): Promise<void> => this.generate({ rootUri: repository.rootUri });
    const isStopped = (): boolean => stopping.signal.aborted;
    const facts = await this.readFacts(repository);
    if (facts === undefined) return;
    const target = await chatTarget(this.ports.targets, again);
    if (target === undefined || isStopped()) return;
    // While Source Control is visible, the user sees the message, and VS Code connects the box with its document.
    await vscode.commands.executeCommand('workbench.view.scm');
    const style = await readStyle(repository, target.instructions);
    const isIgnored = await findIgnored(repository, facts.files);
    const { begun, template } = readBox(repository);
    const count = (text: string): number => this.counter.countText(target.model, text);
    const plan = (room: number): { messages: readonly PromptMessage[]; fitted: FittedChanges } =>
      commitMessagePrompt({ ...facts, ...style, begun, template }, room, { count, isIgnored });
    const room = promptRoom(target, mostTokens);
    let { messages, fitted } = plan(room);
    const box = new CommitBox(repository, template === '' ? begun.length : 0, () => {
      stopping.abort();
    });
    const end = template === '' ? '' : '\n';
    const show = (answer: string, isComplete: boolean): string => {
      const text = continuation(begun, cleanCommitMessage(answer, isComplete));
      if (text !== '') box.write(text + end);
      return text;
    };
    try {
      let reply = await this.ask(target, messages, stopping.signal, show);
      if (wasTooLong(reply) && !isStopped()) {
        // A refused request costs nothing, so a shorter one may follow by itself.
        ({ messages, fitted } = plan(Math.floor(room / 2)));
        reply = await this.ask(target, messages, stopping.signal, show);
      }
      const isWritten = show(reply.text, isUsable(reply.ending)) !== '';
      await box.settled();
      this.ports.log.info(`Wrote a commit message from ${fitted.total} files.\n${listFitted(fitted)}`.trim());
      if (isStopped()) return;
      if ('failure' in reply.ending && !isUsable(reply.ending))
        await tellFailure(reply.ending.failure, again);
      else if (isWritten) tellWhatWasSent(facts.isStaged, fitted);
      else void vscode.window.showWarningMessage(vscode.l10n.t("The model's reply has no commit message."));
    } finally {
      box.dispose();
    }
  }

  /** The changes to describe. Undefined without changes, or if git cannot commit now; a message has told why. */
  private async readFacts(
    repository: Repository,
  ): Promise<Pick<CommitFacts, 'files' | 'isStaged' | 'merges'> | undefined> {
    const { files, isStaged } = await readUncommitted(repository);
    const conflicts = repository.state.mergeChanges.length;
    if (conflicts > 0) {
      void vscode.window.showWarningMessage(
        conflicts === 1
          ? vscode.l10n.t('1 file has conflicts. Resolve them before you commit.')
          : vscode.l10n.t('{0} files have conflicts. Resolve them before you commit.', conflicts),
      );
      return undefined;
    }
    const merge = await readMerge(repository);
    if (merge !== undefined && repository.inputBox.value.trim() === '' && merge.prepared !== '') {
      repository.inputBox.value = merge.prepared;
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'A merge is in progress. The message that Git prepared is in the box. Generate again to continue it.',
        ),
      );
      return undefined;
    }
    if (files.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Nothing has changed since the last commit.'));
      return undefined;
    }
    return { files, isStaged, merges: merge?.name };
  }

  private async ask(
    { route, model, maxOutput }: ChatTarget,
    messages: readonly PromptMessage[],
    signal: AbortSignal,
    show: (answer: string, isComplete: boolean) => void,
  ): Promise<OnceReply> {
    let answer = '';
    const question = { modelId: model.modelId, messages, ...(maxOutput !== null && { maxOutput }) };
    return await askOnce(this.ports.client, route, question, { longestReply }, signal, (part) => {
      if (part.kind === 'text' && (part.choice ?? 0) === 0) show((answer += part.text), false);
      else if (part.kind === 'text-was-reasoning' && (part.choice ?? 0) === 0)
        answer = answer.slice(0, Math.max(0, answer.length - part.length));
    });
  }

  private async tellMenus(): Promise<void> {
    await vscode.commands.executeCommand('setContext', runningKey, this.running.size > 0);
  }
}

function keyOf({ rootUri }: Repository): string {
  return rootUri.toString();
}

function wasTooLong({ ending, text }: OnceReply): boolean {
  return ending.outcome === 'failed' && ending.failure.kind === 'request-too-large' && text === '';
}

function tellWhatWasSent(isStaged: boolean, fitted: FittedChanges): void {
  const sentences = [
    isStaged ? '' : vscode.l10n.t('Nothing is staged, so the message describes all changes.'),
    describeFitted(fitted),
  ];
  const text = sentences.filter((sentence) => sentence !== '').join(' ');
  if (text !== '') void vscode.window.showInformationMessage(text);
}
