import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from '../state/panelParts';
import { Answer } from './answer';
import { comparisonFocusId } from '../scrolling/focusAfterSwitch';

interface ComparisonProps {
  /** The prompt that several models got. */
  readonly id: string;
  /** Its answers in the order of their columns. */
  readonly answers: readonly string[];
  /** Position in the conversation, from 1. */
  readonly position: number;
}

/**
 * Answers to one prompt side by side, or one below the other in a narrow panel, until one is picked. The arrow keys
 * move between the columns.
 */
export function Comparison({ id, answers, position }: ComparisonProps): JSX.Element {
  const { focusAfterSwitch, t } = usePanel();
  const group = useRef<HTMLDivElement>(null);
  const name = t('Comparison of {0} answers', answers.length);
  useLayoutEffect(() => {
    if (focusAfterSwitch.take(comparisonFocusId(id)) !== null) columnsOf(group.current)[0]?.focus();
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
      <div ref={group} class="comparison-columns" role="group" aria-label={name} onKeyDown={goToColumn}>
        {answers.map((answer) => (
          <Column key={answer} id={answer} answers={answers} />
        ))}
      </div>
    </article>
  );
}

interface ColumnProps {
  readonly id: string;
  /** All answers side by side. */
  readonly answers: readonly string[];
}

/** A failed answer can be picked only if there is no other. */
function Column({ id, answers }: ColumnProps): JSX.Element | null {
  const { store } = usePanel();
  const facts = store.message(id)?.value;
  const hasFailed = (answer: string): boolean => {
    const other = store.message(answer)?.value;
    return other?.role === 'assistant' && other.ending?.outcome === 'failed';
  };
  const isPickable = !hasFailed(id) || answers.every(hasFailed);
  return facts?.role === 'assistant' ? (
    <Answer facts={facts} position={null} isPickable={isPickable} />
  ) : null;
}

function columnsOf(group: HTMLElement | null): HTMLElement[] {
  return [...(group?.querySelectorAll<HTMLElement>(':scope > article') ?? [])];
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
