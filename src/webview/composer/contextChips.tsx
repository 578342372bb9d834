import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { GenerationSettings } from '../../shared/answer/generation';
import { takenInput } from '../../shared/answer/takenInput';
import type { GenerationOffer } from '../../shared/answer/generationOffer';
import type { Translate } from '../../shared/kit/translate';
import type { AttachmentChip } from '../../shared/messages/toView';
import { Icon } from '../kit/icon';
import { usePanel } from '../state/panelParts';
import { compactNumber } from '../kit/compactNumber';
import { canHaveMask, ChipMask, whyMaskNotSent } from './chipMask';
import { useComposerField } from './composerField';
import { useKeptFocus } from './useKeptFocus';

/** The class of the part of a chip that opens it. The arrow keys move between these parts. */
const openClass = 'chip-open';

/** The attachments of a prompt that is being written. Each can be opened and removed by mouse and keyboard. */
export function ContextChips(): JSX.Element | null {
  const { store, t } = usePanel();
  const field = useComposerField();
  const offer = store.state.value?.generation;
  const settings = store.parameters.value.generation ?? {};
  // Without a model that follows them, instructions would only clutter the composer.
  const hasModel = (store.state.value?.model ?? null) !== null && offer === undefined;
  const attachments = field.attachments.value.filter(({ kind }) => kind !== 'instructions' || hasModel);
  const list = useKeptFocus(
    attachments.map(({ id }) => id),
    field.inputId,
  );
  if (attachments.length === 0) return null;
  return (
    <ul
      class="chips"
      ref={list}
      role="list"
      aria-label={t('Context')}
      onKeyDown={moveAmongChips(field.inputId)}
    >
      {attachments.map((chip) => (
        <Chip
          key={chip.id}
          chip={chip}
          notSent={offer === undefined ? null : whyNotSent(chip, attachments, offer, settings, t)}
          maskNotSent={whyMaskNotSent(chip, attachments, offer, t)}
          canHaveMask={canHaveMask(chip, attachments, offer)}
        />
      ))}
    </ul>
  );
}

/** Focuses the last chip beside an input. Returns false if there is none. */
export function focusLastChip(input: HTMLElement): boolean {
  const last = chipsBeside(input).at(-1);
  last?.focus();
  return last !== undefined;
}

function Chip({
  chip,
  notSent,
  maskNotSent,
  canHaveMask,
}: {
  readonly chip: AttachmentChip;
  /** Why the model does not get it; null if it does. */
  readonly notSent: string | null;
  /** Why the model does not get its mask; null if it gets the mask, or if the picture has no mask. */
  readonly maskNotSent: string | null;
  readonly canHaveMask: boolean;
}): JSX.Element {
  const { kind, id, icon, label, description, tokens, hasThumbnail } = chip;
  const { post, language, t } = usePanel();
  const { place } = useComposerField();
  const size =
    tokens === null || notSent !== null
      ? null
      : t('{0} tokens', new Intl.NumberFormat(language).format(tokens));
  const remove = (): void => {
    post('remove-attachment', { id, ...place });
  };
  const lines = [description, size, notSent ?? maskNotSent].filter((line) => line !== null);
  return (
    <li class={kind === 'instructions' || notSent !== null ? 'chip calm' : 'chip'}>
      <button
        type="button"
        class={openClass}
        title={lines.join('\n')}
        onClick={() => {
          post('open-attachment', { id });
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Delete' && event.key !== 'Backspace') return;
          event.preventDefault();
          remove();
        }}
      >
        {hasThumbnail === true ? <Thumbnail id={id} /> : <Icon name={icon} />}
        <span class="chip-label" dir="auto">
          {label}
        </span>
        {notSent !== null && (
          <span class="chip-tokens">
            {t('Not sent')}
            <span class="visually-hidden">{`. ${notSent}`}</span>
          </span>
        )}
        {notSent === null && maskNotSent !== null && (
          <span class="chip-tokens">
            {t('Mask not sent')}
            <span class="visually-hidden">{`. ${maskNotSent}`}</span>
          </span>
        )}
        {tokens !== null && notSent === null && (
          <span class="chip-tokens">
            <span aria-hidden="true">
              <span class="chip-tokens-long">{t('{0} tokens', compactNumber(tokens, language))}</span>
              <span class="chip-tokens-short">{compactNumber(tokens, language)}</span>
            </span>
            <span class="visually-hidden">{size}</span>
          </span>
        )}
      </button>
      {canHaveMask && notSent === null && <ChipMask chip={chip} />}
      <button
        type="button"
        class="chip-remove"
        aria-label={t('Remove {0}', label)}
        title={t('Remove {0}', label)}
        onClick={remove}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** Models that make pictures, video or music take pictures at most. */
function whyNotSent(
  chip: AttachmentChip,
  all: readonly AttachmentChip[],
  offer: GenerationOffer,
  settings: GenerationSettings,
  t: Translate,
): string | null {
  const { kind } = offer;
  if (chip.kind !== 'image')
    return kind === 'music'
      ? t('Music models take only a prompt.')
      : t('This model takes only a prompt and pictures.');
  const { mostPictures } = takenInput(offer, settings);
  const place = all.filter((other) => other.kind === 'image').indexOf(chip);
  if (mostPictures === null || place < mostPictures) return null;
  if (kind === 'midjourney')
    return mostPictures === 0
      ? t('This task takes no pictures.')
      : t('This task takes at most {0} pictures.', mostPictures);
  return mostPictures === 0
    ? t('This model takes no pictures.')
    : t('This model takes at most {0} pictures.', mostPictures);
}

/** The picture of a chip in small. The host sends it once; until then there is an icon. */
function Thumbnail({ id }: { readonly id: string }): JSX.Element {
  const { post, replies } = usePanel();
  const url = replies.thumbnails.value.get(id)?.url;
  useEffect(() => {
    if (url === undefined) post('load-thumbnail', { id });
  }, []);
  return url === undefined ? <Icon name="file-media" /> : <img class="chip-preview" src={url} alt="" />;
}

function chipsBeside(element: Element): readonly HTMLElement[] {
  const box = element.closest('.composer-box');
  return [...(box?.querySelectorAll<HTMLElement>(`.${openClass}`) ?? [])];
}

/** Left and Right move between the chips in reading order. The input follows the last one. */
function moveAmongChips(inputId: string): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const { target } = event;
    if (!(target instanceof Element)) return;
    const chip = target.closest('.chip')?.querySelector(`.${openClass}`);
    const chips = chipsBeside(target);
    const place = chips.findIndex((candidate) => candidate === chip);
    if (place < 0) return;
    event.preventDefault();
    const isForward = (event.key === 'ArrowRight') !== (document.documentElement.dir === 'rtl');
    const next = isForward ? place + 1 : Math.max(0, place - 1);
    (chips[next] ?? document.getElementById(inputId))?.focus();
  };
}
