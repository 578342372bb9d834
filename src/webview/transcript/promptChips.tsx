import type { JSX } from 'preact';
import type { Attachment, CodeAttachment, ImageAttachment, TextAttachment } from '../../shared/attachment';
import { Icon } from '../icon';
import { usePanel } from '../panelContext';

/** What went with a prompt: pieces of code, each to open with a click, and pictures. */
export function PromptChips({
  attachments,
}: {
  readonly attachments: readonly Attachment[];
}): JSX.Element | null {
  const { t } = usePanel();
  if (attachments.length === 0) return null;
  return (
    <ul class="chips" role="list" aria-label={t('Attached')}>
      {attachments.map((attachment) =>
        attachment.kind === 'image' ? (
          <PictureChip key={attachment.id} picture={attachment} />
        ) : (
          <TextChip key={attachment.id} text={attachment} />
        ),
      )}
    </ul>
  );
}

function TextChip({ text }: { readonly text: CodeAttachment | TextAttachment }): JSX.Element {
  const { post, t } = usePanel();
  return (
    <li class="chip">
      <button
        type="button"
        class="chip-open"
        title={
          text.kind === 'text'
            ? text.name
            : t('{0}, lines {1} to {2}', text.path, text.startLine, text.endLine)
        }
        onClick={() => {
          post('open-attachment', { id: text.id });
        }}
      >
        <Icon name={text.kind === 'text' ? 'file-media' : 'code'} />
        <span class="chip-label">{text.kind === 'text' ? text.name : labelOf(text)}</span>
      </button>
    </li>
  );
}

/** A picture whose data is here is shown small; one on the web stays a name, since its address can carry data out. */
function PictureChip({ picture }: { readonly picture: ImageAttachment }): JSX.Element {
  const isHere = picture.url.startsWith('data:image/');
  return (
    <li class="chip" title={picture.name}>
      {isHere ? (
        <img class="chip-thumbnail" src={picture.url} alt={picture.name} />
      ) : (
        <span class="chip-text">
          <Icon name="file-media" />
          <span class="chip-label">{picture.name}</span>
        </span>
      )}
    </li>
  );
}

function labelOf({ scope, name, startLine, endLine }: CodeAttachment): string {
  if (scope === 'file') return name;
  return startLine === endLine ? `${name}:${startLine}` : `${name}:${startLine}-${endLine}`;
}
