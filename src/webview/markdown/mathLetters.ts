/** First code points of the styled Latin capitals, small letters and digits of Unicode, by MathML's name. */
const alphabets: Readonly<Record<string, readonly [capital: number, small: number, digit?: number]>> = {
  bold: [0x1d400, 0x1d41a, 0x1d7ce],
  italic: [0x1d434, 0x1d44e],
  'bold-italic': [0x1d468, 0x1d482],
  script: [0x1d49c, 0x1d4b6],
  'bold-script': [0x1d4d0, 0x1d4ea],
  fraktur: [0x1d504, 0x1d51e],
  'double-struck': [0x1d538, 0x1d552, 0x1d7d8],
  'bold-fraktur': [0x1d56c, 0x1d586],
  'sans-serif': [0x1d5a0, 0x1d5ba, 0x1d7e2],
  'bold-sans-serif': [0x1d5d4, 0x1d5ee, 0x1d7ec],
  'sans-serif-italic': [0x1d608, 0x1d622],
  'sans-serif-bold-italic': [0x1d63c, 0x1d656],
  monospace: [0x1d670, 0x1d68a, 0x1d7f6],
};

/** Letters that Unicode had before the alphabets, and left out of them. */
const exceptions: Readonly<Record<string, string>> = {
  'italic h': 'ℎ',
  'script B': 'ℬ',
  'script E': 'ℰ',
  'script F': 'ℱ',
  'script H': 'ℋ',
  'script I': 'ℐ',
  'script L': 'ℒ',
  'script M': 'ℳ',
  'script R': 'ℛ',
  'script e': 'ℯ',
  'script g': 'ℊ',
  'script o': 'ℴ',
  'fraktur C': 'ℭ',
  'fraktur H': 'ℌ',
  'fraktur I': 'ℑ',
  'fraktur R': 'ℜ',
  'fraktur Z': 'ℨ',
  'double-struck C': 'ℂ',
  'double-struck H': 'ℍ',
  'double-struck N': 'ℕ',
  'double-struck P': 'ℙ',
  'double-struck Q': 'ℚ',
  'double-struck R': 'ℝ',
  'double-struck Z': 'ℤ',
};

/**
 * Writes letters in Unicode's alphabet for a MathML variant such as `double-struck`: browsers that follow
 * MathML Core know no variant but `normal`. What has no such letter stays.
 */
export function mathLetters(text: string, variant: string): string {
  const alphabet = Object.hasOwn(alphabets, variant) ? alphabets[variant] : undefined;
  if (alphabet === undefined) return text;
  return Array.from(text, (letter) => exceptions[`${variant} ${letter}`] ?? styled(letter, alphabet)).join(
    '',
  );
}

function styled(letter: string, [capital, small, digit]: readonly [number, number, number?]): string {
  const code = letter.charCodeAt(0);
  if (letter >= 'A' && letter <= 'Z') return String.fromCodePoint(capital + code - 65);
  if (letter >= 'a' && letter <= 'z') return String.fromCodePoint(small + code - 97);
  if (digit !== undefined && letter >= '0' && letter <= '9') return String.fromCodePoint(digit + code - 48);
  return letter;
}
