import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { breaksSyntax } from '../../src/core/edits/structure/breaksSyntax';
import { TreeSitterParser } from '../../src/host/edits/treeSitterParser';

describe('TreeSitterParser with the grammars of VS Code', () => {
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
    it(`detects a change that breaks the syntax of a file in ${language}`, async () => {
      assert.equal(await breaksSyntax(parser, language, good, good), false);
      assert.equal(await breaksSyntax(parser, language, good, bad), true);
      assert.equal(await breaksSyntax(parser, language, bad, bad), false);
    });

  it('returns no count for a language without a grammar', async () => {
    assert.equal(await parser.countErrors('a: [', 'yaml'), undefined);
  });
});
