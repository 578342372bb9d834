import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { terminalText } from '../../../../src/core/text/terminalText';

function line(block: string, shell?: string): string {
  const result = terminalText(block, shell);
  return result.kind === 'line' ? result.text : result.kind;
}

describe('terminalText', () => {
  it('removes prompts, comments and the output of a transcript', () => {
    assert.equal(line('$ npm test\n\n> parley@1 test\nok'), 'npm test');
    assert.equal(line('PS C:\\work> dir'), 'dir');
    assert.equal(line('# build it\nmake'), 'make');
    assert.equal(line('me@host:~/work$ make'), 'make');
  });

  it('joins several commands into one line', () => {
    assert.equal(line('cd src\nnpm ci\n'), 'cd src && npm ci');
    assert.equal(line('cd src\nnpm ci', 'pwsh'), 'cd src; npm ci');
    assert.equal(line('docker run \\\n  --rm \\\n  image'), 'docker run --rm image');
    assert.equal(line('a |\n  b'), 'a | b');
  });

  for (const script of [
    'for f in *; do\n  echo $f\ndone',
    'cat <<EOF > a\ntext\nEOF',
    "echo 'one\ntwo'",
    'f() {\n  ls\n}',
    'server &\ncurl localhost',
  ])
    it(`keeps the lines of the script ${JSON.stringify(script)}`, () => {
      assert.deepEqual(terminalText(script, undefined), { kind: 'script', lines: script.split('\n') });
    });

  it('removes escape sequences, control characters and invisible characters', () => {
    assert.equal(line('echo \u001b[31mred\u001b[0m'), 'echo red');
    assert.equal(line('echo \u001b]52;c;cm0gLXJm\u0007hi'), 'echo hi');
    assert.equal(line('echo hi\u001b[201~\rrm -rf x'), 'echo hi && rm -rf x');
    assert.equal(line('ls \u202e\u200b-l\u0003\u0004'), 'ls -l');
    assert.equal(terminalText('# only words\n', undefined).kind, 'empty');
  });

  it('never returns a line with a line end or a control character', () => {
    const piece = fc.constantFrom(
      'a',
      '$ ',
      '\n',
      '\r',
      '\u001b',
      '[201~',
      '\u001b]0;',
      '\u0007',
      '\t',
      '\u2028',
      '\u0085',
      '\u009b',
      '"',
      '\\',
      '&',
      '#',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }),
        fc.constantFrom('bash', 'pwsh', 'cmd', undefined),
        (pieces, shell) => {
          const block = pieces.join('');
          const result = terminalText(block, shell);
          const lines = result.kind === 'line' ? [result.text] : result.kind === 'script' ? result.lines : [];
          for (const text of lines) assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029]/u);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('handles long lines and many empty lines', () => {
    assert.equal(terminalText(`a@${'a'.repeat(200_000)}`, 'bash').kind, 'line');
    assert.equal(terminalText(`if x\n${'\n'.repeat(200_000)}y`, 'bash').kind, 'script');
  });
});
