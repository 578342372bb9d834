import { useSignalEffect } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { editText } from './editText';
import { addStyles } from '../kit/addStyles';
import { Icon } from '../kit/icon';
import { IconButton } from '../kit/iconButton';
import { isComposing } from '../kit/isSendingEnter';
import { usePanel } from '../state/panelParts';
import { withSpaceBefore } from './withSpaceBefore';
import styles from './dictationButton.css' with { type: 'text' };

addStyles(styles);

interface DictationButtonProps {
  /** What was said goes to its cursor, unsent. */
  readonly input: RefObject<HTMLTextAreaElement | null>;
}

/** The microphone in the composer: a press begins to record, the next one transcribes. Escape discards the recording. */
export function DictationButton({ input }: DictationButtonProps): JSX.Element | null {
  const { replies, store, post, t } = usePanel();
  const state = replies.dictation.value;
  const { phase } = state;
  const models = JSON.stringify([
    store.state.value?.model?.reference,
    store.state.value?.gateways.map(({ id, ready }) => [id, ready]),
  ]);
  // Models may become known in a picker, which takes the focus.
  useEffect(() => {
    const askForOffer = (): void => {
      post('dictate', { action: 'offer' });
    };
    askForOffer();
    addEventListener('focus', askForOffer);
    return () => {
      removeEventListener('focus', askForOffer);
    };
  }, [models]);
  useSignalEffect(() => {
    const message = replies.dictation.value;
    const element = input.current;
    if (message.phase !== 'ready' || message.text === undefined || element === null) return;
    const { text, ...rest } = message;
    replies.dictation.value = rest;
    const { value, selectionStart, selectionEnd } = element;
    editText(element, selectionStart, selectionEnd, withSpaceBefore(value.slice(0, selectionStart), text));
  });
  const isOn = phase === 'starting' || phase === 'recording' || phase === 'transcribing';
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
      event.preventDefault();
      post('dictate', { action: 'cancel' });
    };
    // At the document, after everything that Escape closes inside it.
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [isOn]);
  if (state.phase === 'none') return null;
  const time = state.phase === 'recording' ? clock(state.seconds) : '';
  const said = {
    ready: '',
    starting: t('Starting the microphone'),
    recording: t('Recording'),
    transcribing: t('Transcribing'),
  }[state.phase];
  return (
    <div class={isOn ? 'dictation dictation-on' : 'dictation'}>
      <span role="status" class="visually-hidden">
        {said}
      </span>
      {isOn && (
        <span class="dictation-state" aria-hidden="true" title={said}>
          {state.phase === 'recording' && state.level !== null && (
            <span class="dictation-level" style={{ '--level': state.level.toFixed(2) }} />
          )}
          {time === '' ? <Icon name="loading" /> : <span class="dictation-time">{time}</span>}
        </span>
      )}
      {state.phase === 'transcribing' ? (
        <IconButton
          icon="close"
          label={t('Cancel Transcription')}
          hint={t('Cancel Transcription (Escape)')}
          onPress={(event) => {
            // The second click of a double click on the microphone must not discard what was said.
            if (event.detail < 2) post('dictate', { action: 'cancel' });
          }}
        />
      ) : (
        <IconButton
          icon="mic"
          class="dictation-button"
          label={t('Dictate')}
          hint={hintOf(state, t)}
          pressed={isOn}
          off={state.phase === 'starting'}
          onPress={() => {
            post('dictate', { action: state.phase === 'recording' ? 'stop' : 'start' });
          }}
        />
      )}
    </div>
  );
}

function hintOf(
  state: ReturnType<typeof usePanel>['replies']['dictation']['value'],
  t: ReturnType<typeof usePanel>['t'],
): string {
  if (state.phase !== 'ready') return t('Stop and Transcribe · Escape discards the recording');
  return state.model === null ? t('Dictate') : t('Dictate with {0}', state.model);
}

/** Minutes and seconds. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
