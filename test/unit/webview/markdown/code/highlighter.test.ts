import assert from 'node:assert/strict';
import fc from 'fast-check';
import hljs from 'highlight.js/lib/core';
import { embeddedGrammars, grammars } from '../../../../../src/webview/markdown/code/grammars';
import { createHighlighter } from '../../../../../src/webview/markdown/code/highlighter';
import { codeLanguage } from '../../../../../src/webview/markdown/code/codeLanguage';

const highlighter = createHighlighter();
const code = fc
  .array(
    fc.constantFrom(
      'const a = `x${b}`;',
      '/* comment',
      'end */ let x = 1',
      '"""',
      "'''",
      "'string",
      '"a" + \'b\'',
      '<div class="a">',
      '</div><script>',
      'function f(a, b) {',
      '}',
      'def f(x):',
      '<<EOF',
      'EOF',
      '// comment',
      '# comment',
      '#{x}',
      '--',
      '{{ value }}',
      '',
      '\\',
      '$(',
      ')',
      '<?php',
      '?>',
      '@media (x) {',
      '```js',
      '```',
    ),
    { maxLength: 15 },
  )
  .map((lines) => lines.map((line) => `${line}\n`));

/** The names of the grammars that a grammar asks highlight.js for. */
function namesOfEmbedded(mode: unknown, seen = new Set<unknown>()): string[] {
  if (typeof mode !== 'object' || mode === null || mode instanceof RegExp || seen.has(mode)) return [];
  seen.add(mode);
  return Object.entries(mode).flatMap(([key, value]) =>
    key === 'subLanguage' ? [value].flat().map(String) : namesOfEmbedded(value, seen),
  );
}

describe('The highlighter', () => {
  it('knows which grammars each grammar needs for the code in its own', () => {
    for (const [name, grammar] of Object.entries(grammars)) {
      const needed = namesOfEmbedded(grammar(hljs)).filter((other) => Object.hasOwn(grammars, other));
      assert.deepEqual([...new Set(needed)].toSorted(), (embeddedGrammars[name] ?? []).toSorted(), name);
    }
  });

  it('colours CSS in HTML when no CSS was coloured before', () => {
    const lines = createHighlighter().whole('xml', '<style>\na { color: red }\n</style>\n');
    const scopes = lines[1]?.flatMap((segment) => segment.scopes) ?? [];
    assert.ok(scopes.includes('language:css') && scopes.includes('attribute'), scopes.join(' '));
  });

  it('keeps every character, for all grammars, whole and line by line', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(grammars)), code, (grammar, lines) => {
        const whole = highlighter.whole(grammar, lines.join(''));
        assert.deepEqual(
          whole.map((line) => line.map(({ text }) => text).join('')),
          lines,
        );
        const highlightLine = highlighter.byLine(grammar);
        for (const line of lines) {
          const segments = highlightLine(line);
          assert.equal(segments.map(({ text }) => text).join(''), line);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('carries what is open from one line to the next', () => {
    const highlightLine = highlighter.byLine('typescript');
    const scopes = ['/* one\n', 'two\n', 'three */ const a = `x\n', '${b} y\n', '`; let c;\n'].map((line) =>
      highlightLine(line).map(({ scopes: names, text }) => [names.join(' '), text]),
    );
    assert.deepEqual(scopes[1], [['comment', 'two\n']]);
    assert.deepEqual(scopes[3]?.[0], ['string subst', '${b}']);
    assert.ok(scopes[4]?.some(([names, text]) => names === 'keyword' && text === 'let'));
  });

  it('colours two blocks at a time independently', () => {
    const [first, second] = [highlighter.byLine('c'), highlighter.byLine('c')];
    first('/* open\n');
    assert.deepEqual(second('int a;\n')[0]?.scopes, ['type']);
    assert.deepEqual(first('int a;\n')[0]?.scopes, ['comment']);
  });

  it('colours ordinary code line by line as it does as a whole', () => {
    const lines = [
      'export async function load(path: string): Promise<string> {\n',
      '  // reads it\n',
      '  const text = await read(`${path}/index`);\n',
      '  return text.replace(/a+/g, "b");\n',
      '}\n',
    ];
    const highlightLine = highlighter.byLine('typescript');
    assert.deepEqual(lines.map(highlightLine), highlighter.whole('typescript', lines.join('')));
  });
});

describe('codeLanguage', () => {
  it('knows a grammar by its usual names', () => {
    assert.deepEqual(codeLanguage('ts'), { displayName: 'TypeScript', grammar: 'typescript' });
    assert.deepEqual(codeLanguage('TSX title="a.tsx"'), { displayName: 'TSX', grammar: 'typescript' });
    assert.deepEqual(codeLanguage('js{1,3}'), { displayName: 'JavaScript', grammar: 'javascript' });
    assert.deepEqual(codeLanguage('c++'), { displayName: 'C++', grammar: 'cpp' });
  });

  it('names an unknown language as it was written, and leaves it plain', () => {
    assert.deepEqual(codeLanguage('zig'), { displayName: 'zig', grammar: undefined });
    assert.deepEqual(codeLanguage('constructor'), { displayName: 'constructor', grammar: undefined });
    assert.deepEqual(codeLanguage(''), { displayName: undefined, grammar: undefined });
  });

  it('has a grammar for every language that it says can be highlighted', () => {
    for (const name of Object.keys(grammars)) assert.equal(codeLanguage(name).grammar, name);
  });
});
