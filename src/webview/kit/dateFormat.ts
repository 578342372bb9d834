/** Which parts of a date are displayed. */
type DateStyle = 'date' | 'time' | 'exact';

const styles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'medium' },
  time: { timeStyle: 'short' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The format for dates in a language. Made once, because the first date of a page takes the browser 25 ms, and each
 * further format takes as long as twenty dates.
 */
export function dateFormat(language: string, style: DateStyle): Intl.DateTimeFormat {
  const key = `${style} ${language}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(language, styles[style]);
  formats.set(key, format);
  return format;
}
