import type { JSX } from 'preact';
import { usePanel } from './panelContext';
import type { Outcome } from './store';

/** Tells screen readers how an answer ended. The streaming text itself is never announced. */
export function StatusAnnouncer(): JSX.Element {
  const { store, t } = usePanel();
  const words: Record<Outcome, string> = {
    completed: t('Answer complete'),
    stopped: t('Stopped'),
    failed: t('Failed'),
  };
  const outcome = store.outcome.value;
  return (
    <div role="status" class="visually-hidden">
      {outcome === null ? '' : words[outcome]}
    </div>
  );
}
