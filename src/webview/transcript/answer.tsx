import { useSignal } from '@preact/signals';
import { Fragment, type JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Ending } from '../../shared/answer/ending';
import { isPlainStop } from '../../shared/answer/isPlainStop';
import { Icon } from '../kit/icon';
import { lazyComponent } from '../kit/lazyComponent';
import { codesIn } from '../markdown/code/codeOnPage';
import type { AnswerFacts } from '../state/messageFacts';
import { gatewayNameOf, withGateway } from '../state/gatewayNameOf';
import { usePanel } from '../state/panelParts';
import { AnswerActions } from './answerActions';
import { AnswerHeading } from './answerHeading';
import { messageContext } from './messageContext';
import { Reasoning } from './reasoning';
import { StreamedMarkdown } from './streamedMarkdown';

/** Loaded when it is used, because few people use it. */
const TokenProbabilities = lazyComponent(
  async () => (await import('./tokenProbabilities')).TokenProbabilities,
);

/** Failure sentences are long. They are loaded in idle time, before most of them are needed. */
const FailureNotice = lazyComponent(async () => (await import('./failureNotice')).FailureNotice);
const RetryNotice = lazyComponent(async () => (await import('./retryNotice')).RetryNotice);

/** Pictures, sounds and videos. Most answers have none. */
const MediaList = lazyComponent(async () => (await import('./mediaList')).MediaList);
const GeneratedMedia = lazyComponent(async () => (await import('./generatedMedia')).GeneratedMedia);
const SourceList = lazyComponent(async () => (await import('./sourceList')).SourceList);
const PromptProgress = lazyComponent(async () => (await import('./promptProgress')).PromptProgress);

const ForkNote = lazyComponent(async () => (await import('./forkNote')).ForkNote);

/** Few answers change several files. */
const ApplyAll = lazyComponent(async () => (await import('./applyAll')).ApplyAll);

const ToolUses = lazyComponent(async () => (await import('./toolUses')).ToolUses);

interface AnswerProps {
  readonly facts: AnswerFacts;
  /** Position in the conversation, from 1; null for one of several side by side. */
  readonly position: number | null;
  /** For one of several: true if the conversation can continue with it. */
  readonly isPickable?: boolean;
}

/** An answer, or why there is none. */
export function Answer({ facts, position, isPickable = false }: AnswerProps): JSX.Element {
  const { store, t } = usePanel();
  const wantsTokens = useSignal(false);
  const { id, ending, stage } = facts;
  const article = useRef<HTMLElement>(null);
  /** The files that its code blocks name, as far as it is drawn. */
  const files = useSignal<readonly string[]>([]);
  const showsTokens = wantsTokens.value && stage === 'ended' && facts.hasTokens;
  return (
    <article
      ref={article}
      class="message answer"
      aria-label={withGateway(facts.modelName, gatewayNameOf(store.state.value, facts.gatewayId))}
      aria-posinset={position ?? undefined}
      aria-setsize={position === null ? undefined : -1}
      tabIndex={position === null ? 0 : undefined}
      data-message={id}
      data-vscode-context={messageContext(id, 'assistant', stage === 'ended' && position !== null)}
    >
      <AnswerHeading facts={facts} />
      <Parts
        facts={facts}
        showsTokens={showsTokens}
        onWhole={() => {
          const targets = article.current === null ? [] : filesIn(article.current);
          if (targets.length > 1) files.value = targets;
        }}
      />
      {facts.generation !== null && <GeneratedMedia facts={facts} generation={facts.generation} />}
      {stage === 'ended' && files.value.length > 1 && <ApplyAll id={id} files={files.value} />}
      {facts.sources.length > 0 && <SourceList sources={facts.sources} />}
      {facts.promptRead !== null && <PromptProgress share={facts.promptRead} />}
      {stage === 'waiting' &&
        (facts.retry === null ? (
          facts.generation === null && <Waiting />
        ) : (
          <RetryNotice retry={facts.retry} />
        ))}
      {ending?.outcome === 'cancelled' && (
        <p class="note">
          <Icon name="stop-circle" />
          {t('Stopped')}
        </p>
      )}
      {ending !== null && isNoteworthy(ending) && <FailureNotice id={id} ending={ending} />}
      <AnswerActions
        facts={facts}
        isCompared={position === null}
        isPickable={isPickable}
        showsTokens={showsTokens}
        onToggleTokens={() => {
          wantsTokens.value = !wantsTokens.value;
        }}
      />
      {facts.origin !== null && <ForkNote origin={facts.origin} />}
    </article>
  );
}

interface PartsProps {
  readonly facts: AnswerFacts;
  readonly showsTokens: boolean;
  /** Called each time a whole text has been drawn. */
  readonly onWhole: () => void;
}

/** The parts of an answer in their order. The elements of a part stay when other parts join. */
function Parts({ facts: { id, parts, media, generation }, showsTokens, onWhole }: PartsProps): JSX.Element {
  const firstText = parts.find(({ kind }) => kind === 'text');
  return (
    <>
      {parts.map((part) => {
        const key = `${part.kind} ${part.index}`;
        switch (part.kind) {
          case 'text':
            return (
              <Fragment key={key}>
                {showsTokens && part === firstText && <TokenProbabilities id={id} />}
                {/* Hidden rather than removed, so that it need not be drawn again. */}
                <div class="answer-text" hidden={showsTokens}>
                  <StreamedMarkdown id={id} kind="text" index={part.index} onWhole={onWhole} />
                </div>
              </Fragment>
            );
          case 'reasoning':
            return <Reasoning key={key} id={id} part={part} />;
          case 'media':
            // They have places of their own, which are there before they come.
            if (generation !== null) return null;
            return <MediaList key={key} id={id} media={media} from={part.from} to={part.to} />;
          case 'tool-calls':
            return <ToolUses key={key} id={id} uses={part.uses} />;
        }
      })}
    </>
  );
}

/** The files that the code blocks of an answer name, without those of its reasoning. */
function filesIn(article: Element): readonly string[] {
  const texts = [...article.querySelectorAll(':scope > .answer-text')];
  return [...new Set(texts.flatMap(codesIn).flatMap(({ targets }) => targets()))];
}

/** True for an incomplete answer, even if an older journal recorded it as completed. */
function isNoteworthy(ending: Ending): boolean {
  if (ending.outcome === 'completed') return !isPlainStop(ending.finishReason);
  return ending.outcome !== 'cancelled';
}

/** Displayed until the first words come. */
function Waiting(): JSX.Element {
  return (
    <div class="waiting" aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  );
}
