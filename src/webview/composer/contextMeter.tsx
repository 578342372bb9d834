import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Translate } from '../../shared/kit/translate';
import type { ContextMeter as Context } from '../../shared/messages/toView';
import { usePanel } from '../state/panelParts';
import { compactNumber } from '../kit/compactNumber';
import { lazyComponent } from '../kit/lazyComponent';

const ContextDetails = lazyComponent(async () => (await import('./contextDetails')).ContextDetails);

/**
 * How much of the model's context window the conversation uses, with a button that shows what it consists of. Nothing is
 * displayed while that is unknown.
 */
export function ContextMeter(): JSX.Element | null {
  const { store, language, t } = usePanel();
  const opener = useRef<HTMLButtonElement>(null);
  const open = useSignal(false);
  const context = store.state.value?.context ?? null;
  if (context === null) return null;
  const lines = describe(context, language, t);
  const close = (returnsFocus: boolean): void => {
    open.value = false;
    if (returnsFocus) opener.current?.focus({ preventScroll: true });
  };
  return (
    <div class="context">
      {context.window === null ? (
        <span class="context-figure">{lines[0]}</span>
      ) : (
        <Meter context={context} window={context.window} valueText={lines.join('. ')} />
      )}
      {/* Covers the meter. A button in it, or around it, would hide the value from screen readers. */}
      <button
        type="button"
        ref={opener}
        class="context-open"
        aria-label={t('Show Context Window')}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        title={[...lines, t('Click to see what is sent.')].join('\n')}
        onClick={() => {
          open.value = !open.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open.peek()) return;
          event.stopPropagation();
          close(true);
        }}
      />
      {open.value && <ContextDetails opener={opener} onClose={close} />}
    </div>
  );
}

interface MeterProps {
  readonly context: Context;
  readonly window: number;
  readonly valueText: string;
}

function Meter({ context, window, valueText }: MeterProps): JSX.Element {
  const { language, t } = usePanel();
  const share = new Intl.NumberFormat(language, { style: 'percent' }).format(
    context.used / Math.max(1, window),
  );
  return (
    <div
      class={`context-meter ${isTight(context) ? 'tight' : ''}`}
      role="meter"
      aria-label={t('Context')}
      aria-valuemin={0}
      aria-valuemax={window}
      aria-valuenow={Math.min(context.used, window)}
      aria-valuetext={valueText}
    >
      <div class="context-bar">
        <div class="context-used" style={{ width: percentOf(context.used, window) }} />
        <div class="context-reserved" style={{ width: percentOf(context.reserved, window) }} />
      </div>
      <span class="context-words">{t('{0} of {1}', share, compactNumber(window, language))}</span>
    </div>
  );
}

/** The tokens in words, one fact per line. The first line says how many are used. */
function describe({ used, reserved, window, dropped }: Context, language: string, t: Translate): string[] {
  const number = new Intl.NumberFormat(language);
  if (window === null) {
    const size = t("The size of the model's context window is unknown.");
    return [t('{0} tokens', number.format(used)), size];
  }
  return [
    t('{0} of {1} tokens', number.format(used), number.format(window)),
    ...(reserved > 0 ? [t('Reserved for the answer: {0}', number.format(reserved))] : []),
    ...(dropped > 0 ? [t('Oldest messages left out: {0}', number.format(dropped))] : []),
  ];
}

/** True if little room is left, or if a part of the conversation is no longer sent. */
function isTight({ used, reserved, window, dropped }: Context): boolean {
  return dropped > 0 || (window !== null && used + reserved > window * 0.9);
}

function percentOf(tokens: number, window: number): string {
  return `${window <= 0 ? 0 : Math.min(100, (tokens / window) * 100)}%`;
}
