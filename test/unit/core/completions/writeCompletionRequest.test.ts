import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { cutAfter, cutBefore, countTokens } from '../../../../src/core/completions/cutBefore';
import { importedPaths } from '../../../../src/core/completions/importedPaths';
import { RelatedTexts, writeRelated } from '../../../../src/core/completions/relatedTexts';
import {
  writeCompletionRequest,
  type CompletionTarget,
} from '../../../../src/core/completions/writeCompletionRequest';
import { placeIn } from './placeIn';

const text = fc
  .array(fc.constantFrom('const a = b;', '计算两个数的和', '👍', ' ', '\n', '\n\n', '\t', 'x', '('), {
    maxLength: 200,
  })
  .map((parts) => parts.join(''));
const budget = fc.integer({ min: 0, max: 200 });
const halfPair = /^[\udc00-\udfff]|[\ud800-\udbff]$/;

const target: CompletionTarget = {
  gateway: {
    ...{ id: 'mine', name: 'Mine', baseUrl: 'https://gateway.example/v1', auth: 'bearer' },
    ...{ headers: {}, models: [], extraBody: {} },
  },
  modelId: 'coder',
  timeouts: { connect: 1, firstToken: 1, idle: 1 },
  form: 'suffix',
  contextWindow: undefined,
};

describe('The prompt of a completion', () => {
  it('has the end of the text before the cursor, within its tokens', () => {
    fc.assert(
      fc.property(text, budget, (before, tokens) => {
        const cut = cutBefore(before, tokens);
        ok(before.endsWith(cut) && !halfPair.test(cut));
        ok(cut === before || countTokens(cut) <= tokens);
      }),
    );
  });

  it('has the beginning of the text after the cursor, within its tokens', () => {
    fc.assert(
      fc.property(text, budget, (after, tokens) => {
        const cut = cutAfter(after, tokens);
        ok(after.startsWith(cut) && !halfPair.test(cut));
        ok(cut === after || countTokens(cut) <= tokens);
      }),
    );
  });

  it('keeps short texts whole', () => {
    equal(cutBefore('const a = 1;\nconst b = ', 100), 'const a = 1;\nconst b = ');
    equal(cutAfter('\nprint(b);\n', 100), '\nprint(b);\n');
  });

  it('begins with the same line while the user writes more lines, so that gateways can cache it', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `const value${index} = compute(${index});`);
    const starts = new Set<string>();
    for (let count = 200; count < 232; count += 1)
      starts.add(cutBefore(`${lines.slice(0, count).join('\n')}\n`, 1_000).split('\n', 1)[0] ?? '');
    ok(starts.size <= 4);
  });

  it('is smaller for a model with a small context window', () => {
    const place = placeIn(`${'const a = b;\n'.repeat(500)}¦${'\nconst c = d;'.repeat(500)}`);
    const whole = writeCompletionRequest(place, 'line', target, []);
    const small = writeCompletionRequest(place, 'line', { ...target, contextWindow: 1_000 }, []);
    ok(countTokens(small.prefix + small.suffix) + small.maxTokens <= 1_000);
    ok(countTokens(whole.prefix) > 500 && countTokens(whole.prefix) <= 1_000);
    ok(countTokens(whole.suffix) > 200 && countTokens(whole.suffix) <= 400);
  });

  it('is not empty in an empty document, because gateways refuse that', () => {
    ok(writeCompletionRequest(placeIn('¦'), 'paragraph', target, []).prefix.length > 0);
  });

  it('has related texts as comments of the language before the text', () => {
    const related = [{ label: 'src/add.py', text: 'def add(a, b):\n    return a + b' }];
    equal(
      writeCompletionRequest(placeIn('x = ¦', 'python'), 'line', target, related).prefix,
      '# src/add.py\n# def add(a, b):\n#     return a + b\nx = ',
    );
    equal(writeRelated([{ label: 'a.html', text: '<p>' }], 'html', 100), '<!-- a.html -->\n<!-- <p> -->\n');
  });

  it('takes the part of another file that is most like the text before the cursor', () => {
    const filler = 'let unrelated = something;\n'.repeat(100);
    const wanted = 'function parseInvoice(line, currency) {\n  return readAmount(line, currency);\n}\n';
    const [part] = new RelatedTexts().choose(
      [{ label: 'invoice.ts', text: filler + wanted + filler }],
      'const invoice = parseInvoice(line, currency);\nreadAmount(',
      600,
    );
    ok(part?.text.includes('parseInvoice'));
    ok((part?.text.split('\n').length ?? 0) <= 24);
  });

  it('takes the part that was edited last, and nothing of a file that has nothing in common', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `line${index} word`).join('\n');
    const texts = new RelatedTexts();
    const [part] = texts.choose([{ label: 'a.ts', text: lines, editedLine: 203 }], 'const other = ', 600);
    ok(part?.text.includes('line203 '));
    deepEqual(texts.choose([{ label: 'b.ts', text: lines }], 'const other = ', 600), []);
  });

  it('takes parts of other files within its tokens, and sees changes of a file', () => {
    const texts = new RelatedTexts();
    const file = (label: string, name: string): { label: string; text: string } => ({
      label,
      text: `function ${name}(first, second) {\n  return first + second;\n}\n`.repeat(3),
    });
    const before = 'function total(first, second) {\n  return ';
    const many = Array.from({ length: 20 }, (_, index) => file(`file${index}.ts`, 'total'));
    const chosen = texts.choose(many, before, 300);
    ok(chosen.length > 1 && chosen.length < 20);
    ok(countTokens(writeRelated(chosen, 'typescript', 300)) <= 300);
    ok(texts.choose([file('file0.ts', 'renamed')], before, 300)[0]?.text.includes('renamed'));
  });

  for (const [language, head, expected] of [
    ['typescript', "import { a } from './a';\nimport b from '../b/c.js';", ['./a', '../b/c.ts']],
    ['typescript', "import * as vscode from 'vscode';\nimport x from 'x/y';", []],
    ['javascript', "const a = require('./a.js');", ['./a.ts']],
    ['python', 'from .models import User\nfrom os import path\n', ['./models.py']],
    ['c', '#include "list.h"\n#include <stdio.h>\n', ['list.h']],
  ] as const)
    it(`knows what ${language} imports by ${head.split('\n', 1)[0] ?? ''}`, () => {
      deepEqual(
        importedPaths(head, language).map(([first]) => first),
        expected,
      );
    });
});
