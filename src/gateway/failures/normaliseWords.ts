/** Only the beginning and the end of a long text are read: a stack trace has the error at its end. In UTF-16 code units. */
const beginning = 3_000;
const end = 1_000;

/**
 * Brings a gateway's error message into the form that all patterns of this folder expect: lower case, one space between
 * words, full-width characters as ASCII, and no thousands separators (`131,072` → `131072`). Returns at most 4,000 UTF-16
 * code units, so that a hostile gateway cannot slow the patterns down.
 */
export function normaliseWords(words: string): string {
  const most = beginning + end;
  const read = words.length > most ? `${words.slice(0, beginning)} ${words.slice(-end)}` : words;
  return (
    read
      // This must come before `normalize`, which turns a narrow space into an ordinary one.
      .replace(/(?<=\d)[,_'\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, '')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\u2018\u2019\u201a\u201b`´]/g, "'")
      .replace(/\s+/g, ' ')
      // `normalize` may turn one character into several.
      .slice(0, most)
  );
}
