import assert from 'node:assert/strict';
import { readExactForm } from '../../../../../src/core/edits/exact/readExactForm';
import { readFileChange, type FileChange } from '../../../../../src/core/edits/exact/readFileChange';

function changesIn(block: string, info = 'diff'): readonly (FileChange | undefined)[] {
  return (readExactForm(block.split('\n'), info) ?? []).map(readFileChange);
}

describe('readFileChange', () => {
  for (const [name, block, expected] of [
    [
      'apply_patch deletes a file',
      '*** Begin Patch\n*** Delete File: src/a.ts\n*** End Patch',
      [{ kind: 'delete', path: 'src/a.ts' }],
    ],
    [
      'apply_patch deletes two files, one with a blank in its name',
      '*** Begin Patch\n*** Delete File: docs/old notes.md\n*** Delete File: 文档/旧.md\n*** End Patch',
      [
        { kind: 'delete', path: 'docs/old notes.md' },
        { kind: 'delete', path: '文档/旧.md' },
      ],
    ],
    [
      'apply_patch in a shell’s here document deletes a file',
      "apply_patch <<'PATCH'\n*** Begin Patch\n*** Delete File: b.py\n*** End Patch\nPATCH",
      [{ kind: 'delete', path: 'b.py' }],
    ],
    [
      'apply_patch moves a file and changes it',
      '*** Begin Patch\n*** Update File: old.ts\n*** Move to: lib/new.ts\n@@\n-a\n+b\n*** End Patch',
      [{ kind: 'move', from: 'old.ts', to: 'lib/new.ts' }],
    ],
    [
      'apply_patch moves a file as it is, with Windows line ends',
      '*** Begin Patch\r\n*** Update File: old.go\r\n*** Move to: pkg/old.go\r\n*** End Patch\r',
      [{ kind: 'move', from: 'old.go', to: 'pkg/old.go' }],
    ],
    [
      'a diff takes all lines of a file away',
      '--- a/src/a.ts\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b',
      [{ kind: 'delete', path: 'src/a.ts' }],
    ],
    [
      'Git deletes a file',
      'diff --git a/src/a.ts b/src/a.ts\ndeleted file mode 100644\nindex 3b18e51..0000000\n--- a/src/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a',
      [{ kind: 'delete', path: 'src/a.ts' }],
    ],
    [
      'Git deletes an empty file, for which it writes no hunk',
      'diff --git a/my pkg/__init__.py b/my pkg/__init__.py\ndeleted file mode 100644\nindex e69de29..0000000',
      [{ kind: 'delete', path: 'my pkg/__init__.py' }],
    ],
    [
      'Git moves a file as it is',
      'diff --git a/src/a.ts b/lib/b.ts\nsimilarity index 100%\nrename from src/a.ts\nrename to lib/b.ts',
      [{ kind: 'move', from: 'src/a.ts', to: 'lib/b.ts' }],
    ],
    [
      'Git moves a file and changes it, then changes another',
      'diff --git a/a.ts b/b.ts\nsimilarity index 90%\nrename from a.ts\nrename to b.ts\nindex 1..2 100644\n--- a/a.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/c.ts b/c.ts\n--- a/c.ts\n+++ b/c.ts\n@@ -1 +1 @@\n-c\n+d',
      [{ kind: 'move', from: 'a.ts', to: 'b.ts' }, undefined],
    ],
    [
      'Git quotes the names that it moves',
      'diff --git "a/\\303\\251.ts" "b/e.ts"\nsimilarity index 100%\nrename from "old name.ts"\nrename to "new name.ts"',
      [{ kind: 'move', from: 'old name.ts', to: 'new name.ts' }],
    ],
  ] as const)
    it(`reads a deletion or move: ${name}`, () => {
      assert.deepEqual(changesIn(block), expected);
    });

  for (const [name, block] of [
    ['an ordinary change', '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b'],
    ['a new file', '--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1 @@\n+a'],
    ['a new file of apply_patch', '*** Begin Patch\n*** Add File: a.ts\n+a\n*** End Patch'],
    [
      'a new file that apply_patch would move',
      '*** Begin Patch\n*** Add File: a.ts\n*** Move to: b.ts\n+a\n*** End Patch',
    ],
    ['headers with two names for the same file', '--- original.ts\n+++ modified.ts\n@@ -1 +1 @@\n-a\n+b'],
    [
      'a move to its own path',
      '*** Begin Patch\n*** Update File: a.ts\n*** Move to: a.ts\n@@\n-a\n+b\n*** End Patch',
    ],
    ['a hunk without a header', '@@\n-a\n+b'],
    [
      'a hunk whose lines speak of a move',
      '--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n rename to b\n-deleted file mode 1\n+deleted file mode 2',
    ],
  ] as const)
    it(`finds no deletion or move in ${name}`, () => {
      assert.deepEqual(
        changesIn(block).filter((change) => change !== undefined),
        [],
      );
    });

  it('finds no deletion or move in a text about renames', () => {
    assert.equal(
      readExactForm(['Run git mv, then check:', 'rename from a.ts', 'rename to b.ts'], ''),
      undefined,
    );
  });
});
