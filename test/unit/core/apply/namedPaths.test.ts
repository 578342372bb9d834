import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fenceLanguage, namedPaths } from '../../../../src/core/apply/namedPaths';
import { readWorkspacePath } from '../../../../src/core/apply/workspacePath';

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

  it('reads the headers of a diff', () => {
    assert.equal(first({ text: '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b' }), 'src/a.ts');
  });

  it('takes neither a language, nor a call, nor prose for a file', () => {
    for (const info of ['ts', 'c++', 'objective-c', 'js {1,3}', ''])
      assert.equal(first({ info }), undefined, info);
    assert.equal(first({ text: '// Adds two numbers.' }), undefined);
    assert.equal(first({ before: 'Call `run()` e.g. like this:' }), undefined);
  });

  it('tells the language of a fence from its file', () => {
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

  it('keeps what stays inside', () => {
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

  it('lets nothing out, whatever it reads', () => {
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
});
