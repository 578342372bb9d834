import assert from 'node:assert/strict';
import { applyLineEdits, splitText } from '../../../../src/core/edits/lines/lineEdit';
import { planApply } from '../../../../src/core/edits/plan/planApply';
import { readExactForm } from '../../../../src/core/edits/exact/readExactForm';

function applied(file: string, block: string, info = 'diff'): string {
  const plan = planApply({ block, info, file });
  if (plan.kind !== 'edits') return plan.kind;
  const { lines, eol } = splitText(file);
  return applyLineEdits(lines, plan.edits).join(eol);
}

interface Row {
  readonly name: string;
  readonly file: string;
  readonly block: string;
  readonly info?: string;
  readonly expected: string;
}

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const { name, file, block, info, expected } of rows)
      it(name, () => {
        assert.equal(applied(file, block, info), expected);
      });
  });
}

const numbers = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n';

describe('Exact forms', () => {
  table('places the hunks of a diff in any order', [
    {
      name: 'last first, with right numbers',
      file: numbers,
      block: '@@ -9,1 +9,1 @@\n-nine\n+NINE\n@@ -1,1 +1,1 @@\n-one\n+ONE\n',
      expected: numbers.replace('one', 'ONE').replace('nine', 'NINE'),
    },
    {
      name: 'the same hunk twice',
      file: numbers,
      block: '@@ -3,1 +3,1 @@\n-three\n+THREE\n@@ -3,1 +3,1 @@\n-three\n+THREE\n',
      expected: numbers.replace('three', 'THREE'),
    },
    {
      name: 'three in a mixed order without numbers',
      file: numbers,
      block: '@@\n-five\n+FIVE\n@@\n-nine\n+NINE\n@@\n-one\n+ONE\n',
      expected: numbers.replace('one', 'ONE').replace('five', 'FIVE').replace('nine', 'NINE'),
    },
    {
      name: 'hunks that share their context',
      file: numbers,
      block: '@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n@@ -3,3 +3,3 @@\n three\n-four\n+FOUR\n five\n',
      expected: numbers.replace('two', 'TWO').replace('four', 'FOUR'),
    },
    {
      name: 'hunks that share their context, in reverse order',
      file: numbers,
      block: '@@ -3,3 +3,3 @@\n three\n-four\n+FOUR\n five\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n',
      expected: numbers.replace('two', 'TWO').replace('four', 'FOUR'),
    },
    {
      name: 'two hunks that change the same line differently are a question',
      file: numbers,
      block: '@@ -2,1 +2,1 @@\n-two\n+TWO\n@@ -2,1 +2,1 @@\n-two\n+2\n',
      expected: 'unclear',
    },
    {
      name: 'equal hunks for as many equal places',
      file: 'a\nx\nb\nx\n',
      block: '@@\n-x\n+y\n@@\n-x\n+y\n',
      expected: 'a\ny\nb\ny\n',
    },
    {
      name: 'an insertion and a removal in reverse order',
      file: numbers,
      block: '@@ -8,2 +8,1 @@\n eight\n-nine\n@@ -1,1 +1,2 @@\n one\n+one and a half\n',
      expected: numbers.replace('nine\n', '').replace('one\n', 'one\none and a half\n'),
    },
    {
      name: 'with Windows line ends in the diff',
      file: numbers,
      block: '@@ -8,1 +8,1 @@\r\n-eight\r\n+EIGHT\r\n@@ -2,1 +2,1 @@\r\n-two\r\n+TWO\r\n',
      expected: numbers.replace('two', 'TWO').replace('eight', 'EIGHT'),
    },
    {
      name: 'with Windows line ends in the file',
      file: numbers.replaceAll('\n', '\r\n'),
      block: '@@ -8,1 +8,1 @@\n-eight\n+EIGHT\n@@ -2,1 +2,1 @@\n-two\n+TWO\n',
      expected: numbers.replace('two', 'TWO').replace('eight', 'EIGHT').replaceAll('\n', '\r\n'),
    },
    {
      name: 'with wrong counts',
      file: numbers,
      block: '@@ -8,12 +8,40 @@\n-eight\n+EIGHT\n@@ -2,9 +2,1 @@\n-two\n+TWO\n',
      expected: numbers.replace('two', 'TWO').replace('eight', 'EIGHT'),
    },
    {
      name: 'one hunk that does not fit leaves all as it is',
      file: numbers,
      block: '@@ -8,1 +8,1 @@\n-eight\n+EIGHT\n@@ -2,1 +2,1 @@\n-zwei\n+TWO\n',
      expected: 'unclear',
    },
  ]);

  table('tells lines that begin with signs from a diff’s headers', [
    {
      name: 'an SQL comment changes',
      file: 'SELECT a;\n-- before\nSELECT b;\n',
      block: '--- a/x.sql\n+++ b/x.sql\n@@ -1,3 +1,3 @@\n SELECT a;\n--- before\n+-- after\n SELECT b;\n',
      expected: 'SELECT a;\n-- after\nSELECT b;\n',
    },
    {
      name: 'a Haskell comment goes, without file headers',
      file: 'f = 1\n-- note\ng = 2\n',
      block: '@@ -1,3 +1,2 @@\n f = 1\n--- note\n g = 2\n',
      expected: 'f = 1\ng = 2\n',
    },
    {
      name: 'a Lua comment goes and a line with pluses comes',
      file: 'a\n-- x\nb\n',
      block: '@@ -1,3 +1,3 @@\n a\n--- x\n+++ y\n b\n',
      expected: 'a\n++ y\nb\n',
    },
    {
      name: 'an Ada comment of a path is no header',
      file: 'begin\n-- src/main.adb\nend;\n',
      block: '@@ -1,3 +1,3 @@\n begin\n--- src/main.adb\n+-- src/main2.adb\n end;\n',
      expected: 'begin\n-- src/main2.adb\nend;\n',
    },
    {
      name: 'a comment is the only change, at the end',
      file: 'x\n-- old',
      block: '--- a/q.sql\n+++ b/q.sql\n@@ -1,2 +1,2 @@\n x\n--- old\n+-- new',
      expected: 'x\n-- new',
    },
    {
      name: 'a comment alone in a diff fence',
      file: 'x\n-- old\ny\n',
      block: ' x\n--- old\n+-- new\n y',
      expected: 'x\n-- new\ny\n',
    },
    {
      name: 'YAML’s document mark goes',
      file: 'a: 1\n---\nb: 2\n',
      block: '@@ -1,3 +1,2 @@\n a: 1\n----\n b: 2\n',
      expected: 'a: 1\nb: 2\n',
    },
    {
      name: 'an Elm comment comes',
      file: 'a\nb\n',
      block: '@@ -1,2 +1,3 @@\n a\n+-- note\n b\n',
      expected: 'a\n-- note\nb\n',
    },
    {
      name: 'a Markdown list changes',
      file: '- a\n- b\n- c\n',
      block: '@@ -1,3 +1,3 @@\n - a\n-- b\n+- B\n - c\n',
      expected: '- a\n- B\n- c\n',
    },
    {
      name: 'a decrement goes',
      file: 'i = 3;\n--i;\nrun(i);\n',
      block: '@@ -1,3 +1,2 @@\n i = 3;\n---i;\n run(i);\n',
      expected: 'i = 3;\nrun(i);\n',
    },
  ]);

  const script = 'const a = 1;\nconst b = 2;\nrun(a, b);\n';
  table('reads SEARCH/REPLACE in the spellings of several makers', [
    {
      name: 'one line',
      info: 'js',
      file: script,
      block: '<<<<<<< SEARCH\nconst a = 1;\n=======\nconst a = 3;\n>>>>>>> REPLACE\n',
      expected: script.replace('1', '3'),
    },
    {
      name: 'several blocks, out of order, with a path above',
      info: 'js',
      file: script,
      block:
        'src/a.js\n<<<<<<< SEARCH\nrun(a, b);\n=======\nrun(b, a);\n>>>>>>> REPLACE\n\nsrc/a.js\n<<<<<<< SEARCH\nconst a = 1;\n=======\nconst a = 3;\n>>>>>>> REPLACE',
      expected: script.replace('1', '3').replace('a, b', 'b, a'),
    },
    {
      name: 'dashes and pluses as Cline writes them',
      file: script,
      info: '',
      block: '------- SEARCH\nconst b = 2;\n=======\nconst b = 4;\n+++++++ REPLACE',
      expected: script.replace('2', '4'),
    },
    {
      name: 'line numbers as Roo writes them',
      file: 'x();\ny();\nx();\n',
      info: '',
      block: '<<<<<<< SEARCH\n:start_line:3\n-------\nx();\n=======\nz();\n>>>>>>> REPLACE',
      expected: 'x();\ny();\nz();\n',
    },
    {
      name: 'ORIGINAL and UPDATED',
      file: script,
      info: '',
      block: '<<<<<<< ORIGINAL\nconst a = 1;\n=======\nconst a = 9;\n>>>>>>> UPDATED',
      expected: script.replace('1', '9'),
    },
    {
      name: 'tags as Zed asks for them',
      file: script,
      info: '',
      block: '<old_text line=2>\nconst b = 2;\n</old_text>\n<new_text>\nconst b = 5;\n</new_text>',
      expected: script.replace('2', '5'),
    },
    {
      name: 'without its last mark',
      file: script,
      info: '',
      block: '<<<<<<< SEARCH\nconst b = 2;\n=======\nconst b = 5;',
      expected: script.replace('2', '5'),
    },
    {
      name: 'with another indentation',
      file: 'if (x) {\n    one();\n    two();\n}\n',
      info: '',
      block: '<<<<<<< SEARCH\none();\ntwo();\n=======\none();\nthree();\n>>>>>>> REPLACE',
      expected: 'if (x) {\n    one();\n    three();\n}\n',
    },
    {
      name: 'with dots on both sides',
      file: numbers,
      info: '',
      block: '<<<<<<< SEARCH\none\n...\nten\n=======\nONE\n...\nTEN\n>>>>>>> REPLACE',
      expected: numbers.replace('one', 'ONE').replace('ten', 'TEN'),
    },
    {
      name: 'a removal',
      file: script,
      info: '',
      block: '<<<<<<< SEARCH\nconst b = 2;\n=======\n>>>>>>> REPLACE',
      expected: script.replace('const b = 2;\n', ''),
    },
    {
      name: 'typographic quotes in the file',
      file: 'say(“hello”);\nend();\n',
      info: '',
      block: '<<<<<<< SEARCH\nsay("hello");\n=======\nsay("bye");\n>>>>>>> REPLACE',
      expected: 'say("bye");\nend();\n',
    },
    {
      name: 'a search that is not there is a question, and its marks never reach the file',
      file: script,
      info: 'js',
      block: '<<<<<<< SEARCH\nconst q = 1;\n=======\nconst q = 3;\n>>>>>>> REPLACE\n',
      expected: 'unclear',
    },
    {
      name: 'a search that is there twice is a question',
      file: 'x();\ny();\nx();\n',
      info: '',
      block: '<<<<<<< SEARCH\nx();\n=======\nz();\n>>>>>>> REPLACE',
      expected: 'unclear',
    },
  ]);

  table('adds after the line that an empty range names', [
    { name: 'git diff -U0', file: 'A\nB\nC\n', block: '@@ -3,0 +4 @@\n+D\n', expected: 'A\nB\nC\nD\n' },
    { name: 'at the top', file: 'A\nB\n', block: '@@ -0,0 +1 @@\n+x\n', expected: 'x\nA\nB\n' },
    { name: 'in between', file: 'A\nB\n', block: '@@ -1,0 +2,2 @@\n+x\n+y\n', expected: 'A\nx\ny\nB\n' },
    {
      name: 'twice',
      file: 'A\nB\nC\n',
      block: '@@ -1,0 +2 @@\n+x\n@@ -2,0 +4 @@\n+y\n',
      expected: 'A\nx\nB\ny\nC\n',
    },
    {
      name: 'and a change with no context',
      file: 'A\nB\nC\n',
      block: '@@ -2 +2 @@\n-B\n+b\n@@ -3,0 +4 @@\n+D\n',
      expected: 'A\nb\nC\nD\n',
    },
    { name: 'to an empty file', file: '', block: '@@ -0,0 +1,2 @@\n+x\n+y\n', expected: 'x\ny\n' },
    { name: 'beyond the end is a question', file: 'A\n', block: '@@ -9,0 +10 @@\n+D\n', expected: 'unclear' },
    { name: 'without any number is a question', file: 'A\nB\n', block: '@@\n+D\n', expected: 'unclear' },
    {
      name: 'to a file without a last line end',
      file: 'A\nB',
      block: '@@ -2,0 +3 @@\n+C\n',
      expected: 'A\nB\nC',
    },
    {
      name: 'in the order of the lines',
      file: 'A\nB\n',
      block: '@@ -2,0 +3 @@\n+y\n@@ -1,0 +2 @@\n+x\n',
      expected: 'A\nx\nB\ny\n',
    },
  ]);

  table('takes a blank after each sign for the writer’s', [
    {
      name: 'at the margin',
      file: 'let a = 1;\nlet b = 2;\n',
      block: '- let a = 1;\n+ let a = 3;\n  let b = 2;\n',
      expected: 'let a = 3;\nlet b = 2;\n',
    },
    {
      name: 'within a Python function',
      file: 'def f():\n    a = 1\n    b = 2\n',
      block: '  def f():\n-     a = 1\n+     a = 3\n      b = 2\n',
      expected: 'def f():\n    a = 3\n    b = 2\n',
    },
    {
      name: 'only at the changed lines',
      file: 'def f():\n    a = 1\n    b = 2\n',
      block: ' def f():\n-     a = 1\n+     a = 3\n     b = 2\n',
      expected: 'def f():\n    a = 3\n    b = 2\n',
    },
    {
      name: 'with a header',
      file: 'x:\n  y: 1\n',
      block: '@@ -1,2 +1,2 @@\n  x:\n-   y: 1\n+   y: 2\n',
      expected: 'x:\n  y: 2\n',
    },
    {
      name: 'with tabs behind it',
      file: 'func f() {\n\ta()\n}\n',
      block: '  func f() {\n- \ta()\n+ \tb()\n  }\n',
      expected: 'func f() {\n\tb()\n}\n',
    },
    {
      name: 'in a list of Markdown',
      file: '- a\n- b\n',
      block: '  - a\n- - b\n+ - B\n',
      expected: '- a\n- B\n',
    },
    {
      name: 'with blank lines between',
      file: 'a\n\nb\n',
      block: '  a\n\n- b\n+ c\n',
      expected: 'a\n\nc\n',
    },
    {
      name: 'where several lines come',
      file: 'a\nz\n',
      block: '  a\n+ b\n+   c\n  z\n',
      expected: 'a\nb\n  c\nz\n',
    },
    { name: 'where a line goes', file: 'a\nb\nz\n', block: '  a\n- b\n  z\n', expected: 'a\nz\n' },
    {
      name: 'not where the file has that blank itself',
      file: '{\n a: 1,\n b: 2\n}\n',
      block: ' {\n- a: 1,\n+ a: 3,\n  b: 2\n }\n',
      expected: '{\n a: 3,\n b: 2\n}\n',
    },
  ]);

  const classes =
    'class A:\n    def run(self):\n        return 1\n\nclass B:\n    def run(self):\n        return 1\n';
  table('reads what a header says behind @@', [
    {
      name: 'the class tells',
      file: classes,
      block: '@@ class B:\n     def run(self):\n-        return 1\n+        return 2\n',
      expected: classes.replace(/1\n$/, '2\n'),
    },
    {
      name: 'git’s heading with numbers that are wrong',
      file: classes,
      block: '@@ -40,2 +40,2 @@ class A:\n     def run(self):\n-        return 1\n+        return 2\n',
      expected: classes.replace('1', '2'),
    },
    {
      name: 'two headings, the class and the method',
      info: '',
      file: 'class A:\n    def a(self):\n        x()\n    def b(self):\n        x()\n\nclass B:\n    def b(self):\n        x()\n',
      block:
        '*** Begin Patch\n*** Update File: a.py\n@@ class A:\n@@ def b(self):\n-        x()\n+        y()\n*** End Patch',
      expected:
        'class A:\n    def a(self):\n        x()\n    def b(self):\n        y()\n\nclass B:\n    def b(self):\n        x()\n',
    },
    {
      name: 'apply_patch in a shell’s here document',
      info: 'bash',
      file: 'one();\ntwo();\n',
      block:
        "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a.ts\n@@\n one();\n-two();\n+three();\n*** End Patch\nEOF",
      expected: 'one();\nthree();\n',
    },
    {
      name: 'apply_patch at the end of the file',
      info: '',
      file: 'one();\n',
      block: '*** Begin Patch\n*** Update File: a.ts\n@@\n+two();\n*** End of File\n*** End Patch',
      expected: 'one();\ntwo();\n',
    },
    {
      name: 'the nearest of several places when the number is a little wrong',
      file: `x();\n${'a();\n'.repeat(60)}x();\n`,
      block: '@@ -4,1 +4,1 @@\n-x();\n+y();\n',
      expected: `y();\n${'a();\n'.repeat(60)}x();\n`,
    },
    {
      name: 'a number that another hunk corrects',
      file: `head\n${'p\nq\nx\n'.repeat(3)}tail\n`,
      block: '@@ -11,1 +11,1 @@\n-head\n+HEAD\n@@ -17,1 +17,1 @@\n-x\n+X\n',
      expected: 'HEAD\np\nq\nx\np\nq\nX\np\nq\nx\ntail\n',
    },
    {
      name: 'no heading and no number: a question',
      file: classes,
      block: '@@\n     def run(self):\n-        return 1\n+        return 2\n',
      expected: 'unclear',
    },
    {
      name: 'a heading that the file has not is no help',
      file: classes,
      block: '@@ class C:\n     def run(self):\n-        return 1\n+        return 2\n',
      expected: 'unclear',
    },
    {
      name: 'the hunk between two others',
      file: 'a\nx\nb\nx\nc\nx\nd\n',
      block: '@@\n-b\n+B\n@@\n-x\n+X\n@@\n-c\n+C\n',
      expected: 'a\nx\nB\nX\nC\nx\nd\n',
    },
    {
      name: 'dots within a hunk leave lines out',
      file: numbers,
      block: '@@\n one\n-two\n+TWO\n ...\n nine\n-ten\n+TEN\n',
      expected: numbers.replace('two', 'TWO').replace('ten', 'TEN'),
    },
    {
      name: 'blank lines that the hunk forgot',
      file: 'a\n\nb\n\nc\n',
      block: '@@\n a\n-b\n+B\n c\n',
      expected: 'a\n\nB\n\nc\n',
    },
  ]);

  it('include every file of an apply_patch that is added, moved or deleted', () => {
    const patches = readExactForm(
      [
        '*** Begin Patch',
        '*** Add File: new.txt',
        '+hello',
        '*** Update File: old.ts',
        '*** Move to: moved.ts',
        '@@',
        '-a',
        '+b',
        '*** Delete File: gone.ts',
        '*** End Patch',
      ],
      '',
    );
    assert.deepEqual(
      patches?.map(({ oldPath, newPath, hunks }) => [oldPath, newPath, hunks.length]),
      [
        [null, 'new.txt', 1],
        ['old.ts', 'moved.ts', 1],
        ['gone.ts', null, 0],
      ],
    );
  });

  it('lead to a question with all places when a hunk fits several times', () => {
    const plan = planApply({ block: '@@\n-x\n+y\n', info: 'diff', file: 'x\na\nx\n' });
    assert.ok(plan.kind === 'unclear');
    assert.deepEqual(
      plan.places.map(({ start }) => start),
      [0, 2],
    );
  });

  describe('are not found in', () => {
    for (const [name, block, info] of [
      ['a list of Markdown', '- one\n- two\n+ three', 'markdown'],
      ['a list of YAML', 'steps:\n  - run: a\n- b\n- c', 'yaml'],
      ['SQL comments', '-- first\n-- second\nSELECT 1;', 'sql'],
      ['Lua comments', '--- Documented.\n-- @param x\nlocal x = 1', 'lua'],
      ['Haskell comments', '-- | Adds.\nadd = (+)', 'haskell'],
      ['Ruby’s class variables', '@@count = 0\n@@names = []', 'ruby'],
      ['T-SQL’s variables', 'SELECT @@ROWCOUNT\n-- x', 'sql'],
      ['front matter', '---\ntitle: x\n---\n\nText', 'markdown'],
      ['a heading underlined', 'Title\n=======\n\ntext', 'markdown'],
      ['shift operators', 'a <<<<<<< b;\nc >>>>>>> d;', 'js'],
      ['arithmetic over lines', 'x = a\n+ b\n- c', 'js'],
      ['a conflict that is left', '<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs', 'txt'],
      ['a tag named new', '<new>\n  x\n</new>', 'xml'],
      ['a diff fence without a diff', 'nothing changes', 'diff'],
    ] as const)
      it(name, () => {
        assert.equal(readExactForm(block.split('\n'), info, ['other']), undefined);
      });

    it('a block for a file that contains the same marks itself', () => {
      const file = ['@@ -1 +1 @@', '-a', '+b', 'tail'];
      assert.equal(readExactForm(['@@ -1 +1 @@', '-a', '+c'], 'txt', file), undefined);
    });
  });
});
