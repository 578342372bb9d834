import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { splitSpeech } from '../../../../src/core/speech/splitSpeech';

const parts = (text: string, most = 40): readonly string[] =>
  splitSpeech(text, { first: most, most, bytes: 3 * most });

describe('The parts of a spoken text', () => {
  const cases: Record<string, [text: string, parts: readonly string[]]> = {
    'after a sentence': [
      'It rains here today. Take an umbrella now.',
      ['It rains here today. ', 'Take an umbrella now.'],
    ],
    'after a line': [
      'First steps of it all\nThen go on with it now',
      ['First steps of it all\n', 'Then go on with it now'],
    ],
    'after a Chinese sentence': [
      '今天的天气非常好，我们可以一起去公园散步。明天可能会下大雨，所以最好带上一把雨伞！',
      ['今天的天气非常好，我们可以一起去公园散步。', '明天可能会下大雨，所以最好带上一把雨伞！'],
    ],
    'after the quotation mark of a Japanese sentence': [
      '彼は言いました。「今日はとても天気がいいですね。」それから私たちは公園まで歩いて行きました。',
      ['彼は言いました。「今日はとても天気がいいですね。」', 'それから私たちは公園まで歩いて行きました。'],
    ],
    'not after an abbreviation': [
      'We met in the long street. Dr. Lee and Mr. Fox were late.',
      ['We met in the long street. ', 'Dr. Lee and Mr. Fox were late.'],
    ],
    'not after an initial': [
      'This was written some time ago by J. K. Lee.',
      ['This was written some time ago by J. K. ', 'Lee.'],
    ],
    'not after the number of an item': [
      'Open the settings at first.\n2. Choose a voice.',
      ['Open the settings at first.\n', '2. Choose a voice.'],
    ],
    'not inside a number or a name': [
      'The value of it is 3.14159 in Node.js. Yes.',
      ['The value of it is 3.14159 in Node.js. ', 'Yes.'],
    ],
    'after a clause if the sentence is too long': [
      'When the long rain stopped, everybody went out of the house',
      ['When the long rain stopped,', ' everybody went out of the house'],
    ],
    'after a word if the clause is too long': [
      'Everybody who was there went out of the old house together',
      ['Everybody who was there went out of the ', 'old house together'],
    ],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    it(`end ${name}`, () => {
      deepEqual(parts(text), expected);
    });
  }

  it('have a first one that is short, so that it plays soon', () => {
    const sentence = 'This sentence is as long as any other sentence of this answer. ';
    const [first = '', second = ''] = splitSpeech(sentence.repeat(40));
    equal(first, sentence.repeat(3));
    equal(second.length, sentence.length * Math.floor(900 / sentence.length));
  });

  it('have at most 3,000 bytes at a gateway that counts bytes', () => {
    for (const part of splitSpeech('汉'.repeat(5_000))) ok(Buffer.byteLength(part) <= 3_000);
  });

  it('are joined the whole text, and none is longer than the limits', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('. ', '。', '\n', '👩‍💻', 'e\u0301', '𠮷', ', '),
        ),
        { maxLength: 80 },
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 4, max: 60 }),
        fc.integer({ min: 4, max: 100 }),
        (whole, most, bytes) => {
          const split = splitSpeech(whole, { first: Math.ceil(most / 2), most, bytes });
          equal(split.join(''), whole);
          for (const part of split) {
            ok(part.length > 0 && part.length <= most && Buffer.byteLength(part) <= bytes, part);
            ok(part.isWellFormed(), 'a surrogate pair is cut');
          }
        },
      ),
    );
  });
});
