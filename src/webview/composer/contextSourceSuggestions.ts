import { type ContextSource, contextSources } from '../../shared/messages/toView';
import type { Translate } from '../../shared/kit/translate';
import type { IconName } from '../kit/icon';
import type { Suggestion } from './suggestions';

interface Words {
  readonly icon: IconName;
  readonly label: string;
  readonly description: string;
}

/** The context sources whose names match the text after `#`; all of them for an empty query. */
export function contextSourceSuggestions(t: Translate, query: string): readonly Suggestion[] {
  const wanted = query.toLowerCase();
  return contextSources
    .map((source) => ({ source, ...wordsOf(t)[source] }))
    .filter(({ source, label }) => source.startsWith(wanted) || label.toLowerCase().includes(wanted))
    .map(({ source, icon, label, description }) => {
      const chosen = { intent: 'attach-context', source } as const;
      return { id: source, icon, label, description, group: null, chosen };
    });
}

function wordsOf(t: Translate): Readonly<Record<ContextSource, Words>> {
  return {
    selection: {
      icon: 'list-selection',
      label: t('Selection'),
      description: t('The selection in the editor'),
    },
    file: { icon: 'file-code', label: t('File'), description: t('The file in the active editor') },
    problems: { icon: 'warning', label: t('Problems'), description: t('Errors and warnings of that file') },
    changes: { icon: 'git-compare', label: t('Changes'), description: t('Uncommitted Git changes') },
    terminal: {
      icon: 'terminal',
      label: t('Terminal'),
      description: t('The last output of the active terminal'),
    },
  };
}
