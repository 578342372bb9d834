import * as vscode from 'vscode';

/** A prompt that comes with Parley. */
export interface BuiltInPrompt {
  /** The text after the slash. It is the same in every UI language. */
  readonly name: string;
  readonly description: string;
  /** May contain the variables of prompt files, such as `${selection}`. */
  readonly body: string;
  /** What is attached. `code` is the selection, or else the code around the cursor. */
  readonly attaches: 'code' | 'code-and-problems' | 'changes';
}

/** Lists the prompts that come with Parley, in VS Code's display language. */
export function builtInPrompts(): readonly BuiltInPrompt[] {
  return [
    {
      name: 'explain',
      description: vscode.l10n.t('Explain how the code works'),
      body: vscode.l10n.t(
        'Explain this code: what it does, how it does it, and what a reader may easily get wrong.',
      ),
      attaches: 'code',
    },
    {
      name: 'fix',
      description: vscode.l10n.t('Find and fix what is wrong'),
      body: vscode.l10n.t(
        'Find what is wrong in this code and fix it. Say what the cause was, then show the corrected code.',
      ),
      attaches: 'code-and-problems',
    },
    {
      name: 'tests',
      description: vscode.l10n.t('Write tests'),
      body: vscode.l10n.t(
        'Write tests for this code in the style of the project: the usual cases, the edges, and the failures.',
      ),
      attaches: 'code',
    },
    {
      name: 'document',
      description: vscode.l10n.t('Write doc comments'),
      body: vscode.l10n.t(
        'Write doc comments for this code in the form that its language uses. Change nothing else.',
      ),
      attaches: 'code',
    },
    {
      name: 'review',
      description: vscode.l10n.t('Review the code'),
      body: vscode.l10n.t(
        'Review this code. Name mistakes, risks and what is hard to read, the most important first, each with the line and a better way.',
      ),
      attaches: 'code',
    },
    {
      name: 'refactor',
      description: vscode.l10n.t('Make the code simpler'),
      body: vscode.l10n.t(
        'Make this code simpler and easier to read without changing what it does. Say what you changed and why.',
      ),
      attaches: 'code',
    },
    {
      name: 'optimize',
      description: vscode.l10n.t('Make the code faster'),
      body: vscode.l10n.t(
        'Make this code faster or lighter without changing what it does. Say where the time or the memory goes.',
      ),
      attaches: 'code',
    },
    {
      name: 'types',
      description: vscode.l10n.t('Add or improve types'),
      body: vscode.l10n.t(
        'Add types to this code, or make those that it has more exact. Change nothing else.',
      ),
      attaches: 'code',
    },
    {
      name: 'translate-comments',
      description: vscode.l10n.t('Translate the comments'),
      body: vscode.l10n.t(
        'Translate the comments of this code to {0}. Change nothing else.',
        `\${input:language:${vscode.l10n.t('English')}}`,
      ),
      attaches: 'code',
    },
    {
      name: 'commit',
      description: vscode.l10n.t('Write a commit message'),
      body: vscode.l10n.t(
        'Write a commit message for these changes: one line of at most 72 characters that says what they do, an empty line, then why.',
      ),
      attaches: 'changes',
    },
    {
      name: 'review-changes',
      description: vscode.l10n.t('Review the changes that are not committed'),
      body: vscode.l10n.t(
        'Review these changes as a careful colleague would before they are committed. Name mistakes first.',
      ),
      attaches: 'changes',
    },
  ];
}
