import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { breaksSyntax } from '../../src/core/edits/structure/breaksSyntax';
import { TreeSitterParser } from '../../src/host/edits/treeSitterParser';

describe('TreeSitterParser with the grammars of VS Code', () => {
  /** The runtime of the oldest supported VS Code exports nothing for Node. Parley then makes no such check. */
  const file = join(
    vscode.env.appRoot,
    'node_modules',
    '@vscode',
    'tree-sitter-wasm',
    'wasm',
    'tree-sitter.js',
  );
  const hasRuntime = 'Parser' in (createRequire(file)(file) as object);
  const parser = new TreeSitterParser(vscode.env.appRoot, {
    info: () => undefined,
    warn: () => undefined,
    error: (message) => assert.fail(message),
  });

  for (const [language, good, bad] of [
    ['typescript', 'function a(): number {\n  return 1;\n}\n', 'function a(): number {\n  return 1;\n'],
    ['python', 'def a():\n    return 1\n', 'def a(:\n    return 1\n'],
    ['go', 'package a\n\nfunc a() int {\n\treturn 1\n}\n', 'package a\n\nfunc a() int {\n\treturn 1\n'],
    ['css', '.a {\n  top: 0;\n}\n', '.a {\n  top: 0;\n'],
  ] as const)
    it(`detects a change that breaks the syntax of a file in ${language}, if the parser of VS Code can be loaded`, async () => {
      assert.equal(await parser.countErrors(good, language), hasRuntime ? 0 : undefined);
      assert.equal(await breaksSyntax(parser, language, good, good), false);
      assert.equal(await breaksSyntax(parser, language, good, bad), hasRuntime);
      assert.equal(await breaksSyntax(parser, language, bad, bad), false);
    });

  it('returns no count for a language without a grammar', async () => {
    assert.equal(await parser.countErrors('a: [', 'yaml'), undefined);
  });
});
