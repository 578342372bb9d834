import type { JSX } from 'preact';
import type { ContextMeter as Context } from '../../shared/messages/toView';
import { usePanel } from '../state/panelParts';
import { compactNumber } from '../kit/compactNumber';

/** How much of the model's context window the conversation uses. Nothing is displayed while that is unknown. */
export function ContextMeter(): JSX.Element | null {
  const { store, language, t } = usePanel();
  const context = store.state.value?.context ?? null;
  if (context === null) return null;
  const number = new Intl.NumberFormat(language);
  const used = number.format(context.used);
  if (context.window === null) {
    return (
      <span class="context-figure" title={t("The size of the model's context window is unknown.")}>
        {t('{0} tokens', used)}
      </span>
    );
  }
  const text = t('{0} of {1} tokens', used, number.format(context.window));
  const lines = [text];
  if (context.reserved > 0) lines.push(t('Reserved for the answer: {0}', number.format(context.reserved)));
  if (context.dropped > 0) lines.push(t('Oldest messages left out: {0}', number.format(context.dropped)));
  return (
    <div
      class={`context-meter ${isTight(context) ? 'tight' : ''}`}
      role="meter"
      aria-label={t('Context')}
      aria-valuemin={0}
      aria-valuemax={context.window}
      aria-valuenow={Math.min(context.used, context.window)}
      aria-valuetext={lines.join('. ')}
      title={lines.join('\n')}
    >
      <div class="context-bar">
        <div class="context-used" style={{ width: share(context.used, context.window) }} />
        <div class="context-reserved" style={{ width: share(context.reserved, context.window) }} />
      </div>
      <span class="context-words">
        {t(
          '{0} of {1}',
          new Intl.NumberFormat(language, { style: 'percent' }).format(
            context.used / Math.max(1, context.window),
          ),
          compactNumber(context.window, language),
        )}
      </span>
    </div>
  );
}

/** True if little room is left, or if a part of the conversation is no longer sent. */
function isTight({ used, reserved, window, dropped }: Context): boolean {
  return dropped > 0 || (window !== null && used + reserved > window * 0.9);
}

function share(tokens: number, window: number): string {
  return `${window <= 0 ? 0 : Math.min(100, (tokens / window) * 100)}%`;
}
