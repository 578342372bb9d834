import { l10n } from 'vscode';
import type { Starter } from '../../shared/messages/toView';

/** The text of a first prompt. What it is about is attached. */
export function starterText(starter: Starter): string {
  switch (starter) {
    case 'explain-file':
      return l10n.t(
        'Explain this file: what it does, how it does it, and what a reader may easily get wrong.',
      );
    case 'write-tests':
      return l10n.t(
        'Write tests for this code in the style of the project. Cover common cases, edge cases and failures.',
      );
    case 'review-changes':
      return l10n.t(
        'Review these changes as a careful colleague would before a commit. List mistakes first.',
      );
    case 'fix-problems':
      return l10n.t('Fix these problems. Explain the cause of each one, then show the corrected code.');
  }
}
