import type { JSX } from 'preact';
import { Icon } from '../icon';
import { IconButton } from '../iconButton';
import type { AnswerFacts } from '../messageFacts';
import { usePanel } from '../panelContext';
import { CopyButton } from './copyButton';
import { FailureNotice } from './failureNotice';
import { Reasoning } from './reasoning';
import { StreamedMarkdown } from './streamedMarkdown';
import { describeUsage } from './usageText';
import { VersionSwitch } from './versionSwitch';

interface AnswerProps {
  readonly facts: AnswerFacts;
  /** Place in the conversation, counted from 1. */
  readonly position: number;
}

/** What a model answered, or why it did not. */
export function Answer({ facts, position }: AnswerProps): JSX.Element {
  const { t } = usePanel();
  const { id, ending, stage } = facts;
  return (
    <article
      class="message answer"
      aria-label={facts.modelName}
      aria-posinset={position}
      aria-setsize={-1}
      data-message={id}
    >
      <ModelName facts={facts} />
      {facts.hasReasoning && <Reasoning facts={facts} />}
      <StreamedMarkdown id={id} field="text" />
      {stage === 'waiting' && <Waiting />}
      {ending?.outcome === 'cancelled' && (
        <p class="note">
          <Icon name="stop-circle" />
          {t('Stopped')}
        </p>
      )}
      {(ending?.outcome === 'failed' || ending?.outcome === 'truncated') && (
        <FailureNotice id={id} failure={ending.failure} isPartial={ending.outcome === 'truncated'} />
      )}
      {stage === 'ended' && <AnswerActions facts={facts} />}
    </article>
  );
}

function ModelName({ facts }: { readonly facts: AnswerFacts }): JSX.Element {
  const { language, t } = usePanel();
  const lines = [facts.modelId];
  if (facts.servedModel !== null && facts.servedModel !== facts.modelId) {
    lines.push(t('Answered by {0}', facts.servedModel));
  }
  lines.push(new Date(facts.createdAt).toLocaleString(language));
  return (
    <div class="model-name" title={lines.join('\n')}>
      {facts.modelName}
    </div>
  );
}

/** Stands in until the first words come. */
function Waiting(): JSX.Element {
  return (
    <div class="waiting" aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  );
}

function AnswerActions({ facts }: { readonly facts: AnswerFacts }): JSX.Element {
  const { store, post, follower, language, t } = usePanel();
  const usage = facts.usage === null ? null : describeUsage(facts.usage, language, t);
  const hasText = store.textOf(facts.id, 'text') !== '';
  return (
    <div class="actions">
      {hasText && <CopyButton textOf={() => store.textOf(facts.id, 'text')} />}
      <IconButton
        icon="refresh"
        label={t('Regenerate')}
        class="idle-only"
        onPress={() => {
          if (store.streaming.peek()) return;
          follower.follow();
          post('regenerate', { id: facts.id });
        }}
      />
      <VersionSwitch id={facts.id} versions={facts.versions} />
      {usage !== null && (
        <span class="usage" title={usage.details}>
          {usage.summary}
        </span>
      )}
    </div>
  );
}
