import * as vscode from 'vscode';
import { describeTestFailure } from '../../core/failingTests/describeTestFailure';
import { failingTestMessages } from '../../core/failingTests/failingTestMessages';
import { readTestFix } from '../../core/failingTests/readTestFix';
import { splitText } from '../../core/edits/lines/lineEdit';
import { isUsable, type OnceReply } from '../../core/prompt/askOnce';
import type { PromptMessage } from '../../core/ports/promptMessage';
import { promptRoom } from '../../core/sourceControl/promptRoom';
import { baseName } from '../../core/text/baseName';
import type { Attachment } from '../../shared/conversation/attachment';
import { openAnswer } from '../chat/openAnswer';
import { isReadOnly } from '../inlineEdit/isReadOnly';
import { askWithProgress } from '../sourceControl/askWithProgress';
import { chatTarget, type ChatTarget } from '../sourceControl/chatTarget';
import type { SourceControlPorts } from '../sourceControl/sourceControlPorts';
import { tellFailure } from '../sourceControl/tellFailure';
import type { TerminalPorts } from '../terminal/terminalPorts';
import { plainText } from '../ui/plainText';
import { ContextGuard } from '../workspace/contextGuard';
import { WorkspaceRules } from '../workspace/workspaceRules';
import { readClicked } from './readClicked';
import { testedFiles, type OpenedFile } from './testedFiles';

/** What `FailingTests` needs of the rest of the host. */
export type FailingTestPorts = TerminalPorts & Pick<SourceControlPorts, 'reviews'>;

/** The most tokens of a prompt. */
const mostTokens = 24_000;
/** The longest reply that is read, in UTF-16 units. */
const longestReply = 200_000;

/** Fixes failing tests. In a bundle of its own, which is loaded on first use. */
export class FailingTests implements vscode.Disposable {
  private readonly rules = new WorkspaceRules();
  private readonly guard: ContextGuard;

  constructor(private readonly ports: FailingTestPorts) {
    this.guard = new ContextGuard(this.rules, ports.modelName);
  }

  /**
   * Asks for the change that fixes a failing test. A change of one file is shown as a diff, another answer as a chat.
   *
   * @param clicked What VS Code passes to a menu of a test message.
   */
  async fix(clicked: unknown): Promise<void> {
    const found = readClicked(clicked);
    if (found === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Choose Fix Failing Test in the menu of a message in the test results.'),
      );
      return;
    }
    const target = await chatTarget(this.ports.targets, () => this.fix(clicked));
    if (target === undefined) return;
    const files = await testedFiles(found.places, this.guard);
    if (files.length === 0 && found.places.length > 0) return;
    const failure = describeTestFailure(found.failure);
    const { instructions } = target;
    const question = { failure, files, instructions, language: vscode.env.language };
    const askedAt = this.ports.now();
    const reply = await this.ask(target, failingTestMessages(question, promptRoom(target, mostTokens)), () =>
      this.fix(clicked),
    );
    if (reply === undefined || (await this.propose(reply, files, target))) return;
    await openAnswer(this.ports, {
      text: vscode.l10n.t('Fix this failing test.'),
      attachments: [failureChip(found.failure.name, failure), ...files.map(fileChip)],
      target,
      reply,
      askedAt,
      answeredAt: this.ports.now(),
    });
  }

  dispose(): void {
    this.rules.dispose();
  }

  /** Returns undefined if the user stopped the request, or if there is no answer; a message has told why. */
  private async ask(
    target: ChatTarget,
    messages: readonly PromptMessage[],
    again: () => Promise<void>,
  ): Promise<OnceReply | undefined> {
    const title = vscode.l10n.t('Asking {0} for a fix…', plainText(target.modelName));
    const reply = await askWithProgress(this.ports.client, target, messages, { title, longestReply });
    if (reply === undefined) return undefined;
    if (!isUsable(reply.ending) && 'failure' in reply.ending) {
      void tellFailure(reply.ending.failure, again);
      return undefined;
    }
    if (reply.text.trim() !== '') return reply;
    void vscode.window.showWarningMessage(vscode.l10n.t("The model's reply is empty."));
    return undefined;
  }

  /** Shows the change of one file as a diff. Returns false if the answer is something else, or if the file is read-only. */
  private async propose(
    { text }: OnceReply,
    files: readonly OpenedFile[],
    { modelName }: ChatTarget,
  ): Promise<boolean> {
    // The files may have changed while the answer came.
    const current = files.map(({ path, document }) => ({ path, lines: splitText(document.getText()).lines }));
    const fix = readTestFix(text, current);
    const document = fix && files.find(({ path }) => path === fix.path)?.document;
    if (fix === undefined || document === undefined || (await isReadOnly(document))) return false;
    const { eol } = splitText(document.getText());
    const reviews = await this.ports.reviews();
    await reviews.propose(document, fix.lines.join(eol), { modelName });
    return true;
  }
}

function failureChip(name: string, text: string): Attachment {
  return {
    kind: 'text',
    id: crypto.randomUUID(),
    scope: 'problems',
    name: vscode.l10n.t('Failure of {0}', name),
    languageId: 'text',
    text,
    truncated: false,
  };
}

function fileChip({ document, path, lines, languageId }: OpenedFile): Attachment {
  return {
    kind: 'code',
    id: crypto.randomUUID(),
    scope: 'file',
    name: baseName(path),
    path,
    uri: document.uri.toString(),
    languageId,
    startLine: 1,
    endLine: lines.length,
    lineCount: lines.length,
    text: document.getText(),
    truncated: false,
  };
}
