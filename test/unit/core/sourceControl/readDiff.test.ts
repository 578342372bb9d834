import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readDiff } from '../../../../src/core/sourceControl/readDiff';

const section = (head: string, body = '@@ -1 +1 @@\n-old\n+new\n'): string => `${head}\n${body}`;

describe('readDiff', () => {
  it('reads the path, the kind, the counts and the hunks of each file', () => {
    const files = readDiff(
      [
        'diff --git a/src/a.ts b/src/a.ts\nindex 1..2 100644\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1,3 @@ top\n one\n-two\n+2\n+3\n@@ -40 +41 @@\n-x\n+y\n',
        'diff --git a/new.ts b/new.ts\nnew file mode 100644\n--- /dev/null\n+++ b/new.ts\n@@ -0,0 +1 @@\n+hello\n',
        'diff --git a/gone.ts b/gone.ts\ndeleted file mode 100644\n--- a/gone.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-bye\n',
      ].join(''),
    );
    assert.deepEqual(
      files.map(({ path, kind, added, removed }) => [path, kind, added, removed]),
      [
        ['src/a.ts', 'modified', 3, 2],
        ['new.ts', 'added', 1, 0],
        ['gone.ts', 'deleted', 0, 1],
      ],
    );
    assert.deepEqual(
      files[0]?.hunks.map(({ newStart, lines }) => [newStart, lines.length]),
      [
        [1, 4],
        [41, 2],
      ],
    );
  });

  it('reads renames, also without changes', () => {
    const [file] = readDiff(
      'diff --git a/old name.ts b/new name.ts\nsimilarity index 100%\nrename from old name.ts\nrename to new name.ts\n',
    );
    assert.equal(file?.path, 'new name.ts');
    assert.equal(file.oldPath, 'old name.ts');
    assert.equal(file.kind, 'renamed');
  });

  for (const [setting, head, path] of [
    ['diff.noprefix', 'diff --git b/x.ts b/x.ts\n--- b/x.ts\n+++ b/x.ts', 'x.ts'],
    ['diff.mnemonicPrefix', 'diff --git c/x.ts i/x.ts\n--- c/x.ts\n+++ i/x.ts', 'x.ts'],
    ['core.quotePath', 'diff --git "a/\\346\\226\\207.txt" "b/\\346\\226\\207.txt"', '文.txt'],
    ['spaces', 'diff --git a/my file.bin b/my file.bin\nBinary files differ', 'my file.bin'],
    ['spaces and a tab', 'diff --git a/my file b/my file\n--- a/my file\t\n+++ b/my file\t', 'my file'],
    ['a quoted quotation mark', 'diff --git "a/a\\"b" "b/a\\"b"', 'a"b'],
    [
      'color.ui=always',
      '\u001b[1mdiff --git a/c.ts b/c.ts\u001b[m\n\u001b[1m--- a/c.ts\u001b[m\n\u001b[1m+++ b/c.ts\u001b[m',
      'c.ts',
    ],
    ['a merge', 'diff --cc both.ts\n--- a/both.ts\n+++ b/both.ts', 'both.ts'],
  ] as const)
    it(`finds the path with ${setting}`, () => {
      assert.equal(readDiff(section(head))[0]?.path, path);
    });

  it('knows binary files and submodules', () => {
    const [binary] = readDiff(
      'diff --git a/p.png b/p.png\nindex 1..2\nBinary files a/p.png and b/p.png differ\n',
    );
    assert.equal(binary?.isBinary, true);
    const [short] = readDiff(
      section(
        'diff --git a/lib b/lib\nindex 1..2 160000\n--- a/lib\n+++ b/lib',
        '@@ -1 +1 @@\n-Subproject commit 1\n+Subproject commit 2\n',
      ),
    );
    assert.equal(short?.kind, 'submodule');
    const log = readDiff('Submodule lib 1111..2222:\n  > Fix a bug\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n');
    assert.deepEqual(
      log.map(({ path, kind }) => [path, kind]),
      [
        ['lib', 'submodule'],
        ['x', 'modified'],
      ],
    );
  });

  it('takes a line that looks like a header for content when it is inside a hunk', () => {
    const files = readDiff(
      'diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1 +1,2 @@\n--- a/other\n+++ b/other\n+diff --git a/x b/x\n',
    );
    assert.deepEqual(
      files.map(({ path, added, removed }) => [path, added, removed]),
      [['a.md', 2, 1]],
    );
  });

  it('returns no file for a text that is not a diff, and never throws', () => {
    assert.deepEqual(readDiff('fatal: not a git repository\n'), []);
    const line = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        'diff --git ',
        'diff --git "a/\\377" "b/\\9"',
        '@@ -1 +1 @@',
        '@@',
        'rename to ',
        '--- ',
        '+++ "',
        'Submodule ',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        for (const { path, added } of readDiff(lines.join('\n'))) {
          assert.equal(typeof path, 'string');
          assert.ok(added >= 0);
        }
      }),
    );
  });
});
