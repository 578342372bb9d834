import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../kit/icon';
import type { AnswerFacts } from '../state/messageFacts';
import { usePanel } from '../state/panelParts';
import { PickButton } from './pickButton';

interface ComparisonTabsProps {
  /** The answers in their order. */
  readonly answers: readonly string[];
  readonly selected: string;
  /** True if the chat can continue with the selected answer. */
  readonly isPickable: boolean;
  readonly onSelect: (id: string) => void;
}

/** The id of the tab of an answer. */
export function tabId(answer: string): string {
  return `tab-${answer}`;
}

/** The id of the element that a tab shows. */
export function tabPanelId(answer: string): string {
  return `tabpanel-${answer}`;
}

/** One tab for each model, and the button that continues with the selected answer. They stay visible while it is read. */
export function ComparisonTabs({
  answers,
  selected,
  isPickable,
  onSelect,
}: ComparisonTabsProps): JSX.Element {
  const { store, t } = usePanel();
  const list = useRef<HTMLDivElement>(null);
  const go = (id: string): void => {
    onSelect(id);
    const tab = document.getElementById(tabId(id));
    tab?.focus({ preventScroll: true });
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  return (
    <div class="comparison-head">
      <div
        ref={list}
        class="comparison-tabs"
        role="tablist"
        aria-label={t('Compared Models')}
        onKeyDown={(event) => {
          const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
          const next = nextIndex(event.key, answers.indexOf(selected), answers.length, isRightToLeft);
          const id = next === undefined ? undefined : answers[next];
          if (id === undefined) return;
          event.preventDefault();
          go(id);
        }}
      >
        {answers.map((id) => {
          const facts = store.message(id)?.value;
          return facts?.role === 'assistant' ? (
            <Tab
              key={id}
              facts={facts}
              isSelected={id === selected}
              onSelect={() => {
                go(id);
              }}
            />
          ) : null;
        })}
      </div>
      {isPickable && <PickButton key={selected} id={selected} />}
    </div>
  );
}

interface TabProps {
  readonly facts: AnswerFacts;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Tab({ facts, isSelected, onSelect }: TabProps): JSX.Element {
  const { t } = usePanel();
  const { id, modelName, stage, ending } = facts;
  const hasFailed = ending?.outcome === 'failed';
  return (
    <button
      type="button"
      role="tab"
      id={tabId(id)}
      class="comparison-tab"
      aria-selected={isSelected}
      aria-controls={tabPanelId(id)}
      tabIndex={isSelected ? 0 : -1}
      title={modelName}
      onClick={onSelect}
    >
      <span class="comparison-tab-name">{modelName}</span>
      {stage !== 'ended' && <Icon name="loading" />}
      {hasFailed && <Icon name="error" />}
      {(stage !== 'ended' || hasFailed) && (
        <span class="visually-hidden">{hasFailed ? t('Failed') : t('Answering')}</span>
      )}
    </button>
  );
}

/** The index of the tab that a key leads to; undefined for other keys. */
function nextIndex(key: string, index: number, count: number, isRightToLeft: boolean): number | undefined {
  switch (key) {
    case isRightToLeft ? 'ArrowLeft' : 'ArrowRight':
      return (index + 1) % count;
    case isRightToLeft ? 'ArrowRight' : 'ArrowLeft':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
