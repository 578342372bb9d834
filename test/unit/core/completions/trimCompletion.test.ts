import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { findBlockEnd } from '../../../../src/core/completions/findBlockEnd';
import { shapeOf } from '../../../../src/core/completions/completionShape';
import { trimCompletion } from '../../../../src/core/completions/trimCompletion';
import { placeIn } from './placeIn';
import { trimCases } from './trimCases';

const fragment = fc.constantFrom(
  ...[
    'a',
    'foo',
    'return x;',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ';',
    ',',
    ' ',
    '\n',
    '\n  ',
    '\n\n',
    '\t',
  ],
  ...[
    '```',
    '\\',
    '// ',
    '# ',
    '计算',
    '，',
    '👍',
    '\r\n',
    'def f():',
    'if (x) {',
    '=>',
    '<|endoftext|>',
    '<after>',
  ],
);
const code = fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join(''));
const language = fc.constantFrom('typescript', 'python', 'markdown', 'ruby', 'html', 'scminput');
const place = fc
  .record({ before: code, after: code, language, isInvoked: fc.boolean() })
  .map(({ before, after, language: id, isInvoked }) => ({
    ...placeIn('¦', id, isInvoked),
    before: before.replaceAll('\r\n', '\n'),
    after: after.replaceAll('\r\n', '\n'),
    offset: before.replaceAll('\r\n', '\n').length,
  }));
const arrived = fc.record({ text: code, isChat: fc.boolean(), isCut: fc.boolean() });

describe('What is shown of a completion', () => {
  for (const { name, language: id, document, model, shown, isInvoked, isChat, isCut } of trimCases)
    it(`${id}: ${name}`, () => {
      const given = { text: model, isChat: isChat === true, isCut: isCut === true };
      equal(trimCompletion(given, placeIn(document, id, isInvoked)), shown);
    });

  it('is part of what the model wrote, with the white space of the document at most', () => {
    fc.assert(
      fc.property(place, arrived, (at, given) => {
        const shown = trimCompletion(given, at);
        const letters = (text: string): string => text.replaceAll(/\s/g, '');
        ok(letters(given.text).includes(letters(shown)));
        ok(!shown.includes('\r'));
        ok(shown === '' || shown.trim() !== '');
      }),
    );
  });

  it('never joins two words', () => {
    fc.assert(
      fc.property(place, arrived, (at, given) => {
        const shown = trimCompletion(given, at);
        ok(shown === '' || !/[a-z]$/.test(shown) || !/^[a-z]/.test(at.after));
      }),
    );
  });

  it('is one line where only the rest of a line fits', () => {
    fc.assert(
      fc.property(place, arrived, (at, given) => {
        ok(shapeOf(at) !== 'line' || !trimCompletion(given, at).includes('\n'));
      }),
    );
  });

  it('does not repeat the lines after the cursor', () => {
    const statements = fc.array(
      fc.constantFrom('alpha(1);', 'beta = gamma;', 'return delta;', 'call(epsilon);'),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(statements, statements, (added, following) => {
        const suffix = following.map((line) => `  ${line}`).join('\n');
        const at = placeIn(`function f() {\n  ¦\n${suffix}\n}\n`);
        const text = `${[...added.map((line, index) => `zeta${index}.${line}`), ...following].join('\n  ')}\n}\n`;
        const shown = trimCompletion({ text, isChat: false, isCut: false }, at);
        equal(shown, added.map((line, index) => `zeta${index}.${line}`).join('\n  '));
      }),
    );
  });

  it('ends at the same place whether the text arrives at once or in pieces', () => {
    fc.assert(
      fc.property(place, code, (at, text) => {
        const shape = shapeOf(at);
        const whole = findBlockEnd(text, at, shape, true);
        for (let length = 0; length < text.length; length += 1) {
          const early = findBlockEnd(text.slice(0, length), at, shape, false);
          if (early !== undefined) {
            equal(early, whole);
            break;
          }
        }
      }),
    );
  });
});
