import type { JSX } from 'preact';
import type { Attachment } from '../../shared/attachment';
import { Icon } from '../icon';
import { usePanel } from '../panelContext';

/** The pieces of code that went with a prompt; a click opens one. */
export function PromptChips({
  attachments,
}: {
  readonly attachments: readonly Attachment[];
}): JSX.Element | null {
  const { post, t } = usePanel();
  if (attachments.length === 0) return null;
  return (
    <ul class="chips" role="list" aria-label={t('Attached')}>
      {attachments.map((attachment) => (
        <li class="chip" key={attachment.id}>
          <button
            type="button"
            class="chip-open"
            title={t('{0}, lines {1} to {2}', attachment.path, attachment.startLine, attachment.endLine)}
            onClick={() => {
              post('open-attachment', { id: attachment.id });
            }}
          >
            <Icon name="code" />
            <span class="chip-label">{labelOf(attachment)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function labelOf({ scope, name, startLine, endLine }: Attachment): string {
  if (scope === 'file') return name;
  return startLine === endLine ? `${name}:${startLine}` : `${name}:${startLine}-${endLine}`;
}
