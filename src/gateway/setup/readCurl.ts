/** More of a pasted text than this is not looked at, in characters. */
const longestPaste = 20_000;

/**
 * A text as it was meant: Chinese input methods write `：／．` for `:/.`, web pages put in no-break spaces and characters that
 * nobody sees. `。` is a dot between letters and the end of a sentence elsewhere.
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

/** A command for curl: the address that it calls and the headers that it sends. */
export interface CurlCommand {
  readonly address: string | undefined;
  /** Such as `Authorization: Bearer abc`. */
  readonly headers: readonly string[];
}

/** Options of curl that are followed by a value which is no address. */
const withValue =
  /^(?:-[A-Za-z]*[AbcdDeEFhHKmoPQrTuUwxXyYz]|--(?:data(?:-[a-z]+)?|json|form(?:-string)?|request|user(?:-agent)?|cookie(?:-jar)?|output|max-time|connect-timeout|proxy(?:-user)?|referer|cacert|cert|key|resolve|retry|write-out|oauth2-bearer))$/;

/**
 * Reads a command for curl as shells, PowerShell and the documentation of gateways write it; undefined for any other text.
 *
 * @param text As pasted: what `readablePaste` takes out of it may stand between the arguments.
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
    // A lone mark ends a line of the command: `\`, `^` or a backtick before the line break.
    else if (!word.startsWith('-') && !/^[\\^`]?$/.test(word)) address ??= word;
  }
  return { address, headers };
}

/** The words of a command line, without the quotes around them. */
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
