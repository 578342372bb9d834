import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { addStyles } from '../kit/addStyles';
import { IconButton } from '../kit/iconButton';
import { isComposing } from '../kit/isSendingEnter';
import { usePanel, type Reading } from '../state/panelParts';
import styles from './speechBar.css' with { type: 'text' };
import { SpeechPlayer } from './speechPlayer';

addStyles(styles);

const rates = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The player of an answer that is read aloud. It takes the focus, and returns it at the end. */
export function SpeechBar({ id, turn }: Reading): JSX.Element {
  const { reading, replies, post, store, t } = usePanel();
  const bar = useRef<HTMLDivElement>(null);
  const player = useMemo(
    () =>
      new SpeechPlayer(id, {
        post,
        t,
        onEnd: () => {
          // Another reading may have begun.
          if (reading.peek()?.turn === turn) reading.value = null;
        },
      }),
    [],
  );
  useSignalEffect(() => {
    const message = replies.speech.value;
    if (message !== null) player.receive(message);
  });
  useEffect(() => {
    player.begin();
    return () => {
      player.stop();
    };
  }, []);
  useFocusInside(bar);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isElsewhere = bar.current?.contains(event.target as Node) !== true;
      if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
      // Elsewhere in the panel, Escape stops a streaming answer first.
      if (isElsewhere && store.streaming.peek()) return;
      event.preventDefault();
      event.stopPropagation();
      player.stop();
    };
    // At the document, after everything that Escape closes inside it.
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  const phase = player.phase.value;
  const isOn = phase === 'playing' || phase === 'loading' || phase === 'starting';
  return (
    <div ref={bar} class="speech" role="group" aria-label={t('Read Aloud')} aria-busy={phase === 'loading'}>
      <div class="speech-row">
        {phase !== 'failed' && (
          <IconButton
            icon={isOn ? 'debug-pause' : 'play'}
            label={isOn ? t('Pause') : t('Continue')}
            class="speech-play"
            off={phase === 'starting'}
            onPress={() => {
              if (isOn) player.pause();
              else player.resume();
            }}
          />
        )}
        <span class="speech-state">{stateOf(player, t)}</span>
        <button
          type="button"
          class="speech-voice"
          aria-label={t('Voice: {0}', player.voice.value)}
          title={t('Choose another voice')}
          hidden={player.voice.value === ''}
          onClick={() => {
            player.begin(true);
          }}
        >
          {player.voice.value}
        </button>
        <select
          class="speech-rate"
          aria-label={t('Speed')}
          title={t('Speed')}
          onChange={(event) => {
            player.setRate(Number(event.currentTarget.value));
          }}
        >
          {rates.map((rate) => (
            <option key={rate} value={rate} selected={rate === player.rate.value}>
              {`${rate}×`}
            </option>
          ))}
        </select>
        <IconButton
          icon="close"
          label={t('Stop Reading')}
          hint={t('Stop Reading (Escape)')}
          onPress={() => {
            player.stop();
          }}
        />
      </div>
      <Failure player={player} />
    </div>
  );
}

function stateOf(player: SpeechPlayer, t: ReturnType<typeof usePanel>['t']): string {
  const count = player.count.value;
  const part = count > 1 ? t('{0} of {1}', player.index.value + 1, count) : '';
  switch (player.phase.value) {
    case 'starting':
    case 'loading':
      return t('Loading sound…');
    case 'playing':
      return part === '' ? t('Reading') : t('Reading {0}', part);
    case 'paused':
      return part === '' ? t('Paused') : t('Paused {0}', part);
    case 'failed':
      return t('Read Aloud');
  }
}

/** The sentence about a failure, and its button. */
function Failure({ player }: { readonly player: SpeechPlayer }): JSX.Element {
  const { t } = usePanel();
  const failure = player.failure.value;
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // The button that had the focus is gone.
    if (failure !== null && document.activeElement === document.body) button.current?.focus();
  }, [failure]);
  const act = {
    retry: {
      label: t('Try Again'),
      run: () => {
        player.retry();
      },
    },
    voice: {
      label: t('Choose Voice…'),
      run: () => {
        player.begin(true);
      },
    },
    save: {
      label: t('Save'),
      run: () => {
        player.save();
      },
    },
  };
  const action = failure?.action === null || failure === null ? null : act[failure.action];
  return (
    <div class="speech-failure" role="alert">
      {failure !== null && <span title={failure.details}>{failure.sentence}</span>}
      {action !== null && (
        <button type="button" ref={button} class="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}

/** Moves the focus to the first button, and back to where it was when the bar goes. */
function useFocusInside(bar: { readonly current: HTMLDivElement | null }): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    bar.current?.querySelector('button')?.focus({ preventScroll: true });
    return () => {
      const isInside = bar.current?.contains(document.activeElement) !== false;
      if (isInside && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
}
