import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { chunkFile } from '../../../../src/core/codebase/chunkFile';

function partsOf(text: string): string[] {
  return chunkFile(text).map(({ start, end }) => text.slice(start, end));
}

const line = fc.oneof(
  fc.constantFrom(
    '',
    '\t',
    'export function run() {',
    '  return 1;',
    '}',
    '# title',
    '// note',
    '函数说明',
    '\r',
  ),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom('a', '😀', '中'), minLength: 3_000, maxLength: 6_000 }),
);

describe('chunkFile', () => {
  it('covers each file exactly once and in order', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 200 }), fc.constantFrom('\n', '\r\n'), (lines, lineBreak) => {
        const text = lines.join(lineBreak);
        const chunks = chunkFile(text);
        strictEqual(chunks.map(({ start, end }) => text.slice(start, end)).join(''), text);
        for (const [index, { start, end }] of chunks.entries()) {
          ok(start < end);
          strictEqual(start, chunks[index - 1]?.end ?? 0);
        }
      }),
    );
  });

  it('makes no chunk longer than 60 lines or 4,000 characters, and splits no surrogate pair', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 200 }), (lines) => {
        const text = lines.join('\n');
        for (const part of partsOf(text)) {
          ok(part.length <= 4_000);
          ok(part.split('\n').length <= 61);
          ok(part.isWellFormed() || !text.isWellFormed());
        }
      }),
    );
  });

  it('begins a chunk at a function, with the comment above it', () => {
    const body = Array.from({ length: 30 }, (_, at) => `  step(${at});`).join('\n');
    const functions = ['one', 'two', 'three'].map(
      (name) => `/** Does ${name}. */\nexport function ${name}() {\n${body}\n}\n\n`,
    );
    deepStrictEqual(
      partsOf(functions.join('')).map((part) => part.split('\n')[0]),
      ['/** Does one. */', '/** Does two. */', '/** Does three. */'],
    );
  });

  it('begins chunks at definitions of a language without braces', () => {
    const body = Array.from({ length: 40 }, (_, at) => `    total += ${at}`).join('\n');
    const text = ['one', 'two'].map((name) => `@cached\ndef ${name}(total):\n${body}\n\n`).join('');
    deepStrictEqual(
      partsOf(text).map((part) => part.split('\n')[1]),
      ['def one(total):', 'def two(total):'],
    );
  });

  it('keeps a short file as one chunk, and makes none of an empty file', () => {
    strictEqual(partsOf('const a = 1;\nconst b = 2;\n').length, 1);
    deepStrictEqual(chunkFile(''), []);
  });
});
