import type { JSX } from 'preact';
import {
  effortSentMark,
  nameOfUnsupportedParameter,
  promptCutMark,
} from '../../shared/failure/nameOfUnsupportedParameter';
import { Icon } from '../kit/icon';
import type { AnswerFacts } from '../state/messageFacts';
import { gatewayNameOf } from '../state/gatewayNameOf';
import { usePanel } from '../state/panelParts';

/**
 * The head of an answer: the requested model, the actual model if it differs, and the parts of the request that were
 * left out.
 */
export function AnswerHeading({ facts }: { readonly facts: AnswerFacts }): JSX.Element {
  const { store, language, t } = usePanel();
  const { modelId, gatewayId, servedModel } = facts;
  const gateway = gatewayNameOf(store.state.value, gatewayId);
  const adaptations = facts.adaptations.filter(
    (part) => !part.startsWith(promptCutMark) && !part.startsWith(effortSentMark),
  );
  const [read, all] =
    facts.adaptations
      .find((part) => part.startsWith(promptCutMark))
      ?.slice(promptCutMark.length)
      .split('/') ?? [];
  const servedByOther = servedModel !== null && servedModel !== modelId;
  const lines = gateway === undefined ? [modelId] : [modelId, gateway];
  if (servedByOther) lines.push(t('Answered by {0}', servedModel));
  return (
    <>
      <h2 class="model-name" title={lines.join('\n')}>
        {facts.modelName}
        {gateway !== undefined && <span class="answer-gateway">{` · ${gateway}`}</span>}
        {servedByOther && (
          <span class="served-model">
            <span aria-hidden="true">{` → ${servedModel}`}</span>
            <span class="visually-hidden">{`, ${t('Answered by {0}', servedModel)}`}</span>
          </span>
        )}
      </h2>
      {adaptations.length > 0 && (
        <p class="note adaptations">
          <Icon name="info" />
          <span>
            {t(
              'Sent without {0}, which the gateway refused.',
              new Intl.ListFormat(language).format(
                adaptations.map((part) => nameOfUnsupportedParameter(part, t)),
              ),
            )}
          </span>
        </p>
      )}
      {read !== undefined && (
        <p class="note adaptations">
          <Icon name="info" />
          {t('The gateway read only {0} of about {1} tokens of the prompt.', read, all ?? '')}
        </p>
      )}
      {facts.shortened !== null && <ShortenedNote summary={facts.shortened.summary} />}
    </>
  );
}

/** Tells that the model did not get the whole conversation, and what it got instead. */
function ShortenedNote({ summary }: { readonly summary: string | null }): JSX.Element {
  const { t } = usePanel();
  if (summary === null) {
    return (
      <p class="note adaptations">
        <Icon name="info" />
        {t('Sent without the oldest messages of this chat.')}
      </p>
    );
  }
  return (
    <details class="fold">
      <summary>
        <Icon name="info" />
        <span>{t('Sent with a summary of the oldest messages.')}</span>
        <Icon name="chevron-right" />
      </summary>
      <p class="shortened-summary">{summary}</p>
    </details>
  );
}
