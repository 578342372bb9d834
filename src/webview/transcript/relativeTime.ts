import { dateFormat } from '../kit/dateFormat';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A relative time: "now", "5 minutes ago", "yesterday"; the date after a week. Both times are in milliseconds since the
 * epoch.
 */
export function relativeTime(at: number, now: number, language: string): string {
  // The clocks of host and page can differ a little; nothing is in the future.
  const passed = Math.max(0, now - at);
  if (passed >= 7 * day) return dateFormat(language, 'date').format(at);
  const format = formatIn(language);
  if (passed < minute) return format.format(0, 'second');
  if (passed < hour) return format.format(-Math.floor(passed / minute), 'minute');
  if (passed < day) return format.format(-Math.floor(passed / hour), 'hour');
  return format.format(-Math.floor(passed / day), 'day');
}

let known: { readonly language: string; readonly format: Intl.RelativeTimeFormat } | undefined;

/** One clock for all messages. It updates their times twice a minute. */
function formatIn(language: string): Intl.RelativeTimeFormat {
  if (known?.language === language) return known.format;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  known = { language, format };
  return format;
}
