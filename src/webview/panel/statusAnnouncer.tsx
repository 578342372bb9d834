import type { JSX } from 'preact';
import type { Outcome } from '../state/answerProgress';
import { usePanel } from '../state/panelParts';

/** Tells screen readers how an answer ended. Streaming text is never announced. */
export function StatusAnnouncer(): JSX.Element {
  const { store, t } = usePanel();
  const words: Record<Outcome, string> = {
    completed: t('Answer complete'),
    stopped: t('Stopped'),
    'output-limit': t('Answer stopped at the output limit'),
    'window-full': t('Answer stopped because the context window is full'),
    incomplete: t('Answer incomplete'),
    failed: t('Failed'),
    'all-completed': t('All answers complete'),
  };
  const outcome = store.outcome.value;
  const one = store.lastOfSeveral.value;
  const ofOne = (): string => {
    if (one === null) return '';
    if (one.outcome === 'failed') return t('{0} failed', one.modelName);
    return one.outcome === 'completed'
      ? t('{0} answered', one.modelName)
      : t('{0}: {1}', one.modelName, words[one.outcome]);
  };
  return (
    <div role="status" class="visually-hidden">
      {outcome === null ? ofOne() : words[outcome]}
    </div>
  );
}
