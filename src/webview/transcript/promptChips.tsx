import type { JSX } from 'preact';
import type {
  Attachment,
  CodeAttachment,
  ImageAttachment,
  TextAttachment,
} from '../../shared/conversation/attachment';
import { attachmentWords } from '../../shared/conversation/attachmentWords';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import { useEnlarge } from './lightboxProvider';

/** The attachments of a prompt: code that opens on a click, and pictures. */
export function PromptChips({
  attachments,
}: {
  readonly attachments: readonly Attachment[];
}): JSX.Element | null {
  const { t } = usePanel();
  if (attachments.length === 0) return null;
  const pictures = attachments.filter((attachment) => attachment.kind === 'image').filter(isHere);
  return (
    <ul class="chips" role="list" aria-label={t('Attached')}>
      {attachments.map((attachment) =>
        attachment.kind === 'image' ? (
          <PictureChip key={attachment.id} picture={attachment} pictures={pictures} />
        ) : (
          <TextChip key={attachment.id} text={attachment} />
        ),
      )}
    </ul>
  );
}

function TextChip({ text }: { readonly text: CodeAttachment | TextAttachment }): JSX.Element {
  const { post, language, t } = usePanel();
  const { icon, label, description } = attachmentWords(text, language, t);
  return (
    <li class="chip">
      <button
        type="button"
        class="chip-open"
        title={description}
        onClick={() => {
          post('open-attachment', { id: text.id });
        }}
      >
        <Icon name={icon} />
        <span class="chip-label" dir="auto">
          {label}
        </span>
      </button>
    </li>
  );
}

/**
 * A loaded picture is displayed as a thumbnail. A picture on the web stays a name, because its address can carry data
 * away.
 */
function PictureChip({
  picture,
  pictures,
}: {
  readonly picture: ImageAttachment;
  /** All loaded pictures of the prompt. */
  readonly pictures: readonly ImageAttachment[];
}): JSX.Element {
  const { language, t } = usePanel();
  const enlarge = useEnlarge();
  return (
    <li class="chip" title={attachmentWords(picture, language, t).description}>
      {isHere(picture) ? (
        <button
          type="button"
          class="enlarge"
          aria-label={t('Enlarge {0}', picture.name)}
          onClick={() => {
            enlarge(
              pictures.map(({ url, name }) => ({ url, name, medium: null })),
              pictures.indexOf(picture),
            );
          }}
        >
          <img class="chip-thumbnail" src={picture.url} alt={picture.name} />
        </button>
      ) : (
        <span class="chip-text">
          <Icon name="file-media" />
          <span class="chip-label">{picture.name}</span>
        </span>
      )}
    </li>
  );
}

function isHere({ url }: ImageAttachment): boolean {
  return url.startsWith('data:image/');
}
