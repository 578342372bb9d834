/** How much of a pasted text is read, in characters. */
const longestPaste = 20_000;

/**
 * Cleans a pasted text: full-width characters of Chinese input methods (`：／．`) become ASCII, all white space becomes one
 * space, and invisible characters of web pages are removed. `。` becomes a dot between letters, and stays elsewhere.
 */
export function readablePaste(text: string): string {
  return text
    .slice(0, longestPaste)
    .replace(/\p{Cf}|[\ufe00-\ufe0f]/gu, '')
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/(?<=[a-z\d])[。｡](?=[a-z\d])/gi, '.')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** A curl command: the address that it calls and the headers that it sends. */
interface CurlCommand {
  readonly address: string | undefined;
  /** Such as `Authorization: Bearer abc`. */
  readonly headers: readonly string[];
}

/** Options of curl whose next argument is a value, not an address. */
const withValue =
  /^(?:-[A-Za-z]*[AbcdDeEFhHKmoPQrTuUwxXyYz]|--(?:data(?:-[a-z]+)?|json|form(?:-string)?|request|user(?:-agent)?|cookie(?:-jar)?|output|max-time|connect-timeout|proxy(?:-user)?|referer|cacert|cert|key|resolve|retry|write-out|oauth2-bearer))$/;

/**
 * Reads a curl command for a POSIX shell, for cmd.exe or for PowerShell. Returns undefined for any other text.
 *
 * @param text The text as pasted; it need not be cleaned before.
 */
export function readCurl(text: string): CurlCommand | undefined {
  const [command, ...words] = wordsOf(readablePaste(text).replace(/^(?:[$>#%] )?(?:sudo )?/, ''));
  if (command === undefined || !/^curl(?:\.exe)?$/i.test(command)) return undefined;
  let address: string | undefined;
  const headers: string[] = [];
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place] ?? '';
    const next = words[place + 1];
    if (word === '-H' || word === '--header') {
      if (next !== undefined) headers.push(next);
      place += 1;
    } else if (word.startsWith('-H') || word.startsWith('--header=')) {
      headers.push(word.replace(/^(?:-H|--header=)/, ''));
    } else if (word === '--oauth2-bearer') {
      if (next !== undefined) headers.push(`Authorization: Bearer ${next}`);
      place += 1;
    } else if (word === '--url') {
      address ??= next;
      place += 1;
    } else if (word.startsWith('--url=')) address ??= word.slice('--url='.length);
    else if (withValue.test(word)) place += 1;
    // `\`, `^` or a backtick alone continues the command on the next line.
    else if (!word.startsWith('-') && !/^[\\^`]?$/.test(word)) address ??= word;
  }
  return { address, headers };
}

/** Splits a command line into words and removes the quotes around them. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let place = 0; place < line.length; place += 1) {
    const letter = line.charAt(place);
    const next = line.charAt(place + 1);
    if (quote !== '') {
      if (letter === quote) quote = '';
      else if (quote === '"' && letter === '\\' && /["\\$`]/.test(next)) {
        word = (word ?? '') + next;
        place += 1;
      } else word = (word ?? '') + letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= '';
    } else if (letter === ' ') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (word !== undefined) words.push(word);
  return words;
}
