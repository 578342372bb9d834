import type { JSX } from 'preact';
import type { Outcome } from '../state/answerProgress';
import { usePanel } from '../state/panelParts';

/** Tells screen readers how an answer ended. Streaming text is never announced. */
export function StatusAnnouncer(): JSX.Element {
  const { store, t } = usePanel();
  const words: Record<Outcome, string> = {
    completed: t('Answer complete'),
    stopped: t('Stopped'),
    failed: t('Failed'),
    'all-completed': t('All answers complete'),
  };
  const outcome = store.outcome.value;
  const one = store.lastOfSeveral.value;
  const ofOne = (): string => {
    if (one === null) return '';
    return one.outcome === 'failed' ? t('{0} failed', one.modelName) : t('{0} answered', one.modelName);
  };
  return (
    <div role="status" class="visually-hidden">
      {outcome === null ? ofOne() : words[outcome]}
    </div>
  );
}
