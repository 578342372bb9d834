import type { JSX } from 'preact';
import { usePanel } from '../panelContext';
import { now } from './clock';
import { relativeTime } from './relativeTime';

/** When a message came: how long ago for the eye, the exact time in the tooltip. `at` in milliseconds since the epoch. */
export function MessageTime({ at }: { readonly at: number }): JSX.Element {
  const { language } = usePanel();
  const date = new Date(at);
  return (
    <time
      class="message-time"
      dateTime={date.toISOString()}
      title={date.toLocaleString(language, { dateStyle: 'full', timeStyle: 'medium' })}
    >
      {relativeTime(at, now.value, language)}
    </time>
  );
}
