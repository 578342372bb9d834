/** Characters of a token in text of ASCII characters. */
const asciiPerToken = 4;
/** Tokens of a character of another script. Chinese has about 0.7, Cyrillic about 0.5. */
const tokensPerOther = 0.7;
/** How much of a text is read, in UTF-16 units. The rest is taken to be like it. */
const longestRead = 20_000;

/**
 * Estimates the tokens of a text. VS Code asks thousands of times for one prompt and waits for each number, so this only counts
 * characters.
 */
export function estimateTokens(text: string): number {
  const read = Math.min(text.length, longestRead);
  let others = 0;
  for (let at = 0; at < read; at += 1) if (text.charCodeAt(at) > 127) others += 1;
  const tokens = (read - others) / asciiPerToken + others * tokensPerOther;
  return Math.ceil(read === text.length ? tokens : (tokens * text.length) / read);
}
