import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { GenerationSettings } from '../../shared/answer/generation';
import { acceptedSettings, type GenerationOffer } from '../../shared/answer/generationOffer';
import { choicesFor, modeOf, takenInput } from '../../shared/answer/takenInput';
import type { Translate } from '../../shared/kit/translate';
import type { AttachmentChip } from '../../shared/messages/toView';
import { useComposerField } from './composerField';
import { addStyles } from '../kit/addStyles';
import { Icon } from '../kit/icon';
import { FormDialog } from '../parameters/formDialog';
import { ParameterEdits } from '../parameters/parameterEdits';
import { usePanel } from '../state/panelParts';
import styles from './generationOptions.css' with { type: 'text' };
import { describeSettings } from './describeSettings';
import { OptionFields } from './optionFields';

addStyles(styles);

/** The row of the composer for models that make pictures, video or music: what is chosen, and what the attachments do. */
export function GenerationOptions({ offer }: { readonly offer: GenerationOffer }): JSX.Element {
  const { store, t } = usePanel();
  const { attachments } = useComposerField();
  const opener = useRef<HTMLButtonElement>(null);
  const open = useSignal(false);
  const wanted = store.parameters.value.generation ?? {};
  const settings = acceptedSettings(wanted, choicesFor(offer, wanted));
  const chosen = describeSettings(settings, t).join(' · ');
  const title = titleOf(offer.kind, t);
  const note = noteOf(offer, attachments.value, settings, t);
  const hasOptions = Object.keys(offer.choices).length > 0;
  return (
    <div class="generation-row">
      {hasOptions && (
        <button
          type="button"
          ref={opener}
          class="generation-open"
          aria-label={chosen === '' ? title : `${title}: ${chosen}`}
          aria-haspopup="dialog"
          aria-expanded={open.value}
          title={title}
          onClick={() => {
            open.value = !open.peek();
          }}
        >
          <Icon name="file-media" />
          <span class="generation-chosen">{chosen === '' ? title : chosen}</span>
          <Icon name="chevron-down" />
        </button>
      )}
      {note !== '' && <span class="generation-note">{note}</span>}
      {open.value && (
        <OptionsForm
          offer={offer}
          title={title}
          onClose={(end) => {
            open.value = false;
            if (end === 'closed') opener.current?.focus();
          }}
        />
      )}
    </div>
  );
}

interface OptionsFormProps {
  readonly offer: GenerationOffer;
  readonly title: string;
  readonly onClose: (end: 'closed' | 'left') => void;
}

/** The form with what the model can be asked for. */
function OptionsForm({ offer, title, onClose }: OptionsFormProps): JSX.Element {
  const { store, post, t } = usePanel();
  const { attachments } = useComposerField();
  const [edits] = useState(
    () =>
      new ParameterEdits(store.parameters.peek(), (parameters) => {
        post('set-parameters', { parameters });
      }),
  );
  useSignalEffect(() => {
    edits.follow(store.parameters.value);
  });
  const wanted = edits.shown.value.generation ?? {};
  const choices = choicesFor(offer, wanted);
  const conversationId = store.conversationId.value;
  const shownIn = useRef(conversationId);
  useEffect(() => {
    if (shownIn.current !== conversationId) onClose('left');
  }, [conversationId]);
  return (
    <FormDialog titleId="generation-title" title={title} opener=".generation-open" onClose={onClose}>
      <OptionFields
        choices={choices}
        settings={acceptedSettings(wanted, choices)}
        hasPictures={attachments.value.some(({ kind }) => kind === 'image')}
        onChange={(settings) => {
          if (Object.keys(settings).length > 0) edits.change({ generation: settings }, null);
          else edits.change({}, 'generation');
          edits.flush();
        }}
      />
      <p class="parameter-hint">{t('Nothing is sent for Automatic: the model decides.')}</p>
    </FormDialog>
  );
}

function titleOf(kind: GenerationOffer['kind'], t: Translate): string {
  switch (kind) {
    case 'image':
      return t('Picture Options');
    case 'video':
      return t('Video Options');
    case 'music':
      return t('Music Options');
    case 'midjourney':
      return t('Midjourney Options');
  }
}

/** What the attached pictures are for, or how many are missing; empty when there is nothing to say. */
function noteOf(
  offer: GenerationOffer,
  attachments: readonly AttachmentChip[],
  settings: GenerationSettings,
  t: Translate,
): string {
  const { leastPictures, mostPictures } = takenInput(offer, settings);
  const attached = attachments.filter((attachment) => attachment.kind === 'image').length;
  if (attached < leastPictures)
    return leastPictures === 1 ? t('Attach a picture.') : t('Attach {0} pictures.', leastPictures);
  const count = mostPictures === null ? attached : Math.min(attached, mostPictures);
  if (count === 0) return '';
  if (offer.kind === 'midjourney' && modeOf(offer, settings) !== 'imagine') return '';
  if (offer.kind !== 'image')
    return count === 1 ? t('Starts from 1 picture') : t('Starts from {0} pictures', count);
  if (offer.takesMask === true && attachments.some(({ hasMask }) => hasMask === true))
    return t('Edits a part of the picture');
  return count === 1 ? t('Edits 1 picture') : t('Edits {0} pictures', count);
}
