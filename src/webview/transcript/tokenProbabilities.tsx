import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Token } from '../../shared/answer/token';
import { usePanel } from '../state/panelParts';
import { formatProbability, sureness, visibleToken } from './formatProbability';

/** An answer as tokens. Each displays how certain the model was and its alternatives. */
export function TokenProbabilities({ id }: { readonly id: string }): JSX.Element {
  const { store, language, t } = usePanel();
  const tokens = useMemo(() => store.tokensOf(id), [id]);
  const list = useRef<HTMLDivElement>(null);
  /** The token that Tab reaches. The arrow keys continue from it. */
  const current = useSignal(0);
  const open = useSignal(false);
  const tooltipId = `alternatives-${id}`;
  const shown = open.value ? tokens[current.value] : undefined;
  // Made once: there can be thousands of tokens, and each key changes two.
  const spans = useMemo(
    () =>
      tokens.map((token, index) => (
        <span
          key={index}
          role="button"
          class="token"
          data-index={index}
          data-sureness={sureness(token.logprob)}
          tabIndex={-1}
          aria-label={`${visibleToken(token.text)} ${formatProbability(token.logprob, language)}`}
        >
          {token.text.replaceAll('\n', '↵\n')}
        </span>
      )),
    [tokens],
  );
  const elementOf = (index: number): HTMLElement | null =>
    list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;

  const place = current.value;
  const isDescribed = shown !== undefined;
  useLayoutEffect(() => {
    const element = elementOf(place);
    if (element === null) return;
    element.tabIndex = 0;
    if (isDescribed) element.setAttribute('aria-describedby', tooltipId);
    return () => {
      element.tabIndex = -1;
      element.removeAttribute('aria-describedby');
    };
  }, [place, isDescribed]);

  return (
    <div class="tokens">
      <div
        ref={list}
        role="group"
        aria-label={t('Probabilities')}
        class="token-list"
        dir="auto"
        onKeyDown={(event) => {
          const next = indexAfter(event.key, current.peek(), tokens.length);
          if (next !== undefined) {
            event.preventDefault();
            elementOf(next)?.focus();
          } else if (event.key === 'Escape' && open.peek()) {
            // It closes the tooltip and does not stop the answer.
            event.preventDefault();
            event.stopPropagation();
            open.value = false;
          } else if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            open.value = !open.peek();
          }
        }}
        onFocusIn={(event) => {
          show(indexOf(event.target));
        }}
        onFocusOut={() => {
          open.value = false;
        }}
        onMouseOver={(event) => {
          show(indexOf(event.target));
        }}
        onMouseLeave={() => {
          open.value = false;
        }}
      >
        {spans}
      </div>
      {shown !== undefined && (
        <Alternatives tooltipId={tooltipId} token={shown} place={() => elementOf(current.peek())} />
      )}
      <p class="note">{t('Underlined tokens were less certain. Use the arrow keys to move between them.')}</p>
    </div>
  );

  function show(index: number | undefined): void {
    if (index === undefined) return;
    current.value = index;
    open.value = true;
  }
}

function indexOf(target: EventTarget | null): number | undefined {
  const index = target instanceof HTMLElement ? target.dataset['index'] : undefined;
  return index === undefined ? undefined : Number(index);
}

/** The token that a key leads to; undefined if there is none. */
function indexAfter(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

interface AlternativesProps {
  readonly tooltipId: string;
  readonly token: Token;
  /** The element of the tooltip. */
  readonly place: () => HTMLElement | null;
}

/** In the top layer, because messages clip their content. */
function Alternatives({ tooltipId, token, place }: AlternativesProps): JSX.Element {
  const { language, t } = usePanel();
  const tooltip = useRef<HTMLDivElement>(null);
  const follow = (): void => {
    const target = place();
    if (tooltip.current !== null && target !== null) standAt(tooltip.current, target);
  };
  useLayoutEffect(() => {
    if (tooltip.current?.matches(':popover-open') === false) tooltip.current.showPopover();
    follow();
  });
  useEffect(() => {
    const listening = new AbortController();
    const options = { capture: true, passive: true, signal: listening.signal } as const;
    addEventListener('scroll', follow, options);
    addEventListener('resize', follow, options);
    return () => {
      listening.abort();
    };
  }, []);
  const others = token.alternatives.filter(({ text }) => text !== token.text);
  return (
    <div ref={tooltip} id={tooltipId} role="tooltip" popover="manual" class="alternatives">
      <Row text={token.text} logprob={token.logprob} isChosen />
      {others.map(({ text, logprob }, index) => (
        <Row key={index} text={text} logprob={logprob} isChosen={false} />
      ))}
      {others.length === 0 && <div class="alternatives-none">{t('No alternatives were sent.')}</div>}
    </div>
  );

  function Row({ text, logprob, isChosen }: RowProps): JSX.Element {
    return (
      <div class={`alternative ${isChosen ? 'chosen' : ''}`}>
        <span class="alternative-text">{visibleToken(text)}</span>{' '}
        <span class="alternative-probability">{formatProbability(logprob, language)}</span>
      </div>
    );
  }
}

interface RowProps {
  readonly text: string;
  readonly logprob: number;
  readonly isChosen: boolean;
}

/** Below the target, or above it if there is no room; always inside the window. */
function standAt(tooltip: HTMLElement, target: HTMLElement): void {
  const gap = 3;
  const [line] = target.getClientRects();
  if (line === undefined) return;
  const { offsetWidth: width, offsetHeight: height } = tooltip;
  const below = line.bottom + gap;
  const top = below + height <= innerHeight ? below : Math.max(gap, line.top - gap - height);
  const left = Math.max(gap, Math.min(line.left, innerWidth - width - gap));
  tooltip.style.top = `${top}px`;
  tooltip.style.left = `${left}px`;
}
