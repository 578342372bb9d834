import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { attachmentWords } from '../../shared/conversation/attachmentWords';
import type { PromptRecord } from '../../shared/conversation/promptRecord';
import { addStyles } from '../kit/addStyles';
import { Icon } from '../kit/icon';
import { IconButton } from '../kit/iconButton';
import type { OwnRequests, SentPrompt } from '../state/contextUsage';
import { usePanel } from '../state/panelParts';
import { describeUsage } from '../kit/usageText';
import styles from './contextDetails.css' with { type: 'text' };
import { CostTable } from './costTable';
import type { ChipWords } from './partWords';
import { PromptParts } from './promptParts';
import { TokenHeading } from './tokenHeading';

addStyles(styles);

interface ContextDetailsProps {
  /** The button that opened the popover. */
  readonly opener: RefObject<HTMLButtonElement | null>;
  /** Closes it. `returnsFocus` is false if the focus is somewhere else already. */
  readonly onClose: (returnsFocus: boolean) => void;
}

/** Request numbers only grow while the page lives, so that a late reply never looks like a newer one. */
let lastRequest = 0;

/**
 * What the next prompt consists of, what the last one consisted of, and what Parley asked for by itself. A popover in the top
 * layer, above its button. It closes with Escape, with its button, and when the focus or a click goes elsewhere.
 */
export function ContextDetails({ opener, onClose }: ContextDetailsProps): JSX.Element {
  const { store, replies, t } = usePanel();
  const popover = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    popover.current?.showPopover();
    popover.current?.focus({ preventScroll: true });
  }, []);
  usePlaceAbove(popover, opener);
  useCloseOnClickOutside(popover, opener, onClose);
  useFreshPlan();
  const plan = replies.plan.value?.plan ?? null;
  const { last, requests, cost } = store.contextUsage.value;
  return (
    <div
      ref={popover}
      class="context-details"
      popover="manual"
      role="dialog"
      aria-labelledby="context-details-title"
      tabIndex={-1}
      onKeyDown={(event) => {
        // Escape only closes the popover; a streaming answer continues.
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose(true);
      }}
      onFocusOut={({ relatedTarget, currentTarget }) => {
        // A click on the button closes it by itself.
        if (relatedTarget === opener.current || !(relatedTarget instanceof Node)) return;
        if (!currentTarget.contains(relatedTarget)) onClose(false);
      }}
    >
      <div class="context-details-top">
        <h2 id="context-details-title">{t('Context Window')}</h2>
        <IconButton
          icon="close"
          label={t('Close')}
          hint={t('Close (Escape)')}
          onPress={() => {
            onClose(true);
          }}
        />
      </div>
      {plan !== null && <NextPrompt modelName={plan.modelName} record={plan.record} />}
      {last !== null && <LastPrompt last={last} />}
      {requests.length > 0 && <Requests requests={requests} />}
      <CostTable cost={cost} />
      <p class="context-note">{t('Token counts are estimates unless the gateway reported them.')}</p>
    </div>
  );
}

/** Asks the host for the plan when the popover opens, and again when what it depends on has changed. */
function useFreshPlan(): void {
  const { store, draft, post } = usePanel();
  const text = draft.text.value;
  useEffect(() => {
    lastRequest += 1;
    post('plan-prompt', { request: lastRequest, text });
  }, [store.state.value, store.path.value, store.streaming.value, text]);
}

/** Keeps the popover above its button and inside the panel. */
function usePlaceAbove(popover: RefObject<HTMLElement | null>, opener: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const place = (): void => {
      if (popover.current === null || opener.current === null) return;
      const from = opener.current.getBoundingClientRect();
      const { style, offsetWidth } = popover.current;
      const left = Math.max(8, Math.min(from.right - offsetWidth, innerWidth - offsetWidth - 8));
      style.left = `${left}px`;
      style.bottom = `${innerHeight - from.top + 4}px`;
      style.maxHeight = `${Math.max(80, from.top - 12)}px`;
    };
    place();
    addEventListener('resize', place);
    return () => {
      removeEventListener('resize', place);
    };
  }, []);
}

function useCloseOnClickOutside(
  popover: RefObject<HTMLElement | null>,
  opener: RefObject<HTMLElement | null>,
  onClose: (returnsFocus: boolean) => void,
): void {
  useLayoutEffect(() => {
    const onPointerDown = ({ target }: PointerEvent): void => {
      const isInside = [popover, opener].some(
        ({ current }) => target instanceof Node && current?.contains(target) === true,
      );
      if (!isInside) onClose(false);
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown, true);
    };
  }, []);
}

interface NextPromptProps {
  readonly modelName: string;
  readonly record: PromptRecord;
}

function NextPrompt({ modelName, record }: NextPromptProps): JSX.Element {
  const { store, t } = usePanel();
  const chips = store.state.value?.attachments ?? [];
  const chipOf = (id: string): ChipWords | undefined => chips.find((chip) => chip.id === id);
  return (
    <section>
      <TokenHeading>{t('Next Prompt to {0}', modelName)}</TokenHeading>
      <PromptParts name={t('Next Prompt')} record={record} chipOf={chipOf} />
    </section>
  );
}

function LastPrompt({
  last: { modelName, record, attachments, usage, cut },
}: {
  readonly last: SentPrompt;
}): JSX.Element {
  const { language, t } = usePanel();
  const number = new Intl.NumberFormat(language);
  const chipOf = (id: string): ChipWords | undefined => {
    const attachment = attachments.find((candidate) => candidate.id === id);
    return attachment === undefined ? undefined : attachmentWords(attachment, language, t);
  };
  const counted = usage === null || usage.estimated === true ? undefined : usage.promptTokens;
  return (
    <section>
      <TokenHeading>{t('Last Prompt to {0}', modelName)}</TokenHeading>
      <PromptParts name={t('Last Prompt')} record={record} chipOf={chipOf} />
      {counted !== undefined && (
        <p class="context-note">
          {usage?.cachedTokens === undefined
            ? t('The gateway counted {0} tokens.', number.format(counted))
            : t(
                'The gateway counted {0} tokens, {1} of them cached.',
                number.format(counted),
                number.format(usage.cachedTokens),
              )}
        </p>
      )}
      {cut !== null && (
        <p class="context-note context-warning">
          <Icon name="warning" />
          {t(
            'The gateway read only {0} of about {1} tokens of the prompt.',
            number.format(cut.read),
            number.format(cut.expected),
          )}
        </p>
      )}
    </section>
  );
}

/** The requests that Parley made by itself in this chat. */
function Requests({ requests }: { readonly requests: readonly OwnRequests[] }): JSX.Element {
  const { language, t } = usePanel();
  const number = new Intl.NumberFormat(language);
  return (
    <section>
      <TokenHeading>{t('Requests by Parley in This Chat')}</TokenHeading>
      <table class="context-parts" aria-label={t('Requests by Parley in This Chat')}>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{t('Purpose')}</th>
            <th scope="col">{t('Tokens')}</th>
          </tr>
        </thead>
        <tbody>
          {requests.map(({ purpose, count, usage }) => {
            const words = describeUsage(usage, language, t);
            const label =
              purpose === 'title'
                ? t('Chat titles ({0})', number.format(count))
                : t('Summaries ({0})', number.format(count));
            return (
              <tr key={purpose}>
                <th scope="row">
                  <span class="context-part">
                    <Icon name={purpose === 'title' ? 'edit' : 'note'} />
                    <span class="context-part-words">{label}</span>
                  </span>
                </th>
                <td>
                  <span aria-hidden="true">{words?.summary ?? '0'}</span>
                  <span class="visually-hidden">{words?.details ?? '0'}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
