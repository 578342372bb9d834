/** An error that takes more words than this does not say anything else in the rest; in UTF-16 units. */
const mostRead = 8_000;

/**
 * A gateway's words in the form in which patterns read them: lower case, one space between words, wide digits, letters and
 * punctuation as ASCII, and no separators of thousands (`131,072` → `131072`). At most 8,000 characters, so that no pattern
 * takes long over what a hostile gateway sends.
 */
export function normaliseWords(words: string): string {
  return (
    words
      .slice(0, mostRead)
      // Before the next line, which makes an ordinary space of a narrow one.
      .replace(/(?<=\d)[,_'\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, '')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\u2018\u2019\u201a\u201b`´]/g, "'")
      .replace(/\s+/g, ' ')
      .slice(0, mostRead)
  );
}
