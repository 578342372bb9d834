import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Generation } from '../../shared/answer/generation';
import type { GenerationProgress } from '../../shared/answer/task';
import type { Translate } from '../../shared/kit/translate';
import { usePanel } from '../state/panelParts';

interface MakingProgressProps {
  readonly made: Generation;
  /** When the work began, in milliseconds since the epoch. */
  readonly since: number;
  readonly progress: GenerationProgress | null;
}

/** How far the work is, and for how long it has gone on. */
export function MakingProgress({ made, since, progress }: MakingProgressProps): JSX.Element {
  const { language, t } = usePanel();
  const seconds = useSeconds(since);
  const percent = progress?.percent ?? null;
  const words = wordsOf(made, progress?.state ?? null, t);
  const share = new Intl.NumberFormat(language, { style: 'percent' });
  return (
    <div class="making">
      <div class="making-line">
        <span class="making-words">{words}</span>
        {percent !== null && <span>{share.format(percent / 100)}</span>}
        <span class="making-time">{t('{0} s', new Intl.NumberFormat(language).format(seconds))}</span>
      </div>
      <div
        class={percent === null ? 'making-bar unknown' : 'making-bar'}
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent === null ? undefined : Math.round(percent)}
      >
        <span style={{ width: `${percent ?? 30}%` }} />
      </div>
      <div class="making-hint">
        {(progress?.task ?? null) === null
          ? t('Stop only ends the wait. The gateway may go on and bill.')
          : t('Stop only ends the wait. The gateway goes on with the task and bills it.')}
      </div>
      {/* A screen reader hears each quarter: every step would be a constant stream of numbers. */}
      <span role="status" class="visually-hidden">
        {percent === null ? words : `${words} ${share.format(Math.floor(percent / 25) / 4)}`}
      </span>
    </div>
  );
}

/** Whole seconds since a time; counts on each second. */
function useSeconds(since: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return Math.max(0, Math.floor((now - since) / 1000));
}

function wordsOf(
  { kind, settings, action }: Generation,
  state: GenerationProgress['state'],
  t: Translate,
): string {
  if (state === 'waiting') return t("Waiting in the gateway's queue…");
  if (state === 'needs-input') return t('The gateway waits for a choice.');
  // A button does what it says, whatever the settings of the first task were.
  switch (action === undefined ? settings.mode : undefined) {
    case 'describe':
      return t('Describing the picture…');
    case 'shorten':
      return t('Shortening the prompt…');
    case 'video':
      return t('Making the video…');
    default:
  }
  switch (kind) {
    case 'image':
    case 'midjourney':
      return t('Making the picture…');
    case 'video':
      return t('Making the video…');
    case 'music':
      return t('Making the music…');
  }
}
