import type { JSX } from 'preact';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

interface FailedChatsProps {
  readonly count: number;
  readonly isOpen: boolean;
  /** True for the one row that Tab stops at. */
  readonly active: boolean;
  readonly onToggle: () => void;
}

/** The line that shows and hides the conversations that hold only a failed prompt. */
export function FailedChats({ count, isOpen, active, onToggle }: FailedChatsProps): JSX.Element {
  const { t } = usePanel();
  return (
    <button
      type="button"
      class="history-open history-failed"
      aria-expanded={isOpen}
      tabIndex={active ? 0 : -1}
      onClick={onToggle}
    >
      <Icon name="chevron-right" />
      <span>{t('{0} failed chats', count)}</span>
    </button>
  );
}
