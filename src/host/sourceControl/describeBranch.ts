import * as vscode from 'vscode';
import { askOnce, isUsable } from '../../core/prompt/askOnce';
import type { TokenCounter } from '../../core/prompt/tokenCounter';
import { branchPrompt } from '../../core/sourceControl/branchPrompt';
import { promptRoom } from '../../core/sourceControl/promptRoom';
import { readDiff } from '../../core/sourceControl/readDiff';
import { withoutOuterFence } from '../../core/sourceControl/withoutOuterFence';
import { plainText } from '../ui/plainText';
import type { Repository } from '../workspace/gitApi';
import { readWorkspaceText } from '../workspace/readWorkspaceText';
import { branchBase } from './branchBase';
import { chatTarget } from './chatTarget';
import { describeFitted } from './describeFitted';
import { findIgnored } from './findIgnored';
import { findRepository } from './findRepository';
import type { SourceControlPorts } from './sourceControlPorts';
import { tellFailure } from './tellFailure';

/** The most tokens of the prompt. */
const mostTokens = 40_000;
/** The longest reply that is read, in UTF-16 units. */
const longestReply = 100_000;
/** So many commits of the branch are sent. */
const mostCommits = 60;
/** Where GitHub, GitLab and Azure DevOps look for a template, and the largest one that is read, in bytes. */
const templates = [
  '.github/pull_request_template.md',
  '.github/PULL_REQUEST_TEMPLATE.md',
  'pull_request_template.md',
  'docs/pull_request_template.md',
  '.gitlab/merge_request_templates/Default.md',
  '.azuredevops/pull_request_template.md',
];
const largestTemplate = 50_000;

/** Writes a description of the current branch for a pull request, and opens it as an untitled Markdown document. */
export async function describeBranch(
  ports: Pick<SourceControlPorts, 'client' | 'targets'>,
  counter: TokenCounter,
  clicked: unknown,
): Promise<void> {
  const again = (): Promise<void> => describeBranch(ports, counter, clicked);
  const repository = await findRepository(clicked);
  if (repository === undefined) return;
  const base = await branchBase(repository);
  if (base === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no other branch to compare the current one with.'),
    );
    return;
  }
  const files = readDiff(await repository.diffBetweenPatch(base, 'HEAD'));
  if (files.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The current branch has no changes against {0}.', plainText(base)),
    );
    return;
  }
  const target = await chatTarget(ports.targets, again);
  if (target === undefined) return;
  const commits = await repository.log({ range: `${base}..HEAD` }).catch(() => []);
  const { messages, fitted } = branchPrompt(
    {
      files,
      branch: repository.state.HEAD?.name ?? 'HEAD',
      base,
      commits: commits.slice(0, mostCommits).map(({ message }) => message),
      template: await readTemplate(repository),
    },
    promptRoom(target, mostTokens),
    {
      count: (text) => counter.countText(target.model, text),
      isIgnored: await findIgnored(repository, files),
    },
  );
  const stopping = new AbortController();
  const title = vscode.l10n.t('{0} describes the branch…', plainText(target.modelName));
  const reply = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      token.onCancellationRequested(() => {
        stopping.abort();
      });
      const question = { modelId: target.model.modelId, messages };
      return await askOnce(ports.client, target.route, question, { longestReply }, stopping.signal);
    },
  );
  if (stopping.signal.aborted) return;
  if (!isUsable(reply.ending) && 'failure' in reply.ending) void tellFailure(reply.ending.failure, again);
  const content = withoutOuterFence(reply.text);
  if (content === '') return;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: false });
  const said = describeFitted(fitted);
  if (said !== '') void vscode.window.showInformationMessage(said);
}

async function readTemplate({ rootUri }: Repository): Promise<string> {
  for (const path of templates) {
    const text = await readWorkspaceText(vscode.Uri.joinPath(rootUri, path), largestTemplate);
    if (text !== undefined) return text;
  }
  return '';
}
