import * as vscode from 'vscode';
import type { Session } from '../../core/conversation/session';
import type { TokenCounter } from '../../core/prompt/tokenCounter';
import { fitChanges } from '../../core/sourceControl/fitChanges';
import { promptRoom } from '../../core/sourceControl/promptRoom';
import type { ChangedFile } from '../../core/sourceControl/readDiff';
import { readFindings } from '../../core/sourceControl/readFindings';
import { messageText, selectedPath } from '../../shared/conversation/conversation';
import type { TextAttachment } from '../../shared/conversation/attachment';
import { DisposableStore } from '../../shared/kit/disposable';
import type { Repository } from '../workspace/gitApi';
import { chatTarget } from './chatTarget';
import { describeFitted, listFitted } from './describeFitted';
import { findIgnored } from './findIgnored';
import { FindingThreads, type PlacedFinding } from './findingThreads';
import { findRepository } from './findRepository';
import { fixFinding } from './fixFinding';
import { pickReviewScope } from './pickReviewScope';
import type { SourceControlPorts } from './sourceControlPorts';

/** The most tokens of the changes, and the fewest, whatever the window. */
const mostTokens = 60_000;
const fewestTokens = 500;

/** A review whose answer has not ended. */
interface RunningReview {
  readonly repository: Repository;
  readonly files: readonly ChangedFile[];
}

/** Reviews changes: a chat in the panel, whose findings are comments on the lines. */
export class ChangeReviews implements vscode.Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly threads = this.subscriptions.add(new FindingThreads());
  /** By the id of the conversation. */
  private readonly running = new Map<string, RunningReview>();

  constructor(
    private readonly ports: SourceControlPorts,
    private readonly counter: TokenCounter,
  ) {
    this.subscriptions.add(
      ports.pool.finished.on((session) => {
        this.finish(session).catch((error: unknown) => {
          ports.log.error(`Showing the findings of a review failed: ${String(error)}`);
        });
      }),
    );
  }

  /** Asks what to review, and asks the model in a new chat. */
  async start(clicked: unknown): Promise<void> {
    const repository = await findRepository(clicked);
    const scope = repository && (await pickReviewScope(repository));
    if (repository === undefined || scope === undefined) return;
    const { panels, submission, restored, log } = this.ports;
    const target = await chatTarget(this.ports.targets, () => this.start(clicked));
    if (target === undefined) return;
    const files = await scope.read();
    const prompt = reviewPrompt();
    const count = (text: string): number => this.counter.countText(target.model, text);
    const used = target.instructions.reduce((sum, { text }) => sum + count(text), count(prompt));
    const fitted = fitChanges(files, {
      tokens: Math.max(fewestTokens, promptRoom(target, mostTokens) - used - 100),
      count,
      isIgnored: await findIgnored(repository, files),
      style: 'numbered',
    });
    log.info(`Reviewing ${fitted.total} files.\n${listFitted(fitted)}`.trim());
    const shown = fitted.whole.length + fitted.partial.length;
    const said = describeFitted(fitted);
    if (shown === 0) {
      const nothing = vscode.l10n.t('There are no changes to review.');
      void vscode.window.showInformationMessage([nothing, said].join(' ').trim());
      return;
    }
    if (said !== '') void vscode.window.showInformationMessage(said);
    const attachment: TextAttachment = {
      kind: 'text',
      id: crypto.randomUUID(),
      scope: 'changes',
      name: scope.name,
      languageId: 'diff',
      text: fitted.text,
      truncated: shown < fitted.total || fitted.partial.length > 0,
      amount: { shown, total: fitted.total },
    };
    await restored();
    const { sessions, page } = panels.used;
    if (!sessions.current.empty) sessions.startNew();
    this.running.set(sessions.current.conversation.id, { repository, files });
    await submission.askAbout(sessions.current, [attachment], prompt);
    await page.reveal();
  }

  /** Asks for the change that fixes a finding, and shows it. The finding is done when a part of the change is accepted. */
  async fix(thread: unknown): Promise<void> {
    const found = this.threads.find(thread);
    if (found !== undefined && (await fixFinding(this.ports, found.placed)))
      await this.threads.dismiss(thread);
  }

  /** Removes a finding. */
  async dismiss(thread: unknown): Promise<void> {
    await this.threads.dismiss(thread);
  }

  /** Removes all findings. */
  async dismissAll(): Promise<void> {
    await this.threads.dismissAll();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async finish({ conversation }: Session): Promise<void> {
    const review = this.running.get(conversation.id);
    const answer = selectedPath(conversation).findLast(({ role }) => role === 'assistant');
    if (review === undefined || answer?.role !== 'assistant') return;
    this.running.delete(conversation.id);
    const { repository, files } = review;
    const reviewed = files.filter(({ kind }) => kind !== 'deleted');
    const found = readFindings(
      messageText(answer),
      reviewed.map(({ path }) => path),
    );
    const placed = found.flatMap((finding): PlacedFinding[] =>
      finding.path === undefined
        ? []
        : [
            {
              finding,
              file: reviewed.find(({ path }) => path === finding.path),
              uri: vscode.Uri.joinPath(repository.rootUri, finding.path),
            },
          ],
    );
    await this.threads.dismissAll();
    const count = await this.threads.show(placed, answer.modelName);
    if (count === 0) return;
    const show = vscode.l10n.t('Show Comments');
    const text =
      count === 1
        ? vscode.l10n.t('The review found 1 problem. It is a comment on its line.')
        : vscode.l10n.t('The review found {0} problems. They are comments on their lines.', count);
    if ((await vscode.window.showInformationMessage(text, show)) === show)
      await vscode.commands.executeCommand('workbench.action.focusCommentsPanel');
  }
}

function reviewPrompt(): string {
  return [
    vscode.l10n.t(
      'Review these changes. Report only real problems that they cause: bugs, security holes, lost data, races, broken contracts, risky code without tests. Begin with a summary of one to three sentences. Then list each problem as one item of this form, with the number in front of the line in the attachment:',
    ),
    `- \`path/to/file:12\` (${vscode.l10n.t('bug')}): ${vscode.l10n.t('the problem, and how to fix it')}`,
    vscode.l10n.t('If there is no problem, say so.'),
  ].join('\n\n');
}
