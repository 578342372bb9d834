import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeChanges, newFileDiff } from '../../../../src/core/context/diffText';

function section(path: string, line: string): string {
  return `diff --git a/${path} b/${path}\nindex 1..2 100644\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-old\n+${line}\n`;
}

describe('describeChanges', () => {
  it('writes each part under its title and leaves out an empty part', () => {
    const { text } = describeChanges([
      { title: 'Staged', diff: section('a.ts', 'one') },
      { title: 'Not staged', diff: '' },
    ]);
    assert.match(text, /^# Staged\ndiff --git a\/a\.ts b\/a\.ts\n/);
    assert.doesNotMatch(text, /Not staged/);
  });

  it('leaves out the changes of secret files and names these files', () => {
    const { text, secret } = describeChanges([
      {
        title: 'Staged',
        diff: section('a.ts', 'kept') + section('.env', 'TOKEN=1') + section('b.ts', 'kept, too'),
      },
    ]);
    assert.doesNotMatch(text, /TOKEN/);
    assert.match(text, /kept\n[\s\S]*kept, too/);
    assert.match(text, /Left out, because they may hold secrets: \.env/);
    assert.deepEqual(secret, ['.env']);
  });

  it('leaves out a secret file that was renamed, has a quoted path or has spaces in its path', () => {
    const renamed =
      'diff --git a/x.txt b/conf/.env.local\nsimilarity index 90%\nrename from x.txt\nrename to conf/.env.local\n@@ -1 +1 @@\n+TOKEN=2\n';
    const quoted = `diff --git "a/\\303\\244/.env" "b/\\303\\244/.env"\n--- "a/\\303\\244/.env"\n+++ "b/\\303\\244/.env"\n@@ -1 +1 @@\n+TOKEN=3\n`;
    const spaced = section('my folder/server key.pem', 'TOKEN=4');
    const { text } = describeChanges([{ title: 'Staged', diff: renamed + quoted + spaced }]);
    assert.equal(text, '');
  });

  it("reads git's quoted paths: names a secret file with a Chinese path as it is on disk", () => {
    // 机密/.env and 密钥.pem
    const folder = '\\346\\234\\272\\345\\257\\206';
    const key = '\\345\\257\\206\\351\\222\\245';
    const quoted = (path: string, line: string): string =>
      `diff --git "a/${path}" "b/${path}"\n--- "a/${path}"\n+++ "b/${path}"\n@@ -1 +1 @@\n+${line}\n`;
    const moved = `diff --git "a/${folder}/.env" b/x.txt\nsimilarity index 90%\nrename from "${folder}/.env"\nrename to x.txt\n@@ -1 +1 @@\n+TOKEN=3\n`;
    const { text, secret, amount } = describeChanges([
      {
        title: 'Staged',
        diff:
          quoted(`${folder}/.env`, 'TOKEN=1') +
          quoted(`${key}.pem`, 'TOKEN=2') +
          moved +
          quoted(`${key}.ts`, 'kept'),
      },
    ]);
    assert.doesNotMatch(text, /TOKEN/);
    assert.match(text, /kept\n[^]*may hold secrets: 机密\/\.env, 密钥\.pem, x\.txt\n$/);
    assert.deepEqual(secret, ['机密/.env', '密钥.pem', 'x.txt']);
    assert.deepEqual(amount, { shown: 1, total: 1 });
  });

  it('leaves out secret files no matter what other files contain', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a.ts', '.env', 'key.pem', 'b c.md'), fc.string()), {
          maxLength: 8,
        }),
        (changes) => {
          const diff = changes
            .map(([path, line]) =>
              section(
                path,
                path === '.env' || path === 'key.pem' ? 'SECRET-LINE' : line.replaceAll(/\s/g, ' '),
              ),
            )
            .join('');
          assert.doesNotMatch(describeChanges([{ title: 'All', diff }]).text, /SECRET-LINE/);
        },
      ),
    );
  });

  it('shows a new file as git does after it is added', () => {
    assert.equal(
      newFileDiff('src/a.ts', 'one\ntwo\n'),
      'diff --git a/src/a.ts b/src/a.ts\nnew file mode 100644\n--- /dev/null\n+++ b/src/a.ts\n@@ -0,0 +1,2 @@\n+one\n+two\n',
    );
    assert.match(newFileDiff('a', 'one\r\ntwo'), /\+one\n\+two\n\\ No newline at end of file\n$/);
    assert.doesNotMatch(newFileDiff('empty', ''), /@@/);
    const { text, secret } = describeChanges([
      { title: 'New', diff: newFileDiff('conf/.env', 'A=SECRET\n') },
    ]);
    assert.equal(text, '');
    assert.deepEqual(secret, ['conf/.env']);
  });

  it('counts the files, each once, and those that a cut diff still has', () => {
    const long = section('b.ts', Array(20_000).fill('line').join('\n+'));
    const { amount } = describeChanges([
      { title: 'Staged', diff: section('a.ts', 'one') + long + section('c.ts', 'three') },
      { title: 'Not staged', diff: section('a.ts', 'two') + section('conf/.env', 'A=SECRET') },
    ]);
    assert.deepEqual(amount, { shown: 2, total: 3 });
  });

  it('cuts a long diff at the end of a line', () => {
    const { text, truncated } = describeChanges([
      { title: 'Staged', diff: section('a.ts', Array(20_000).fill('line').join('\n+')) },
    ]);
    assert.equal(truncated, true);
    assert.ok(text.length <= 60_100 && text.endsWith('+line\n'), text.slice(-20));
  });
});
