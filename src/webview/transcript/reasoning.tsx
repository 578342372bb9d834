import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import type { ShownPart } from '../state/shownPart';
import { StreamedMarkdown } from './streamedMarkdown';

interface ReasoningProps {
  /** The answer of the reasoning. */
  readonly id: string;
  readonly part: Extract<ShownPart, { kind: 'reasoning' }>;
}

/** One part of a model's reasoning, folded. It is drawn when it is opened. */
export function Reasoning({ id, part: { index, seconds, grows } }: ReasoningProps): JSX.Element {
  const { t } = usePanel();
  const opened = useSignal(false);
  return (
    <details
      class="reasoning"
      onToggle={(event) => {
        if (event.currentTarget.open) opened.value = true;
      }}
    >
      <summary class={grows ? 'busy' : ''}>
        <Icon name="chevron-right" />
        <span>
          {grows ? t('Thinking…') : seconds === null ? t('Thoughts') : t('Thought for {0} s', seconds)}
        </span>
      </summary>
      {opened.value && <StreamedMarkdown id={id} kind="reasoning" index={index} />}
    </details>
  );
}
