import type { Signal } from '@preact/signals';
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from '../kit/icon';
import { IconButton } from '../kit/iconButton';
import { usePanel } from '../state/panelParts';
import { useComposerField } from './composerField';

/** A message of the composer about something that was pasted or dropped. */
export type Notice =
  | {
      readonly kind: 'text-attached';
      readonly text: string;
      /** Ids of the chips that existed before. */
      readonly before: ReadonlySet<string>;
      /** The user wants the text in the message instead, so its chip is removed as soon as it appears. */
      readonly inserted: boolean;
    }
  | { readonly kind: 'unreadable'; readonly name: string };

interface ComposerNoticeProps {
  readonly notice: Signal<Notice | null>;
  readonly onInsert: (text: string) => void;
}

/** A line of text above the input. */
export function ComposerNotice({ notice, onInsert }: ComposerNoticeProps): JSX.Element {
  const { post, t } = usePanel();
  const { place, attachments } = useComposerField();
  useSignalEffect(() => {
    const shown = notice.value;
    const chips = attachments.value;
    if (shown?.kind !== 'text-attached' || !shown.inserted) return;
    const chip = chips.findLast(({ kind, id }) => kind === 'text' && !shown.before.has(id));
    if (chip === undefined) return;
    notice.value = null;
    post('remove-attachment', { id: chip.id, ...place });
  });
  const shown = notice.value;
  const isShown = shown !== null && !(shown.kind === 'text-attached' && shown.inserted);
  return (
    <div aria-live="polite">
      {isShown && (
        <div class="composer-notice">
          <Icon name="info" />
          <span class="composer-notice-text">
            {shown.kind === 'unreadable' ? (
              t("Couldn't read {0}. Use the Attach button for other kinds of files.", shown.name)
            ) : (
              <>
                {t('Pasted text was attached')}
                {' · '}
                <button
                  type="button"
                  class="link-button"
                  onClick={() => {
                    notice.value = { ...shown, inserted: true };
                    onInsert(shown.text);
                  }}
                >
                  {t('Insert Instead')}
                </button>
              </>
            )}
          </span>
          <IconButton
            icon="close"
            label={t('Dismiss')}
            onPress={() => {
              notice.value = null;
              onInsert('');
            }}
          />
        </div>
      )}
    </div>
  );
}
