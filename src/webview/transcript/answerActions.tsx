import type { JSX } from 'preact';
import { effortSentMark } from '../../shared/failure/nameOfUnsupportedParameter';
import type { Translate } from '../../shared/kit/translate';
import { IconButton } from '../kit/iconButton';
import type { AnswerFacts } from '../state/messageFacts';
import { usePanel } from '../state/panelParts';
import type { MenuAction } from './actionMenu';
import { ActionMenu } from './actionMenu';
import { CopyButton } from './copyButton';
import { MessageTime } from './messageTime';
import { PickButton } from './pickButton';
import { describeCosts } from '../kit/describeCosts';
import { describeParameters } from '../parameters/describeParameters';
import { describeUsage } from '../kit/usageText';
import { VersionSwitch } from './versionSwitch';

interface AnswerActionsProps {
  readonly facts: AnswerFacts;
  /** True while it is displayed beside others. One is to be picked first. */
  readonly isCompared: boolean;
  readonly isPickable: boolean;
  /** True while the tokens are displayed instead of the text. */
  readonly showsTokens: boolean;
  readonly onToggleTokens: () => void;
}

/** The actions of an answer. While it streams, it can be copied and its versions can be displayed. */
export function AnswerActions(props: AnswerActionsProps): JSX.Element | null {
  const { store, follower, t } = usePanel();
  const { facts, isCompared, isPickable, showsTokens, onToggleTokens } = props;
  const { id, versions } = facts;
  const hasEnded = facts.stage === 'ended';
  const { hasText } = facts;
  if (!hasEnded && !hasText && !isPickable && versions.length < 2) return null;
  return (
    <div class="actions">
      {isPickable && <PickButton id={id} />}
      {hasText && <CopyButton key="copy" textOf={() => store.textOf(id)} />}
      {hasEnded && !isCompared && <RegenerateButton id={id} />}
      {hasEnded && facts.hasTokens && (
        <IconButton
          icon="graph"
          label={t('Probabilities')}
          hint={t('Show the probability of each token')}
          pressed={showsTokens}
          onPress={() => {
            follower.release();
            onToggleTokens();
          }}
        />
      )}
      {hasEnded && !isCompared && <LessUsedActions id={id} hasText={hasText} />}
      {!isCompared && <VersionSwitch key="versions" id={id} versions={versions} />}
      {hasEnded && <Figures facts={facts} />}
    </div>
  );
}

function RegenerateButton({ id }: { readonly id: string }): JSX.Element {
  const { store, post, follower, t } = usePanel();
  return (
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
  );
}

/** In a menu at every width, so that few buttons are beside it and only one is named "Regenerate". */
function LessUsedActions({ id, hasText }: { readonly id: string; readonly hasText: boolean }): JSX.Element {
  const { store, reading, post, t } = usePanel();
  const actions: MenuAction[] = [
    {
      icon: 'unmute',
      label: t('Read Aloud'),
      off: !hasText,
      run: () => {
        reading.value = { id, turn: (reading.peek()?.turn ?? 0) + 1 };
      },
    },
    {
      icon: 'arrow-swap',
      label: t('Regenerate with Another Model'),
      off: store.streaming.value,
      run: () => {
        post('regenerate-with', { id });
      },
    },
    {
      icon: 'repo-forked',
      label: t('Fork from Here'),
      off: false,
      run: () => {
        post('fork', { id });
      },
    },
  ];
  return <ActionMenu actions={actions} />;
}

/** Its time, its duration, its tokens and its cost. */
function Figures({ facts }: { readonly facts: AnswerFacts }): JSX.Element {
  const { language, t } = usePanel();
  const usage = facts.usage === null ? null : describeUsage(facts.usage, language, t);
  const cost = facts.costs.length === 0 ? null : describeCosts(facts.costs, language, t);
  const duration = facts.seconds === null ? null : describeDuration(facts.seconds, language, t);
  return (
    <span class="figures">
      <MessageTime at={facts.createdAt} />
      {duration !== null && (
        <span class="duration" title={duration.details}>
          {duration.summary}
        </span>
      )}
      {usage !== null && (
        <span class="usage" title={usage.details}>
          <span aria-hidden="true">
            {usage.summary}
            {usage.more !== '' && <span class="usage-more">{` · ${usage.more}`}</span>}
          </span>
          <span class="visually-hidden">{usage.details}</span>
        </span>
      )}
      <Effort facts={facts} />
      {cost !== null && (
        <span class="cost" title={cost.details}>
          <span aria-hidden="true">{cost.summary}</span>
          <span class="visually-hidden">{cost.details}</span>
        </span>
      )}
    </span>
  );
}

/** The thinking effort that was sent, and whether the gateway refused it. */
function Effort({ facts }: { readonly facts: AnswerFacts }): JSX.Element | null {
  const { t } = usePanel();
  const { parameters, adaptations } = facts;
  const { effort } = parameters;
  if (effort === undefined) return null;
  const [sent = ''] = describeParameters({ effort }, t);
  const isRefused = adaptations.some((part) => part.split(' ')[0] === 'reasoning_effort');
  const text = isRefused ? t('{0} (refused)', sent) : sent;
  const form = adaptations.findLast((part) => part.startsWith(effortSentMark))?.slice(effortSentMark.length);
  const lines = [
    text,
    ...(form === undefined || isRefused ? [] : [t('Sent as {0}', form)]),
    ...describeParameters(parameters, t).filter((one) => one !== sent),
  ];
  return (
    <span class="effort" title={lines.join('\n')}>
      {text}
    </span>
  );
}

function describeDuration(
  seconds: number,
  language: string,
  t: Translate,
): { readonly summary: string; readonly details: string } {
  if (seconds < 1) return { summary: t('< 1 s'), details: t('Took less than a second') };
  const rounded = new Intl.NumberFormat(language, { maximumFractionDigits: seconds < 10 ? 1 : 0 }).format(
    seconds,
  );
  return { summary: t('{0} s', rounded), details: t('Took {0} s', rounded) };
}
