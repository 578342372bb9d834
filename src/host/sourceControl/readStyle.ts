import * as vscode from 'vscode';
import type { CommitFacts } from '../../core/sourceControl/commitMessagePrompt';
import { styleExamples, type StyleExamples } from '../../core/sourceControl/styleExamples';
import type { InstructionText } from '../../core/prompt/target';
import { userValue } from '../settings/userValue';
import type { Repository } from '../workspace/gitApi';
import { readWorkspaceText } from '../workspace/readWorkspaceText';

/** So many commits are looked at for the style. */
const mostCommits = 60;
/** The largest file with conventions that is read, in bytes. */
const largestFile = 100_000;

/** Earlier messages, the branch and conventions of a repository. */
export async function readStyle(
  repository: Repository,
  instructions: readonly InstructionText[],
): Promise<Pick<CommitFacts, 'examples' | 'branch' | 'conventions' | 'instructions' | 'language'>> {
  const [examples, own] = await Promise.all([readExamples(repository), readConventions(repository)]);
  const conventions = userValue('commitInstructions');
  return {
    examples,
    branch: repository.state.HEAD?.name,
    conventions: typeof conventions === 'string' ? conventions : '',
    instructions: [
      ...instructions.filter(({ source }) => source === 'file').map(({ text }) => text),
      ...(own === undefined ? [] : [own]),
    ],
    language: new Intl.DisplayNames(['en'], { type: 'language' }).of(vscode.env.language) ?? 'English',
  };
}

async function readExamples(repository: Repository): Promise<StyleExamples> {
  const [commits, email] = await Promise.all([
    // Rejects before the first commit.
    repository.log({ maxEntries: mostCommits }).catch(() => []),
    repository.getConfig('user.email').catch(() => ''),
  ]);
  return styleExamples(commits, email);
}

/** The conventions that Copilot for JetBrains reads, too. Read in trusted workspaces only, like all instruction files. */
async function readConventions({ rootUri }: Repository): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted || userValue('instructionFiles') === false) return undefined;
  return await readWorkspaceText(
    vscode.Uri.joinPath(rootUri, '.github', 'git-commit-instructions.md'),
    largestFile,
  );
}
