import type { JSX } from 'preact';
import { dateFormat } from '../kit/dateFormat';
import { usePanel } from '../state/panelParts';
import { now } from './runClock';
import { relativeTime } from './relativeTime';

/**
 * The time of a message: a relative time, with the exact time in the tooltip. `at` is in milliseconds since the epoch.
 */
export function MessageTime({ at }: { readonly at: number }): JSX.Element {
  const { language } = usePanel();
  return (
    <time
      class="message-time"
      dateTime={new Date(at).toISOString()}
      onPointerEnter={({ currentTarget }) => {
        // Made on demand: few tooltips are displayed, and the first exact time costs as much as drawing an answer.
        currentTarget.title = dateFormat(language, 'exact').format(at);
      }}
    >
      {relativeTime(at, now.value, language)}
    </time>
  );
}
