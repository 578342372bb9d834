import { placementTable, type PlacementRow } from './placementTable';

const diff = (rows: readonly Omit<PlacementRow, 'info'>[]): readonly PlacementRow[] =>
  rows.map((row) => ({ info: 'diff', ...row }));

placementTable(
  'tells changed comments and rules from the headers of a diff',
  diff([
    {
      name: 'two SQL comments in a row change',
      file: 'SELECT 1;\n-- one\n-- two\nSELECT 2;\n',
      block:
        '--- a/r.sql\n+++ b/r.sql\n@@ -1,4 +1,4 @@\n SELECT 1;\n--- one\n--- two\n+-- eins\n+-- zwei\n SELECT 2;\n',
      expected: 'SELECT 1;\n-- eins\n-- zwei\nSELECT 2;\n',
    },
    {
      name: 'a Chinese SQL comment comes',
      file: 'SELECT 1;\nSELECT 2;\n',
      block: '--- a/查询.sql\n+++ b/查询.sql\n@@ -1,2 +1,3 @@\n SELECT 1;\n+-- 第二个查询\n SELECT 2;\n',
      expected: 'SELECT 1;\n-- 第二个查询\nSELECT 2;\n',
    },
    {
      name: 'a comment that names a file goes, in a diff of Git',
      file: 'local a\n-- see lib/x.lua\nlocal b\n',
      block:
        'diff --git a/m.lua b/m.lua\nindex 1c2..3d4 100644\n--- a/m.lua\n+++ b/m.lua\n@@ -1,3 +1,2 @@\n local a\n--- see lib/x.lua\n local b\n',
      expected: 'local a\nlocal b\n',
    },
    {
      name: 'a Haskell comment of one word becomes another',
      file: 'main = run\n-- OPEN\nrun = go\n',
      block: '--- a/Main.hs\n+++ b/Main.hs\n@@ -1,3 +1,3 @@\n main = run\n--- OPEN\n+-- CLOSED\n run = go\n',
      expected: 'main = run\n-- CLOSED\nrun = go\n',
    },
    {
      name: 'the first line is a comment that changes',
      file: '-- v1\nCREATE TABLE a (id int);\n',
      block: '--- a/s.sql\n+++ b/s.sql\n@@ -1,2 +1,2 @@\n--- v1\n+-- v2\n CREATE TABLE a (id int);\n',
      expected: '-- v2\nCREATE TABLE a (id int);\n',
    },
    {
      name: 'two hunks begin and end with comments',
      file: '-- a\nx\ny\nz\n-- b\n',
      block: '@@ -1,2 +1,2 @@\n--- a\n+-- A\n x\n@@ -4,2 +4,2 @@\n z\n--- b\n+-- B\n',
      expected: '-- A\nx\ny\nz\n-- B\n',
    },
    {
      name: 'the rule below a heading of Markdown changes',
      file: 'Title\n-----\ntext\n',
      block: '@@ -1,3 +1,3 @@\n Title\n------\n+=====\n text\n',
      expected: 'Title\n=====\ntext\n',
    },
    {
      name: 'an option of a command line changes',
      file: 'run \\\n  --fast \\\n  --quiet\n',
      block: '@@ -1,3 +1,3 @@\n run \\\n-  --fast \\\n+  --slow \\\n   --quiet\n',
      expected: 'run \\\n  --slow \\\n  --quiet\n',
    },
    {
      name: 'an increment comes',
      file: 'int i = 0;\nrun(i);\n',
      block: '@@ -1,2 +1,3 @@\n int i = 0;\n+++i;\n run(i);\n',
      expected: 'int i = 0;\n++i;\nrun(i);\n',
    },
    {
      name: 'a signature below a mail changes',
      file: 'Bye\n-- \nAda\n',
      block: '@@ -1,3 +1,3 @@\n Bye\n -- \n-Ada\n+Bea\n',
      expected: 'Bye\n-- \nBea\n',
    },
    {
      name: 'a CSS custom property changes',
      file: ':root {\n--gap: 1px;\n}\n',
      block: '--- a/a.css\n+++ b/a.css\n@@ -1,3 +1,3 @@\n :root {\n---gap: 1px;\n+--gap: 2px;\n }\n',
      expected: ':root {\n--gap: 2px;\n}\n',
    },
  ]),
);

placementTable(
  'adds after the line that an empty range names, in further diffs',
  diff([
    {
      name: 'with a count of 1 in the new range',
      file: 'A\nB\nC\n',
      block: '--- a/f\n+++ b/f\n@@ -2,0 +3,1 @@\n+x\n',
      expected: 'A\nB\nx\nC\n',
    },
    {
      name: 'with Chinese lines',
      file: '甲\n乙\n',
      block: '--- a/表.txt\n+++ b/表.txt\n@@ -1,0 +2 @@\n+新\n',
      expected: '甲\n新\n乙\n',
    },
    {
      name: 'with a heading behind the range',
      file: 'def f():\n    a()\n    b()\n',
      block: '@@ -2,0 +3 @@ def f():\n+    c()\n',
      expected: 'def f():\n    a()\n    c()\n    b()\n',
    },
    {
      name: 'with Windows line ends in the file',
      file: 'A\r\nB\r\n',
      block: '@@ -1,0 +2 @@\n+x\n',
      expected: 'A\r\nx\r\nB\r\n',
    },
    {
      name: 'with Windows line ends in the diff',
      file: 'A\nB\n',
      block: '@@ -1,0 +2 @@\r\n+x\r\n',
      expected: 'A\nx\nB\n',
    },
    {
      name: 'with a blank line that comes',
      file: 'A\nB\n',
      block: '@@ -1,0 +2,2 @@\n+\n+x\n',
      expected: 'A\n\nx\nB\n',
    },
    {
      name: 'between a removal and a change of svn diff -x -U0',
      file: 'A\nB\nC\nD\n',
      block:
        'Index: f\n===\n--- f\t(revision 1)\n+++ f\t(working copy)\n@@ -1 +0,0 @@\n-A\n@@ -3,0 +3 @@\n+x\n@@ -4 +4 @@\n-D\n+d\n',
      expected: 'B\nC\nx\nd\n',
    },
    {
      name: 'after three other insertions',
      file: 'A\nB\nC\nD\n',
      block: '@@ -1,0 +2 @@\n+a\n@@ -2,0 +4 @@\n+b\n@@ -3,0 +6 @@\n+c\n@@ -4,0 +8 @@\n+d\n',
      expected: 'A\na\nB\nb\nC\nc\nD\nd\n',
    },
    {
      name: 'after a blank line',
      file: 'A\n\nB\n',
      block: '@@ -2,0 +3 @@\n+x\n',
      expected: 'A\n\nx\nB\n',
    },
    {
      name: 'at the end, with the mark of a missing line end',
      file: 'A\nB',
      block: '@@ -2,0 +3 @@\n+C\n\\ No newline at end of file\n',
      expected: 'A\nB\nC',
    },
  ]),
);

placementTable(
  'takes a blank after each sign for the writer’s, in further languages',
  diff([
    {
      name: 'in Go with tabs',
      file: 'func f() {\n\tif x {\n\t\ta()\n\t}\n}\n',
      block: '  \tif x {\n- \t\ta()\n+ \t\tb()\n  \t}\n',
      expected: 'func f() {\n\tif x {\n\t\tb()\n\t}\n}\n',
    },
    {
      name: 'in YAML that Python-like indentation carries',
      file: 'jobs:\n  test:\n    steps:\n      - run: a\n      - run: b\n',
      block: '      steps:\n-       - run: a\n+       - run: c\n        - run: b\n',
      expected: 'jobs:\n  test:\n    steps:\n      - run: c\n      - run: b\n',
    },
    {
      name: 'with Chinese words',
      file: '标题\n旧的一行\n末尾\n',
      block: '  标题\n- 旧的一行\n+ 新的一行\n  末尾\n',
      expected: '标题\n新的一行\n末尾\n',
    },
    {
      name: 'with two changes and lines between',
      file: 'a\nb\nc\nd\n',
      block: '- a\n+ A\n  b\n  c\n- d\n+ D\n',
      expected: 'A\nb\nc\nD\n',
    },
    {
      name: 'in Ruby, two levels deep',
      file: 'class A\n  def b\n    c\n  end\nend\n',
      block: '  class A\n    def b\n-     c\n+     d\n    end\n  end\n',
      expected: 'class A\n  def b\n    d\n  end\nend\n',
    },
    {
      name: 'where a deeper block comes',
      file: 'def f():\n    a()\n    return 1\n',
      block: '  def f():\n      a()\n+     if x:\n+         b()\n      return 1\n',
      expected: 'def f():\n    a()\n    if x:\n        b()\n    return 1\n',
    },
    {
      name: 'below the headers of Git',
      file: 'x = 1\ny = 2\n',
      block: 'diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n- x = 1\n+ x = 3\n  y = 2\n',
      expected: 'x = 3\ny = 2\n',
    },
    {
      name: 'with Windows line ends',
      file: 'a\r\nb\r\n',
      block: '- a\r\n+ c\r\n  b\r\n',
      expected: 'c\r\nb\r\n',
    },
    {
      name: 'in Rust, with a closing bracket below',
      file: 'fn f() {\n    a();\n}\n',
      block: '  fn f() {\n-     a();\n+     b();\n  }\n',
      expected: 'fn f() {\n    b();\n}\n',
    },
    {
      name: 'not where the new line is one column deeper than a comment’s star',
      file: '/**\n * a\n */\nf();\n',
      block: ' /**\n- * a\n+ * b\n  */\n f();\n',
      expected: '/**\n * b\n */\nf();\n',
    },
    {
      name: 'not where a diff moves a line one column to the right',
      file: 'a\nb\nc\n',
      block: ' a\n-b\n+ b\n c\n',
      expected: 'a\n b\nc\n',
    },
  ]),
);

placementTable('leaves ordinary texts with such signs alone', [
  {
    name: 'a list of Markdown with nested items is the file itself',
    info: 'md',
    file: '- a\n  - b\n',
    block: '- a\n  - b\n  - c\n',
    expected: '- a\n  - b\n  - c\n',
  },
  {
    name: 'YAML with lists',
    info: 'yaml',
    file: 'a:\n- b\n- c\n',
    block: 'a:\n- b\n- c\n- d\n',
    expected: 'a:\n- b\n- c\n- d\n',
    orAsks: true,
  },
  {
    name: 'a table of arithmetic',
    info: 'txt',
    file: '+ 1\n- 2\n',
    block: '+ 1\n- 2\n+ 3\n',
    expected: '+ 1\n- 2\n+ 3\n',
    orAsks: true,
  },
]);
