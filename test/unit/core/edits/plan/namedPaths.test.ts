import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fenceLanguage, namedPaths } from '../../../../../src/core/edits/plan/namedPaths';
import { readWorkspacePath } from '../../../../../src/core/paths/readWorkspacePath';

function first(block: { text?: string; info?: string; before?: string }): string | undefined {
  return namedPaths({ text: 'x', info: '', before: '', ...block })[0]?.path;
}

describe('namedPaths', () => {
  for (const info of [
    'ts src/a.ts',
    'ts:src/a.ts',
    'ts title="src/a.ts"',
    'ts {filename=src/a.ts}',
    'src/a.ts',
    "ts file='src/a.ts'",
    'ts ./src/a.ts',
    '12:30:src/a.ts',
    'ts src/a.ts:3-9',
  ])
    it(`reads the fence ${info}`, () => {
      assert.equal(first({ info }), 'src/a.ts');
    });

  for (const text of [
    '// src/a.ts\nx',
    '# src/a.ts\nx',
    '/* src/a.ts */\nx',
    '<!-- src/a.ts -->\nx',
    '#!/usr/bin/env node\n// src/a.ts',
    '// File: src/a.ts\nx',
    '// 文件：src/a.ts',
    '// src/a.ts (updated)',
  ])
    it(`reads the first line ${JSON.stringify(text)}`, () => {
      assert.equal(first({ text }), 'src/a.ts');
    });

  for (const before of [
    'In `src/a.ts`:',
    'Change **src/a.ts**:\n',
    'See [src/a.ts](file:///src/a.ts).',
    'In src/a.ts:',
    'First `other.ts`, and now `src/a.ts`:',
    '修改 `src/a.ts`：',
  ])
    it(`reads the words ${JSON.stringify(before)}`, () => {
      assert.equal(first({ before }), 'src/a.ts');
    });

  const others: readonly (readonly [
    block: { text?: string; info?: string; before?: string },
    path: string,
  ])[] = [
    [{ info: 'tsx app/(dashboard)/settings/page.tsx' }, 'app/(dashboard)/settings/page.tsx'],
    [{ info: 'tsx (shop)/page.tsx' }, '(shop)/page.tsx'],
    [{ info: 'tsx app/[locale]/[...slug]/page.tsx' }, 'app/[locale]/[...slug]/page.tsx'],
    [{ info: 'ts filepath="src/a.ts"' }, 'src/a.ts'],
    [{ info: 'ts file-path=src/a.ts' }, 'src/a.ts'],
    [{ info: 'ts {"file": "src/a.ts"}' }, 'src/a.ts'],
    [{ info: 'ts /home/me/project/src/a.ts' }, '/home/me/project/src/a.ts'],
    [{ info: 'ts C:\\work\\src\\a.ts' }, 'C:\\work\\src\\a.ts'],
    [{ info: 'ts docs/my file.ts' }, 'docs/my file.ts'],
    [{ info: 'python:工具/读取.py' }, '工具/读取.py'],
    [{ info: 'dockerfile Dockerfile' }, 'Dockerfile'],
    [{ info: 'ts (src/a.ts)' }, 'src/a.ts'],
    [{ before: 'In `app/(dashboard)/settings/page.tsx`:' }, 'app/(dashboard)/settings/page.tsx'],
    [{ before: 'Edit app/(shop)/page.tsx like this:' }, 'app/(shop)/page.tsx'],
    [{ before: 'Change it (src/a.ts):' }, 'src/a.ts'],
    [{ before: '**File: src/a.ts**' }, 'src/a.ts'],
    [{ before: '**File:** `src/a.ts`' }, 'src/a.ts'],
    [{ before: '**文件：`src/a.ts`**' }, 'src/a.ts'],
    [{ before: '修改src/a.ts文件：' }, 'src/a.ts'],
    [{ before: '在「src/a.ts」中：' }, 'src/a.ts'],
    [{ before: '編輯 `src/a.ts`（第 3 行）：' }, 'src/a.ts'],
    [{ before: '`src/a.ts` を変更します：' }, 'src/a.ts'],
    [{ before: 'Edit [the page](src/a.ts):' }, 'src/a.ts'],
    [{ before: '### 1. `src/a.ts`\n' }, 'src/a.ts'],
    [{ before: 'Im Modul src/a.ts:' }, 'src/a.ts'],
    [{ text: '// filepath: src/a.ts\nx' }, 'src/a.ts'],
    [{ text: '// filepath: /home/me/project/src/a.ts\nx' }, '/home/me/project/src/a.ts'],
    [{ text: '// Path: src/a.ts\nx' }, 'src/a.ts'],
    [{ text: '{/* src/A.tsx */}\nx' }, 'src/A.tsx'],
    [{ text: '<?php\n// src/A.php\nx' }, 'src/A.php'],
    [{ text: '<!DOCTYPE html>\n<!-- pages/a.html -->\n' }, 'pages/a.html'],
    [{ text: '"use client"\n// app/(auth)/login.tsx\nx' }, 'app/(auth)/login.tsx'],
    [{ text: "'use strict';\n\n// src/a.js\nx" }, 'src/a.js'],
    [{ text: '# -*- coding: utf-8 -*-\n# src/a.py\nx' }, 'src/a.py'],
    [{ text: '-- db/a.sql\nselect 1;' }, 'db/a.sql'],
    [{ text: '; src/a.clj\n(a)' }, 'src/a.clj'],
    [{ text: '% src/a.tex\nx' }, 'src/a.tex'],
    [{ text: '// 路径：src/a.ts（新建）\nx'.replace('（新建）', ' (新建)') }, 'src/a.ts'],
    [{ text: '*** Begin Patch\n*** Update File: src/a.ts\n@@\n-a\n+b\n*** End Patch' }, 'src/a.ts'],
    [{ text: 'src/a.ts\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE' }, 'src/a.ts'],
  ];
  for (const [block, path] of others)
    it(`reads ${path} in ${JSON.stringify(block)}`, () => {
      assert.equal(first(block), path);
    });

  const nothing: readonly { text?: string; info?: string; before?: string }[] = [
    { text: '// Adds two numbers.\nx' },
    { text: '// see the docs\nx' },
    { text: '# e.g. like this\nx' },
    { text: '// Node.js, Deno and Bun\nx' },
    { text: '-- select all rows\nselect 1;' },
    { text: 'const path = "src/a.ts";' },
    { text: 'import a from "./a.ts";' },
    { text: '# 配置说明\nx' },
    { info: 'ts {1,3}' },
    { info: 'python3' },
    { info: 'c++' },
    { info: 'text wrap' },
    { info: 'console title="Output"' },
    { before: 'Call `run()` like this:' },
    { before: 'It is 3.5 times faster:' },
    { before: 'Use `a ? b : c` or `x => y`:' },
    { before: 'As in https://example.com/a.ts:' },
    { before: '这样更快：' },
    { before: 'Vorher z.B. so:' },
    { before: 'Version 1.2.3 does this:' },
  ];
  for (const block of nothing)
    it(`finds no file in ${JSON.stringify(block)}`, () => {
      assert.equal(first(block), undefined);
    });

  it('reads the headers of a diff', () => {
    assert.equal(first({ text: '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b' }), 'src/a.ts');
  });

  it('finds no file in a language, a call or prose', () => {
    for (const info of ['ts', 'c++', 'objective-c', 'js {1,3}', ''])
      assert.equal(first({ info }), undefined, info);
    assert.equal(first({ text: '// Adds two numbers.' }), undefined);
    assert.equal(first({ before: 'Call `run()` e.g. like this:' }), undefined);
  });

  it('separates the language of a fence from its file', () => {
    assert.equal(fenceLanguage('ts:src/a.ts'), 'ts');
    assert.equal(fenceLanguage('{.Python title="a.py"}'), 'python');
    assert.equal(fenceLanguage('src/a.ts'), '');
  });
});

describe('readWorkspacePath', () => {
  for (const path of [
    '../a.ts',
    'a/../../b.ts',
    '/etc/passwd',
    'C:\\a.ts',
    'C:a.ts',
    '\\\\server\\share\\a.ts',
    '//server/a.ts',
    'file:///etc/passwd',
    '~/.ssh/config',
    '.git/hooks/pre-commit',
    'src/.GIT/config',
    'a.ts\0.png',
    'a%2e%2e/b',
    'a.ts:stream',
    'a\u202Ets.exe',
    'a\u061cts.exe',
    '.g\u206ait/hooks/pre-commit',
    '.gi\u00adt/config',
    'src\u2215..\u2215a.ts',
    'src\uff0fa.ts',
    'a\ud800.ts',
    'GIT~1/hooks/pre-commit',
    'src/SETTIN~1.JSO',
    '.hg/hgrc',
    'aux.ts',
    'src/NUL',
    'COM¹.log',
    'CONIN$',
    `${'a'.repeat(256)}.ts`,
    'a%252e%252e/b',
    '~root/a.ts',
    'a..',
    'folder/',
    '',
  ])
    it(`refuses ${JSON.stringify(path)}`, () => {
      assert.equal(readWorkspacePath(path), undefined);
    });

  it('accepts paths inside the folder', () => {
    assert.equal(readWorkspacePath('./src\\a b.ts'), 'src/a b.ts');
    for (const path of [
      '.github/workflows/ci.yml',
      '..a.ts',
      'console.ts',
      'src/源代码.ts',
      'a~1b.ts',
      'com.ts',
    ])
      assert.equal(readWorkspacePath(path), path);
  });

  it('never returns a path outside of the folder, for any text', () => {
    const part = fc.constantFrom('..', '.', 'a', '/', '\\', ':', '~', '%2e', ' ', 'C', '.git', '\0');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = readWorkspacePath(parts.join(''));
        if (path === undefined) return;
        const url = new URL(path, 'file:///workspace/folder/');
        assert.ok(url.href.startsWith('file:///workspace/folder/'), path);
      }),
    );
  });

  it('ignores a first line of more than 500 characters', () => {
    const blanks = ' '.repeat(200_000);
    assert.deepEqual(namedPaths({ text: `// a${blanks}b`, info: '', before: '' }), []);
    assert.deepEqual(namedPaths({ text: `// src/a.ts${blanks}`, info: '', before: '' }), []);
    assert.deepEqual(namedPaths({ text: '', info: ')'.repeat(200_000), before: '['.repeat(200_000) }), []);
    assert.deepEqual(
      namedPaths({ text: `/*  src/a.ts${' '.repeat(100)}*/`, info: '', before: '' }).map(({ path }) => path),
      ['src/a.ts'],
    );
  });
});
