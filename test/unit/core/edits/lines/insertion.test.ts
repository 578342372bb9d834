import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IndentUnit } from '../../../../../src/core/edits/lines/adaptIndentation';
import { placeInsertion } from '../../../../../src/core/edits/lines/insertion';

/** `|` marks the cursor; two of them mark the ends of the selection. */
function insert(marked: string, block: string, unit: IndentUnit | undefined = 4): string {
  const first = marked.indexOf('|');
  const second = marked.indexOf('|', first + 1);
  const file = marked.replaceAll('|', '');
  const start = first;
  const end = second === -1 ? first : second - 1;
  const lineAt = (offset: number): { line: string; column: number; from: number } => {
    const from = file.lastIndexOf('\n', offset - 1) + 1;
    const to = file.indexOf('\n', offset);
    return { line: file.slice(from, to === -1 ? undefined : to), column: offset - from, from };
  };
  const startsAt = lineAt(start);
  const endsAt = lineAt(end);
  const { startColumn, endColumn, lines } = placeInsertion(block, {
    startLine: startsAt.line,
    startColumn: startsAt.column,
    endLine: endsAt.line,
    endColumn: endsAt.column,
    isOneLine: startsAt.from === endsAt.from,
    unit,
  });
  return file.slice(0, startsAt.from + startColumn) + lines.join('\n') + file.slice(endsAt.from + endColumn);
}

describe('Insertion at the cursor', () => {
  const cases: readonly (readonly [title: string, marked: string, block: string, expected: string])[] = [
    [
      'before code, at the beginning of the line',
      'def a():\n|    x = 1\n    return x\n',
      'y = 2\nz = 3\n',
      'def a():\n    y = 2\n    z = 3\n    x = 1\n    return x\n',
    ],
    [
      'before code, behind its indentation',
      'def a():\n    |x = 1\n    return x\n',
      'y = 2\n',
      'def a():\n    y = 2\n    x = 1\n    return x\n',
    ],
    [
      'over a whole line that is selected with its end',
      'def a():\n|    x = 1\n|    return x\n',
      'y = 2\nz = 3\n',
      'def a():\n    y = 2\n    z = 3\n    return x\n',
    ],
    [
      'over whole lines that are selected without the last end',
      'def a():\n|    x = 1\n    y = 1|\n    return x\n',
      'y = 2\nz = 3',
      'def a():\n    y = 2\n    z = 3\n    return x\n',
    ],
    [
      'over a line that is selected behind its indentation',
      'def a():\n    |x = 1|\n    return x\n',
      'if b:\n  y = 2\n',
      'def a():\n    if b:\n        y = 2\n    return x\n',
    ],
    [
      'after a line, several lines below it',
      'def a():\n    x = 1|\n    return x\n',
      'y = 2\nz = 3\n',
      'def a():\n    x = 1\n    y = 2\n    z = 3\n    return x\n',
    ],
    [
      'after a line that opens a block, one step deeper',
      'def a():|\n    return x\n',
      'y = 2\nz = 3\n',
      'def a():\n    y = 2\n    z = 3\n    return x\n',
    ],
    [
      'after a statement, on a line of its own',
      'run();|\nend();\n',
      'walk();\n',
      'run();\nwalk();\nend();\n',
    ],
    ['after an operator, in the same line', 'const x = |\n', 'compute()\n', 'const x = compute()\n'],
    ['within a line, where the cursor is', 'call(|);\n', 'left, right\n', 'call(left, right);\n'],
    ['over a word', 'call(|old|);\n', 'fresh\n', 'call(fresh);\n'],
    [
      'within a line, several lines from there on',
      'const f = |;\n',
      '() => {\n  run();\n}\n',
      'const f = () => {\n    run();\n};\n',
    ],
    ['on a blank line, in its place', 'a:\n    |\nb:\n', 'if x:\n  y()', 'a:\n    if x:\n        y()\nb:\n'],
    ['in an empty file', '|', 'a\nb\n', 'a\nb'],
    ['at the end of a file, behind the last line end', 'a\n|', 'b\nc\n', 'a\nb\nc'],
    ['before a first line at the margin', '|import b\n', '    import a\n', 'import a\nimport b\n'],
    [
      'with Chinese comments',
      'function 计算() {\n|  返回();\n}\n',
      '// 先检查\n检查();\n',
      'function 计算() {\n  // 先检查\n  检查();\n  返回();\n}\n',
    ],
  ];
  for (const [title, marked, block, expected] of cases)
    it(title, () => {
      assert.equal(insert(marked, block), expected);
    });

  it('indents with tabs if the file does', () => {
    assert.equal(
      insert('f() {|\n}\n', 'if (a) {\n  b();\n}\n', '\t'),
      'f() {\n\tif (a) {\n\t\tb();\n\t}\n}\n',
    );
  });

  it('keeps all text outside of the selection and inserts every line of the code', () => {
    const line = fc.constantFrom('', 'a();', '  b();', '    if (c) {', '\td = 1', '}', '说明');
    const lines = fc.array(line, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lines, lines, fc.nat(), fc.nat(), (file, block, one, other) => {
        const text = file.join('\n');
        const [start = 0, end = 0] = [one % (text.length + 1), other % (text.length + 1)].sort(
          (a, b) => a - b,
        );
        const marked =
          start === end
            ? `${text.slice(0, start)}|${text.slice(start)}`
            : `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`;
        const result = insert(marked, block.join('\n'));
        const plain = (part: string): string => part.replaceAll(/\s/g, '');
        assert.equal(
          plain(result),
          plain(text.slice(0, start)) + plain(block.join('')) + plain(text.slice(end)),
        );
        // A line of the code is never joined with a line of the file, unless the cursor is inside that line.
        const isAtBeginning = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
        const rest = text.slice(end).split('\n', 1)[0] ?? '';
        if (start === end && isAtBeginning && rest.trim() !== '')
          assert.ok(result.split('\n').some((each) => each.endsWith(rest.trim())));
      }),
    );
  });
});
