import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeSpan, escapeMarkdown, fenced } from '../../../../src/core/text/escapeMarkdown';
import { baseName } from '../../../../src/core/text/baseName';

const hostile = fc
  .array(fc.oneof(fc.string(), fc.constantFrom('`', '```', '\n', '~~~', '[', '](', '!', '<', '&lt;', '|')))
  .map((pieces) => pieces.join(''));

describe('fenced', () => {
  it('uses a fence that is longer than any run of backticks in the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const block = fenced(text, 'ts');
        const [opening = ''] = block.split('\n', 1);
        const fence = opening.slice(0, -'ts'.length);
        assert.match(fence, /^`{3,}$/);
        assert.ok(!text.includes(fence));
        assert.ok(block.startsWith(`${opening}\n${text}`) && block.endsWith(`\n${fence}`));
      }),
    );
  });

  it('leaves out a language that could end the first line', () => {
    assert.equal(fenced('a', 'ts\n# x'), '```\na\n```');
    assert.equal(fenced('a\n', 'c++'), '```c++\na\n```');
  });

  it('handles more fences than a function can have arguments', () => {
    assert.ok(fenced('```\n'.repeat(300_000), '').startsWith('````\n'));
  });
});

describe('codeSpan', () => {
  it('uses a delimiter that is not in the text, in one line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = codeSpan(text);
        assert.doesNotMatch(span, /[\r\n]/);
        const [delimiter = ''] = /^`+/.exec(span) ?? [];
        if (text.includes('`')) assert.ok(!text.includes(delimiter));
      }),
    );
    assert.equal(codeSpan('src/a.ts'), '`src/a.ts`');
    assert.equal(codeSpan('a`b'), '`` a`b ``');
  });
});

describe('escapeMarkdown', () => {
  it('escapes links, HTML, entities, headings, emphasis and table cells in one line', () => {
    assert.equal(
      escapeMarkdown(' # [a](b)\n<b> *c* _d_ | &lt; ~e~ '),
      '\\# \\[a\\](b) \\<b\\> \\*c\\* \\_d\\_ \\| \\&lt; \\~e\\~',
    );
  });
});

describe('baseName', () => {
  for (const [path, name] of [
    ['a/b/c.ts', 'c.ts'],
    ['c.ts', 'c.ts'],
    ['/w/folder/', ''],
    ['', ''],
  ] as const)
    it(`is ${JSON.stringify(name)} for ${JSON.stringify(path)}`, () => {
      assert.equal(baseName(path), name);
    });
});
