import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Translate } from '../../shared/kit/translate';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import type { ToolUse } from '../state/shownPart';

interface ToolUsesProps {
  /** The answer of the calls. */
  readonly id: string;
  readonly uses: readonly ToolUse[];
}

/** Consecutive tool calls of an answer, each as a folded line with its arguments and result. */
export function ToolUses({ id, uses }: ToolUsesProps): JSX.Element {
  return (
    <div class="tool-uses">
      {uses.map((use) => (
        <ToolUseFold key={use.index} id={id} use={use} />
      ))}
    </div>
  );
}

function ToolUseFold({ id, use }: { readonly id: string; readonly use: ToolUse }): JSX.Element {
  const { t } = usePanel();
  const opened = useSignal(false);
  const { call, state, result, index } = use;
  return (
    <details
      class="fold"
      onToggle={(event) => {
        if (event.currentTarget.open) opened.value = true;
      }}
    >
      <summary class={isBusy(use) ? 'busy' : ''}>
        <Icon name={iconOf(use)} />
        <span>{labelOf(use, t)}</span>
        <Icon name="chevron-right" />
      </summary>
      {state !== 'writing' ? (
        <pre aria-label={t('Arguments')}>{indented(call.arguments)}</pre>
      ) : (
        opened.value && <GrowingArguments id={id} index={index} />
      )}
      {result !== null && (
        <>
          <p class="tool-result">{t('Result')}</p>
          <pre aria-label={t('Result')}>{indented(result)}</pre>
        </>
      )}
    </details>
  );
}

/** The arguments of a call while the model writes them. The component renders once. */
function GrowingArguments({ id, index }: { readonly id: string; readonly index: number }): JSX.Element {
  const { store, t } = usePanel();
  const holder = useRef<HTMLPreElement>(null);
  useLayoutEffect(() => {
    const watch = store.watchText(
      id,
      { kind: 'tool-call', index },
      {
        replace: (text) => {
          if (holder.current !== null) holder.current.textContent = text;
        },
        append: (text) => {
          holder.current?.append(text);
        },
        end: () => undefined,
        reopen: () => undefined,
      },
    );
    return () => {
      watch.dispose();
    };
  }, [id, index]);
  return <pre ref={holder} aria-label={t('Arguments')} />;
}

function isBusy({ state }: ToolUse): boolean {
  return state === 'writing' || state === 'running';
}

/** True for a call that was cut off, or whose arguments are invalid. */
function wasCut({ call, state }: ToolUse): boolean {
  return state !== 'writing' && !call.complete;
}

function iconOf(use: ToolUse): 'warning' | 'tools' | 'stop-circle' {
  if (use.state === 'cancelled') return 'stop-circle';
  return wasCut(use) || use.state === 'failed' || use.state === 'denied' ? 'warning' : 'tools';
}

function labelOf(use: ToolUse, t: Translate): string {
  const { name } = use.call;
  if (wasCut(use)) return `${name} · ${t('Call was truncated and not run')}`;
  switch (use.state) {
    case 'writing':
      return t('Writing a call to {0}…', name);
    case 'waiting-for-approval':
      return t('{0} is waiting for approval', name);
    case 'running':
      return t('Running {0}…', name);
    case 'failed':
      return t('{0} failed', name);
    case 'denied':
      return t('{0} was not allowed', name);
    case 'cancelled':
      return t('{0} was stopped', name);
    case 'written':
    case 'done':
      return t('Called {0}', name);
  }
}

/** JSON with line breaks and indentation; other text unchanged. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Incomplete arguments are not JSON, and a result can be any text.
    return text;
  }
}
