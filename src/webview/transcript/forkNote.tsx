import type { JSX } from 'preact';
import type { ForkOrigin } from '../../shared/conversation/forkOrigin';
import { addStyles } from '../kit/addStyles';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';

addStyles(`
.fork-note {
  display: flex;
  gap: 8px;
  align-items: center;
  margin-block: 10px 4px;
  color: var(--parley-muted);
  font-size: 0.923em;
}

.fork-note::before,
.fork-note::after {
  flex: 1;
  border-block-start: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border, var(--parley-line)));
  content: '';
}

.fork-note > button {
  display: inline-flex;
  gap: 4px;
  align-items: center;
  min-width: 0;
  padding: 1px 4px;
  border: none;
  border-radius: var(--parley-radius-small);
  background: transparent;
}

.fork-note > button:hover {
  color: var(--vscode-foreground);
  text-decoration: underline;
}

.fork-note span:last-child {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.fork-note .codicon {
  font-size: calc(14 * var(--parley-pixel));
}`);

/** Says below the last copied answer which chat a fork comes from, and opens that chat. */
export function ForkNote({ origin }: { readonly origin: ForkOrigin }): JSX.Element {
  const { post, t } = usePanel();
  const label = t('Forked from “{0}”', origin.title);
  return (
    <div class="fork-note">
      <button
        type="button"
        title={label}
        onClick={() => {
          post('open-chat', { id: origin.conversation });
        }}
      >
        <Icon name="repo-forked" />
        <span dir="auto">{label}</span>
      </button>
    </div>
  );
}
