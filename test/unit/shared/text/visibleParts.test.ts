import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { holdsUnseen, visibleParts } from '../../../../src/shared/text/visibleParts';

/** The names of the characters that are marked in a text. */
function marked(text: string, isStart = false): string[] {
  return visibleParts(text, isStart).flatMap((part) => (part.kind === 'unseen' ? [part.name] : []));
}

const trojans: Readonly<Record<string, readonly [text: string, names: readonly string[]]>> = {
  'a comment that is read backwards': [
    '/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */',
    [
      'U+202E RIGHT-TO-LEFT OVERRIDE',
      'U+2066 LEFT-TO-RIGHT ISOLATE',
      'U+2069 POP DIRECTIONAL ISOLATE',
      'U+2066 LEFT-TO-RIGHT ISOLATE',
    ],
  ],
  'a zero width space in a command': ['echo a\u200bb', ['U+200B ZERO WIDTH SPACE']],
  'a soft hyphen in a command': ['rm\u00ad -rf x', ['U+00AD SOFT HYPHEN']],
  'an early return': ['return \u2067"""; x', ['U+2067 RIGHT-TO-LEFT ISOLATE']],
  'an embedding': [
    'a\u202b b\u202c',
    ['U+202B RIGHT-TO-LEFT EMBEDDING', 'U+202C POP DIRECTIONAL FORMATTING'],
  ],
  'a joiner in a name': ['user\u200dName', ['U+200D ZERO WIDTH JOINER']],
  'a non-joiner in a name': ['user\u200cName', ['U+200C ZERO WIDTH NON-JOINER']],
  'a name of a blank letter': ['const \u3164 = 1', ['U+3164 HANGUL FILLER']],
  'a mark of order between digits': ['12\u200e34', ['U+200E LEFT-TO-RIGHT MARK']],
  'a word joiner': ['a\u2060b', ['U+2060 WORD JOINER']],
  'an invisible operator': ['f\u2061(x)', ['U+2061']],
  'a byte order mark in the middle': ['a\ufeffb', ['U+FEFF ZERO WIDTH NO-BREAK SPACE']],
  'tags that spell words': ['x\u{e0068}\u{e0069}', ['U+E0068 TAG h', 'U+E0069 TAG i']],
  'selectors that hold bytes behind an emoji': ['😀\ufe0f\u{e0101}\u{e0102}', ['U+E0101', 'U+E0102']],
  'two selectors behind a letter': ['a\ufe00\ufe01', ['U+FE00', 'U+FE01']],
  'an escape': ['\x1b[2K', ['U+001B']],
  'a backspace': ['rm\x08\x08', ['U+0008', 'U+0008']],
  'a line separator': ['a // b\u2028c()', ['U+2028']],
  'a flag with words in it': [
    '🏴\u{e0068}\u{e0069}\u{e0020}\u{e007f}',
    ['U+E0068 TAG h', 'U+E0069 TAG i', 'U+E0020 TAG  ', 'U+E007F'],
  ],
  'a blank of Braille': ['a\u2800b', ['U+2800']],
  'joiners between Latin letters behind an emoji': [
    '😀 a\u200d\u200db',
    ['U+200D ZERO WIDTH JOINER', 'U+200D ZERO WIDTH JOINER'],
  ],
};

/** Ordinary text in many scripts, in which nothing may be marked. */
const falseFriends: readonly string[] = [
  'const total = price * 2; // "plain" <text>',
  '\tindented\r\n  with\ttabs',
  'naïve café, Ångström, Ελληνικά, Кириллица',
  '中文注释，全角　空格；「引号」',
  '日本語のコメントです。ー',
  '한국어 주석입니다',
  'مرحبا بالعالم',
  'שלום עולם',
  'می\u200cخواهم کتاب\u200cها را بخوانم',
  'نمی\u200cدانم، خانه\u200cی ما',
  'क\u094d\u200dष और क\u094d\u200cष',
  'র\u200d\u09cdয',
  'ශ\u0dca\u200dරී ලංකා',
  'മലയാള\u0d4d\u200d',
  'ก\u200bข ภาษาไทย',
  'ភាសា\u200bខ្មែរ',
  'ພາສາ\u200bລາວ',
  'မြန်မာ\u200bစာ',
  '👨\u200d👩\u200d👧\u200d👦 family',
  '👩🏽\u200d💻 and 🧑🏿\u200d🚀',
  '🏳\ufe0f\u200d🌈 and 🏴\u200d☠\ufe0f',
  '❤\ufe0f\u200d🔥 ❤\ufe0f ✅ ⚠\ufe0f ☎\ufe0e',
  '1\ufe0f\u20e3 #\ufe0f\u20e3 *\ufe0f\u20e3',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} and 🇨🇳🇩🇪',
  '葛\u{e0100}城 辻\u{e0101} 神\ufe00',
  'ᠮᠣᠩᠭᠣᠯ\u180b ᠪᠢᠴᠢᠭ',
  'שלום\u200f, עולם\u200e',
  'العدد\u200f 5',
  'ᄀ\u1160ᆨ',
  'e\u0301 combined, n\u0303',
  'x² + y² ≤ ∞ → ℝ',
  '© ® ™ ℠ ‼\ufe0f',
  'a\u00a0b\u202fc\u2009d',
  '𝒜𝓁𝓅𝒽𝒶 𠮷野家',
  'print("👍🏻")',
];

describe('Invisible characters', () => {
  for (const [name, [text, expected]] of Object.entries(trojans)) {
    it(`are marked: ${name}`, () => {
      deepEqual(marked(text), expected);
      equal(holdsUnseen(text), true);
    });
  }

  for (const text of falseFriends) {
    it(`are ordinary in ${JSON.stringify(text)}`, () => {
      deepEqual(marked(text), []);
      equal(holdsUnseen(text), false);
    });
  }

  it('are ordinary if they are the byte order mark of a file', () => {
    deepEqual(marked('\ufeff#!/bin/sh', true), []);
    deepEqual(marked('\ufeff#!/bin/sh'), ['U+FEFF ZERO WIDTH NO-BREAK SPACE']);
  });

  it('are separated so that the joined parts are the whole text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isStart) => {
        const whole = text.toWellFormed();
        equal(
          visibleParts(whole, isStart)
            .map((part) => part.text)
            .join(''),
          whole,
        );
      }),
    );
  });
});
