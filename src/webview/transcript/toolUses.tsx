import type { JSX } from 'preact';
import { Icon } from '../kit/icon';
import type { ToolUse } from '../state/messageFacts';
import { usePanel } from '../state/panelParts';

/** The tools that an answer called, each as a folded line with its arguments and its result. */
export function ToolUses({ uses }: { readonly uses: readonly ToolUse[] }): JSX.Element {
  return (
    <div class="tool-uses">
      {uses.map((use, index) => (
        <ToolUseFold key={index} use={use} />
      ))}
    </div>
  );
}

function ToolUseFold({ use: { call, result } }: { readonly use: ToolUse }): JSX.Element {
  const { t } = usePanel();
  return (
    <details class="fold">
      <summary>
        <Icon name={call.complete ? 'tools' : 'warning'} />
        <span>
          {call.complete
            ? t('Called {0}', call.name)
            : `${call.name} · ${t('Call was truncated and not run')}`}
        </span>
        <Icon name="chevron-right" />
      </summary>
      <pre aria-label={t('Arguments')}>{indented(call.arguments)}</pre>
      {result !== null && (
        <>
          <p class="tool-result">{t('Result')}</p>
          <pre aria-label={t('Result')}>{indented(result)}</pre>
        </>
      )}
    </details>
  );
}

/** JSON set out over lines; anything else as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Cut arguments are no JSON, and a result may be any text.
    return text;
  }
}
