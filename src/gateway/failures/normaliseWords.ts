/** Of longer words the beginning and the end are read: a trace says at its end what happened. In UTF-16 units. */
const beginning = 3_000;
const end = 1_000;

/**
 * A gateway's words in the form in which patterns read them: lower case, one space between words, wide digits, letters and
 * punctuation as ASCII, and no separators of thousands (`131,072` → `131072`). At most 4,000 characters, so that no
 * pattern takes long over what a hostile gateway sends.
 */
export function normaliseWords(words: string): string {
  const most = beginning + end;
  const read = words.length > most ? `${words.slice(0, beginning)} ${words.slice(-end)}` : words;
  return (
    read
      // Before the next line, which makes an ordinary space of a narrow one.
      .replace(/(?<=\d)[,_'\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, '')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\u2018\u2019\u201a\u201b`´]/g, "'")
      .replace(/\s+/g, ' ')
      // A wide character may stand for many.
      .slice(0, most)
  );
}
