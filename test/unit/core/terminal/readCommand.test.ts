import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readCommand } from '../../../../src/core/terminal/readCommand';
import { fenced } from '../../../../src/core/text/escapeMarkdown';

/** The command in an answer, or what else the answer is. */
function read(answer: string, shell = 'bash'): string {
  const found = readCommand(answer, shell);
  if (found.kind !== 'command') return `(${found.kind})`;
  return found.text.kind === 'line' ? found.text.text : found.text.lines.join('\n');
}

function reason(answer: string): string | undefined {
  const found = readCommand(answer, 'bash');
  return found.kind === 'command' ? found.reason : undefined;
}

describe('readCommand', () => {
  it('takes the command of the block and the sentence after it', () => {
    const answer =
      '```bash\ngit push -u origin main\n```\n\nThe branch had **no** upstream, so `-u` sets it.';
    assert.equal(read(answer), 'git push -u origin main');
    assert.equal(reason(answer), 'The branch had no upstream, so -u sets it.');
  });

  it('takes the sentence before the block if there is none after it', () => {
    assert.equal(reason('你需要先安装依赖：\n\n```sh\nnpm ci\n```'), '你需要先安装依赖：');
    assert.equal(reason('```sh\nnpm ci\n```\n\n```sh\nnpm test\n```'), '');
  });

  it('takes the first of several blocks, and skips output', () => {
    assert.equal(
      read('It said:\n```text\nnot found\n```\nSo:\n```zsh\nnpm ci\n```\nor\n```zsh\nyarn\n```'),
      'npm ci',
    );
    assert.equal(read('```console\n$ npm ci\nadded 3 packages\n```'), 'npm ci');
    assert.equal(read('```powershell\nPS C:\\> Get-ChildItem\n```', 'pwsh'), 'Get-ChildItem');
    assert.equal(read('~~~\nls -la\n~~~'), 'ls -la');
  });

  it('joins commands, and keeps the lines of a script', () => {
    assert.equal(read('```sh\ncd src\nnpm ci\n```'), 'cd src && npm ci');
    assert.equal(read('```sh\nfor f in *; do\n  echo $f\ndone\n```'), 'for f in *; do\n  echo $f\ndone');
  });

  it('takes a block that the answer was cut in', () => {
    assert.equal(read('```bash\nnpm run bui'), 'npm run bui');
  });

  it('says that code for a file is not a command, also if a command follows it', () => {
    assert.equal(
      read('Change line 3:\n```python\nimport os\n```\nThen:\n```bash\npython a.py\n```'),
      '(code)',
    );
    assert.equal(read('```json package.json\n{}\n```'), '(code)');
    assert.equal(read('```diff\n-a\n+b\n```'), '(code)');
  });

  it('finds a command without a block', () => {
    assert.equal(read('git status'), 'git status');
    assert.equal(read('$ git status'), 'git status');
    assert.equal(read('`git status`'), 'git status');
    assert.equal(read('Run `git pull` first.'), 'git pull');
    assert.equal(read('可以运行 `git pull`。'), 'git pull');
    assert.equal(read('Get-ChildItem -Recurse', 'pwsh'), 'Get-ChildItem -Recurse');
    assert.equal(read('cp -r a/ .'), 'cp -r a/ .');
  });

  it('finds none in prose', () => {
    for (const prose of [
      'There is no command for that.',
      'no command can do this',
      '没有命令可以做到这一点。',
      'The file `a.txt` is missing.',
      'Either `a` or `b` is wrong.',
      'I am sorry, I cannot help',
      'Do this:',
    ])
      assert.equal(read(prose), '(prose)', prose);
    assert.equal(read(' \n '), '(empty)');
    assert.equal(read('```bash\n# nothing to do\n```'), '(prose)');
  });

  it('removes what a terminal would take for keys', () => {
    assert.equal(read('```bash\nls\u0003\u001b[201~\u202e -l\u0000\n```'), 'ls -l');
    assert.equal(read('```bash\nls\rrm x\n```'), 'ls && rm x');
    assert.equal(read('`ls\u2028rm x`'), 'ls && rm x');
  });

  it('gives no line that would run by itself, whatever the answer is', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '```bash\n',
        '```\n',
        '~~~sh\n',
        '\n',
        '\r',
        '\u2028',
        '`',
        '$ ',
        '> ',
        '\\\n',
        '&&',
        '\u0003',
        '\u001b[201~',
      ),
      fc.constantFrom(
        'ls -l',
        'Run ',
        '运行',
        'for x in a; do',
        'done',
        '"',
        "'",
        '{',
        '<<EOF',
        '\u001b]0;',
        '\u009b',
        '\ud83d',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.array(part),
        fc.constantFrom('bash', 'zsh', 'fish', 'pwsh', 'cmd', undefined),
        (parts, shell) => {
          const found = readCommand(parts.join(''), shell);
          if (found.kind !== 'command') return;
          const lines = found.text.kind === 'line' ? [found.text.text] : found.text.lines;
          assert.ok(lines.length > 0);
          for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
          assert.doesNotMatch(found.reason, /[\p{Cc}\p{Cf}]/u);
        },
      ),
    );
  });

  it('gives a command back from a block, whatever prose is around it', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9./=-]{0,12}$/);
    const command = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
    const prose = fc
      .array(fc.lorem({ mode: 'sentences', maxCount: 2 }), { maxLength: 3 })
      .map((parts) => parts.join('\n\n'));
    fc.assert(
      fc.property(
        command,
        prose,
        prose,
        fc.constantFrom('bash', 'sh', '', 'shell', 'fish'),
        (line, before, after, language) => {
          fc.pre(
            !/^(?:rem|if|for|while|until|case|select|function|do|then|else|elif|fi|done|esac|in|begin|end|switch|foreach|try|catch)\b/.test(
              line,
            ),
          );
          assert.equal(read([before, fenced(line, language), after].join('\n\n')), line);
        },
      ),
    );
  });
});
