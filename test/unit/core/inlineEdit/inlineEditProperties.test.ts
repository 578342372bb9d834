import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EditPlace } from '../../../../src/core/inlineEdit/editPlace';
import { reachedRow } from '../../../../src/core/inlineEdit/reachedRow';
import { readReplacement } from '../../../../src/core/inlineEdit/readReplacement';

/** A statement with its own number, so that no two lines of a file are equal. */
const statement = (number: number): string => `value${number} = compute(${number});`;

interface Sample {
  readonly place: EditPlace;
  /** The new lines, with the indentation of the selection. */
  readonly code: readonly string[];
  readonly expected: readonly string[];
}

/** A function with statements, some of which are selected, and new lines for them. */
const sample: fc.Arbitrary<Sample> = fc
  .record({
    before: fc.integer({ min: 0, max: 6 }),
    selected: fc.integer({ min: 1, max: 8 }),
    after: fc.integer({ min: 0, max: 6 }),
    changes: fc.array(fc.constantFrom('keep', 'change', 'remove', 'add', 'nest'), {
      minLength: 1,
      maxLength: 8,
    }),
    indent: fc.constantFrom('  ', '    ', '\t'),
  })
  .map(({ before, selected, after, changes, indent }) => {
    const line = (number: number): string => indent + statement(number);
    const numbers = Array.from({ length: before + selected + after }, (_, index) => index);
    const file = ['function run() {', ...numbers.map(line), '}', ''];
    const start = before + 1;
    const end = start + selected;
    const code = file.slice(start, end).flatMap((text, index) => {
      const change = changes[index % changes.length];
      if (change === 'change') return [text.replace('compute', 'measure')];
      if (change === 'remove') return [];
      if (change === 'add') return [`${indent}added${index} = ${index};`, text];
      if (change === 'nest') return [`${indent}if (ready${index}) {`, indent + text, `${indent}}`];
      return [text];
    });
    const unit = indent === '\t' ? indent : indent.length;
    const place = { file, start, end, languageId: 'javascript', unit };
    return { place, code, expected: [...file.slice(0, start), ...code, ...file.slice(end)] };
  })
  .filter(({ code }) => code.length > 0);

/** How an answer is written. */
interface Form {
  readonly introduction: string;
  readonly explanation: string;
  readonly isDedented: boolean;
  readonly isWindows: boolean;
}

const around: fc.Arbitrary<Form> = fc.record({
  introduction: fc.constantFrom(
    '',
    'Here is the new code:\n\n',
    '修改后的代码如下：\n\n',
    '<think>\nHm.\n</think>\n',
  ),
  explanation: fc.constantFrom('', '\n\nThis measures the values.', '\n\n这样就可以了。', '\n'),
  isDedented: fc.boolean(),
  isWindows: fc.boolean(),
});

function write(code: readonly string[], form: Form): string {
  const indent = /^\s*/.exec(code[0] ?? '')?.[0] ?? '';
  const lines = form.isDedented ? code.map((line) => line.slice(indent.length)) : code;
  const text = `${form.introduction}\`\`\`js\n${lines.join('\n')}\n\`\`\`${form.explanation}`;
  return form.isWindows ? text.replaceAll('\n', '\r\n') : text;
}

describe('replacements from random answers', () => {
  it('are the new lines, with sentences, reasoning, line ends and indentation of any form', () => {
    fc.assert(
      fc.property(sample, around, ({ place, code, expected }, form) => {
        const replacement = readReplacement(write(code, form), place, 'complete');
        const lines = replacement.kind === 'change' ? replacement.lines : place.file;
        assert.deepEqual(lines, expected);
      }),
    );
  });

  it('leave all lines outside of the selection as they are while the answer streams', () => {
    fc.assert(
      fc.property(sample, around, fc.nat(), ({ place, code }, form, cutAt) => {
        const answer = write(code, form);
        const replacement = readReplacement(answer.slice(0, cutAt % (answer.length + 1)), place, 'streaming');
        if (replacement.kind !== 'change') return;
        const { lines } = replacement;
        const after = place.file.length - place.end;
        assert.deepEqual(lines.slice(0, place.start), place.file.slice(0, place.start));
        assert.deepEqual(lines.slice(lines.length - after), place.file.slice(place.end));
      }),
    );
  });

  it('never take back a row that they have reached, and show no row as removed before that', () => {
    const line = fc.constantFrom('}', '', 'return;', 'const a = 1;', 'const b = 2;', 'log(a);', 'if (a) {');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.array(line), (selection, answer) => {
        const rows = Array.from({ length: answer.length + 1 }, (_, length) =>
          reachedRow(answer.slice(0, length), selection),
        );
        assert.equal(rows[0], 0);
        assert.ok(rows.every((row, index) => row >= (rows[index - 1] ?? 0) && row <= selection.length));
        const place = { file: selection, start: 0, end: selection.length, languageId: 'javascript', unit: 2 };
        const text = `\`\`\`js\n${answer.join('\n')}\n`;
        const replacement = readReplacement(text, place, 'streaming');
        if (replacement.kind !== 'change') return;
        const kept = selection.slice(Math.max(...rows));
        assert.deepEqual(replacement.lines.slice(replacement.lines.length - kept.length), kept);
      }),
    );
  });

  it('end without an exception for any text', () => {
    const pieces = fc.constantFrom(
      ...[
        '```',
        '```ts\n',
        '~~~\n',
        '\n',
        '\r\n',
        '<think>',
        '</think>',
        '// ...',
        '<<<<<<< SEARCH\n',
        '=======\n',
      ],
      ...[
        '>>>>>>> REPLACE\n',
        '@@ -1 +1 @@\n',
        '+a\n',
        '-b\n',
        '  ',
        '\t',
        '}',
        '{',
        '中文说明。',
        'x = 1;\n',
        '\uFEFF',
        '\0',
      ],
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme' })), { maxLength: 30 });
    const languageId = fc.constantFrom('typescript', 'markdown', 'plaintext', 'python', 'shellscript');
    fc.assert(
      fc.property(
        sample,
        text,
        languageId,
        fc.constantFrom('streaming', 'complete', 'cut'),
        (given, parts, id, state) => {
          const place = { ...given.place, languageId: id };
          const replacement = readReplacement(parts.join(''), place, state);
          if (replacement.kind === 'change') assert.equal(replacement.isComplete, state === 'complete');
          if (state !== 'streaming') assert.notEqual(replacement.kind, 'waiting');
        },
      ),
    );
  });
});
