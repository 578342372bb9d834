import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from '../kit/icon';
import type { AnswerFacts } from '../state/messageFacts';
import { usePanel } from '../state/panelParts';
import { StreamedMarkdown } from './streamedMarkdown';

/** What the model thought before it answered, folded. Drawn only once it is opened. */
export function Reasoning({ facts }: { readonly facts: AnswerFacts }): JSX.Element {
  const { t } = usePanel();
  const opened = useSignal(false);
  const thinks = facts.stage === 'reasoning';
  return (
    <details
      class="reasoning"
      onToggle={(event) => {
        if (event.currentTarget.open) opened.value = true;
      }}
    >
      <summary class={thinks ? 'busy' : ''}>
        <Icon name="chevron-right" />
        <span>
          {thinks
            ? t('Thinking…')
            : facts.reasoningSeconds === null
              ? t('Thoughts')
              : t('Thought for {0} s', facts.reasoningSeconds)}
        </span>
      </summary>
      {opened.value && <StreamedMarkdown id={facts.id} field="reasoning" />}
    </details>
  );
}
