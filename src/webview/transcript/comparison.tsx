import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { addStyles } from '../kit/addStyles';
import type { PanelStore } from '../state/panelStore';
import { usePanel } from '../state/panelParts';
import { Answer } from './answer';
import { comparisonFocusId } from '../scrolling/focusAfterSwitch';
import styles from './comparison.css' with { type: 'text' };
import { ComparisonTabs, tabId, tabPanelId } from './comparisonTabs';
import { isNarrow } from './isNarrow';

addStyles(styles);

interface ComparisonProps {
  /** The prompt that several models got. */
  readonly id: string;
  /** Its answers in the order of their columns. */
  readonly answers: readonly string[];
  /** Position in the conversation, from 1. */
  readonly position: number;
}

/**
 * Answers to one prompt, until the user continues with one: side by side, or one at a time with a tab for each model in
 * a narrow panel. The arrow keys move between the columns or the tabs.
 */
export function Comparison({ id, answers, position }: ComparisonProps): JSX.Element {
  const { store, follower, focusAfterSwitch, t } = usePanel();
  const group = useRef<HTMLDivElement>(null);
  const chosen = useSignal<string | null>(null);
  const hasTabs = isNarrow.value;
  const selected = answers.find((answer) => answer === chosen.value) ?? answers[0] ?? '';
  useLayoutEffect(() => {
    if (focusAfterSwitch.take(comparisonFocusId(id)) === null) return;
    const first = hasTabs ? document.getElementById(tabId(selected)) : columnsOf(group.current)[0];
    first?.focus({ preventScroll: true });
  }, []);
  return (
    // A feed may only contain articles.
    <article
      class="message side-by-side"
      aria-label={t('Answers')}
      aria-posinset={position}
      aria-setsize={-1}
      data-message={`comparison ${id}`}
    >
      <div
        ref={group}
        class={hasTabs ? 'comparison-columns tabbed' : 'comparison-columns'}
        role="group"
        aria-label={t('Comparison of {0} answers', answers.length)}
        onKeyDown={goToColumn}
      >
        {hasTabs && (
          <ComparisonTabs
            answers={answers}
            selected={selected}
            isPickable={isPickable(store, selected, answers)}
            onSelect={(answer) => {
              // The answers differ in height: the head stays where it is.
              follower.release();
              chosen.value = answer;
            }}
          />
        )}
        {answers.map((answer) => (
          <Column
            key={answer}
            id={answer}
            answers={answers}
            hasTab={hasTabs}
            isHidden={hasTabs && answer !== selected}
          />
        ))}
      </div>
    </article>
  );
}

interface ColumnProps {
  readonly id: string;
  /** All answers side by side. */
  readonly answers: readonly string[];
  /** True if a tab shows it, which has the button to continue with it. */
  readonly hasTab: boolean;
  readonly isHidden: boolean;
}

function Column({ id, answers, hasTab, isHidden }: ColumnProps): JSX.Element | null {
  const { store } = usePanel();
  const facts = store.message(id)?.value;
  if (facts?.role !== 'assistant') return null;
  return (
    <div
      id={tabPanelId(id)}
      class="comparison-column"
      role={hasTab ? 'tabpanel' : undefined}
      aria-labelledby={hasTab ? tabId(id) : undefined}
      hidden={isHidden}
    >
      <Answer facts={facts} position={null} isPickable={!hasTab && isPickable(store, id, answers)} />
    </div>
  );
}

/** A failed answer can be picked only if there is no other. */
function isPickable(store: PanelStore, id: string, answers: readonly string[]): boolean {
  const hasFailed = (answer: string): boolean => {
    const facts = store.message(answer)?.value;
    return facts?.role === 'assistant' && facts.ending?.outcome === 'failed';
  };
  return !hasFailed(id) || answers.every(hasFailed);
}

function columnsOf(group: HTMLElement | null): HTMLElement[] {
  return [...(group?.querySelectorAll<HTMLElement>(':scope > .comparison-column > article') ?? [])];
}

/** Handles keys only for the column itself, because arrows have other meanings in its content. */
function goToColumn(event: KeyboardEvent): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const columns = columnsOf(event.currentTarget);
  const index = columns.findIndex((column) => column === event.target);
  if (index === -1) return;
  const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
  const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const back = isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
  if (event.key !== forward && event.key !== back) return;
  event.preventDefault();
  columns[index + (event.key === forward ? 1 : -1)]?.focus();
}
