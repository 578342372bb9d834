import { contextSources } from '../../shared/messages/toView';
import type { Translate } from '../../shared/kit/translate';
import { contextSourceWords } from '../../shared/messages/contextSourceWords';
import type { Suggestion } from './suggestions';

/** The context sources whose names match the text after `#`; all of them for an empty query. */
export function contextSourceSuggestions(t: Translate, query: string): readonly Suggestion[] {
  const wanted = query.toLowerCase();
  return contextSources
    .map((source) => ({ source, ...contextSourceWords(t)[source] }))
    .filter(({ source, label }) => source.startsWith(wanted) || label.toLowerCase().includes(wanted))
    .map(({ source, icon, label, description }) => {
      const chosen = { intent: 'attach-context', source } as const;
      return { id: source, icon, label, description, group: null, chosen };
    });
}
