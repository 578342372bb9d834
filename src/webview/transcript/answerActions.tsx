import type { JSX } from 'preact';
import { IconButton } from '../iconButton';
import type { AnswerFacts } from '../messageFacts';
import { usePanel } from '../panelContext';
import { CopyButton } from './copyButton';
import { describeUsage } from './usageText';
import { VersionSwitch } from './versionSwitch';

interface AnswerActionsProps {
  readonly facts: AnswerFacts;
  /** True while the answer's tokens stand in for its text. */
  readonly showsTokens: boolean;
  readonly onToggleTokens: () => void;
}

/** What can be done about an answer. While it streams only the way to its versions; null when there is none. */
export function AnswerActions({
  facts,
  showsTokens,
  onToggleTokens,
}: AnswerActionsProps): JSX.Element | null {
  const { store, post, follower, t } = usePanel();
  const { id, versions } = facts;
  const hasEnded = facts.stage === 'ended';
  if (!hasEnded && versions.length < 2) return null;
  return (
    <div class="actions">
      {hasEnded && store.textOf(id, 'text') !== '' && <CopyButton textOf={() => store.textOf(id, 'text')} />}
      {hasEnded && (
        <IconButton
          icon="refresh"
          label={t('Regenerate')}
          class="idle-only"
          onPress={() => {
            if (store.streaming.peek()) return;
            follower.follow();
            post('regenerate', { id });
          }}
        />
      )}
      {hasEnded && facts.hasTokens && (
        <IconButton
          icon="graph"
          label={t('Probabilities')}
          hint={t('Show how sure the model was of each word')}
          pressed={showsTokens}
          onPress={() => {
            follower.release();
            onToggleTokens();
          }}
        />
      )}
      <VersionSwitch key="versions" id={id} versions={versions} />
      {hasEnded && <UsageFigure facts={facts} />}
    </div>
  );
}

function UsageFigure({ facts }: { readonly facts: AnswerFacts }): JSX.Element | null {
  const { language, t } = usePanel();
  const usage = facts.usage === null ? null : describeUsage(facts.usage, language, t);
  if (usage === null) return null;
  return (
    <span class="usage" title={usage.details}>
      {usage.summary}
      <span class="visually-hidden">{`. ${usage.details}`}</span>
    </span>
  );
}
