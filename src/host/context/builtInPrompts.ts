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
      description: vscode.l10n.t('Find and fix problems'),
      body: vscode.l10n.t(
        'Find the problems in this code and fix them. Explain the cause, then show the corrected code.',
      ),
      attaches: 'code-and-problems',
    },
    {
      name: 'tests',
      description: vscode.l10n.t('Write tests'),
      body: vscode.l10n.t(
        'Write tests for this code in the style of the project. Cover common cases, edge cases and failures.',
      ),
      attaches: 'code',
    },
    {
      name: 'document',
      description: vscode.l10n.t('Write doc comments'),
      body: vscode.l10n.t(
        'Write doc comments for this code in the usual form of its language. Change nothing else.',
      ),
      attaches: 'code',
    },
    {
      name: 'review',
      description: vscode.l10n.t('Review the code'),
      body: vscode.l10n.t(
        'Review this code. List mistakes, risks and code that is hard to read, most important first. For each, give the line and a better solution.',
      ),
      attaches: 'code',
    },
    {
      name: 'refactor',
      description: vscode.l10n.t('Make the code simpler'),
      body: vscode.l10n.t(
        'Make this code simpler and easier to read without changing what it does. Explain what you changed and why.',
      ),
      attaches: 'code',
    },
    {
      name: 'optimize',
      description: vscode.l10n.t('Make the code faster'),
      body: vscode.l10n.t(
        'Make this code faster or reduce its memory use without changing what it does. Explain where time and memory are spent.',
      ),
      attaches: 'code',
    },
    {
      name: 'types',
      description: vscode.l10n.t('Add or improve types'),
      body: vscode.l10n.t(
        'Add types to this code, or make its existing types more precise. Change nothing else.',
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
      description: vscode.l10n.t('Review uncommitted changes'),
      body: vscode.l10n.t(
        'Review these changes as a careful colleague would before a commit. List mistakes first.',
      ),
      attaches: 'changes',
    },
  ];
}
