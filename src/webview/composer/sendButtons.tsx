import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isComposing } from '../kit/isSendingEnter';
import { IconButton } from '../kit/iconButton';
import { isMac } from '../kit/isMac';
import { usePanel } from '../state/panelParts';
import { useComposerField } from './composerField';
import { isSendable } from './isSendable';
import { requestPriceId, requestPricesOf } from './requestPrice';

interface SendButtonsProps {
  /** `interrupt` stops the streaming answer. */
  readonly onSend: (interrupt: boolean) => void;
}

/**
 * "Send", or "Stop" while an answer streams, and both if there is also something to send. The first button stays the
 * same element, so that it keeps the focus.
 */
export function SendButtons({ onSend }: SendButtonsProps): JSX.Element {
  const { store, post, t } = usePanel();
  const { draft, attachments } = useComposerField();
  const first = useRef<HTMLButtonElement>(null);
  const second = useRef<HTMLButtonElement>(null);
  const streaming = store.streaming.value;
  const sendable = isSendable(
    draft.text.value,
    attachments.value,
    store.state.value?.generation,
    store.parameters.value.generation,
  );
  const both = streaming && sendable;
  const price = requestPricesOf(store.state.value).length > 0 ? { describedBy: requestPriceId } : {};
  const secondHadFocus = second.current !== null && document.activeElement === second.current;
  useStopOnEscape();
  useLayoutEffect(() => {
    if (secondHadFocus && !both) first.current?.focus();
  });
  return (
    <>
      <IconButton
        class={streaming ? 'stop-button' : 'send-button'}
        icon={streaming ? 'debug-stop' : 'send'}
        label={streaming ? t('Stop') : t('Send')}
        hint={streaming ? t('Stop (Escape)') : t('Send (Enter)')}
        off={!streaming && !sendable}
        {...(streaming ? {} : price)}
        buttonRef={first}
        onPress={(event) => {
          if (!streaming) onSend(false);
          // The second click of a double click on "Send" must not stop the answer.
          else if (event.detail < 2) post('stop', {});
        }}
      />
      {both && (
        <IconButton
          class="send-button"
          icon="send"
          label={t('Send')}
          hint={
            isMac
              ? t('Queue (Enter) · Stop and send (Cmd+Enter)')
              : t('Queue (Enter) · Stop and send (Ctrl+Enter)')
          }
          {...price}
          buttonRef={second}
          onPress={(event) => {
            onSend(event.ctrlKey || event.metaKey);
          }}
        />
      )}
    </>
  );
}

/** Escape stops the answer, wherever the focus is in the panel. */
function useStopOnEscape(): void {
  const { store, post } = usePanel();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || isComposing(event) || !store.streaming.peek()) return;
      event.preventDefault();
      post('stop', {});
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
