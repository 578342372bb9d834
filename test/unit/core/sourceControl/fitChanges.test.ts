import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitChanges, type FittedChanges } from '../../../../src/core/sourceControl/fitChanges';
import { readDiff } from '../../../../src/core/sourceControl/readDiff';
import { TokenCounter } from '../../../../src/core/prompt/tokenCounter';

const model = { gatewayId: 'g', modelId: 'm' };
const counter = new TokenCounter({ get: () => undefined, set: () => undefined });
const count = (text: string): number => counter.countText(model, text);

/** The diff of a file whose hunks replace lines. */
function diffOf(path: string, hunks: readonly (readonly string[])[], from = path): string {
  const head = `diff --git a/${from} b/${path}\n${from === path ? '' : `similarity index 90%\nrename from ${from}\nrename to ${path}\n`}--- a/${from}\n+++ b/${path}\n`;
  return (
    head +
    hunks.map((lines, index) => `@@ -${index * 50 + 1} +${index * 50 + 1} @@\n${lines.join('\n')}\n`).join('')
  );
}

function fit(diff: string, tokens: number, ignored: readonly string[] = []): FittedChanges {
  return fitChanges(readDiff(diff), {
    tokens,
    count,
    isIgnored: (path) => ignored.includes(path),
    style: 'diff',
  });
}

const code = (name: string, lines: number): string[] =>
  Array.from(
    { length: lines },
    (_, index) => `+export const ${name}${index} = compute(${index}, "${name}");`,
  );

describe('fitChanges', () => {
  it('sends small changes whole', () => {
    const fitted = fit(diffOf('src/a.ts', [['-one', '+two']]), 2_000);
    assert.match(fitted.text, /## src\/a\.ts \(\+1 −1\)\n@@ -1 \+1 @@\n-one\n\+two/);
    assert.deepEqual(fitted.whole, ['src/a.ts']);
  });

  it('fits 5 MB with lock files into a window of 8,000 tokens, and names what is left out', () => {
    const lock = diffOf('package-lock.json', [code('lock', 90_000)]);
    const bundle = diffOf('dist/app.js', [code('dist', 20_000)]);
    const sources = Array.from({ length: 40 }, (_, index) =>
      diffOf(`src/part${index}.ts`, [code(`p${index}`, 40), code(`q${index}`, 40)]),
    );
    const diff = [lock, bundle, diffOf('.env', [['+TOKEN=abc123def456']]), ...sources].join('');
    assert.ok(diff.length > 5_000_000);
    const fitted = fit(diff, 8_000);
    assert.ok(count(fitted.text) <= 8_000);
    assert.match(fitted.text, /Left out \(lock file\): package-lock\.json/);
    assert.match(fitted.text, /Left out \(generated\): dist\/app\.js/);
    assert.match(fitted.text, /Left out \(may hold secrets\): \.env/);
    assert.ok(!fitted.text.includes('abc123def456'));
    assert.equal(fitted.whole.length + fitted.partial.length, 40);
    assert.deepEqual(
      fitted.omitted.map(({ why }) => why),
      ['lock', 'generated', 'secret'],
    );
  });

  it('gives each of several large files about the same room', () => {
    const diff = ['a', 'b', 'c'].map((name) => diffOf(`src/${name}.ts`, [code(name, 2_000)])).join('');
    const { text, partial } = fit(diff, 3_000);
    assert.equal(partial.length, 3);
    const sizes = text.split(/^## /m).slice(1).map(count);
    assert.ok(Math.max(...sizes) < 1.3 * Math.min(...sizes), sizes.join(' '));
  });

  it('shows whole small hunks before a part of a large one', () => {
    const diff = diffOf('src/a.ts', [code('big', 3_000), ['-small', '+tiny']]);
    const { text } = fit(diff, 1_000);
    assert.match(text, /\+tiny/);
    assert.match(text, /1 more part is not shown/);
  });

  it('prefers code to tests, data and prose when not all files get room', () => {
    const files = ['README.md', 'data.json', 'test/a.test.ts', 'src/a.ts'];
    const { text, named } = fit(files.map((path) => diffOf(path, [code('x', 60)])).join(''), 350);
    assert.match(text, /^## src\/a\.ts/);
    assert.ok(!named.includes('src/a.ts'));
  });

  it('counts 3,000 files by folder when their names do not fit', () => {
    const diff = Array.from({ length: 3_000 }, (_, index) =>
      diffOf(`pkg/mod${index % 7}/file${index}.ts`, [['+x']]),
    ).join('');
    const { text, total } = fit(diff, 4_000);
    assert.equal(total, 3_000);
    assert.ok(count(text) <= 4_000);
    assert.match(text, /and \d[\d,]* more \(\d+ in pkg\/\)/);
  });

  it('leaves out renamed and deleted secrets, and their values in other files', () => {
    const secret = 'p4ss-phrase-of-the-server';
    const diff = [
      diffOf('config/settings.txt', [[`+DB_PASSWORD=${secret}`]], '.env.local'),
      'diff --git a/server.pem b/server.pem\ndeleted file mode 100644\n--- a/server.pem\n+++ /dev/null\n@@ -1 +0,0 @@\n-MIIEowIBAAKCAQEA7bq\n',
      'diff --git "a/\\345\\257\\206\\347\\240\\201.txt" "b/\\345\\257\\206\\347\\240\\201.txt"\n--- "a/\\345\\257\\206\\347\\240\\201.txt"\n+++ "b/\\345\\257\\206\\347\\240\\201.txt"\n@@ -1 +1 @@\n+hidden-by-name\n',
      diffOf('src/db.ts', [[`+connect("${secret}");`, '+const key = "sk-abcdefgh12345678abcdefgh";']]),
    ].join('');
    const { text, omitted, keys } = fit(diff, 4_000);
    for (const gone of [secret, 'MIIEow', 'hidden-by-name', 'abcdefgh12345678'])
      assert.ok(!text.includes(gone), gone);
    assert.deepEqual(
      omitted.map(({ path }) => path),
      ['config/settings.txt', 'server.pem', '密码.txt'],
    );
    assert.equal(keys, 2);
    assert.match(text, /connect\("/);
  });

  it('leaves out ignored, binary and minified files', () => {
    const diff = [
      diffOf('out/a.ts', [['+x']]),
      'diff --git a/p.png b/p.png\nBinary files a/p.png and b/p.png differ\n',
      diffOf('src/blob.js', [[`+${'x=1;'.repeat(1_000)}`]]),
      diffOf('src/api.ts', [['+// Code generated by tool. DO NOT EDIT.', '+x']]),
    ].join('');
    const { omitted } = fit(diff, 2_000, ['out/a.ts']);
    assert.deepEqual(
      omitted.map(({ why }) => why),
      ['ignored', 'binary', 'generated', 'generated'],
    );
  });

  it('has a text even if everything is left out', () => {
    assert.match(fit(diffOf('yarn.lock', [['+x']]), 500).text, /Left out \(lock file\): yarn\.lock/);
    assert.equal(fit('', 500).text, '');
  });

  it('never exceeds its limit, never sends a secret file, and accounts for each file once', () => {
    const name = fc.constantFrom(
      'src/a.ts',
      'b.md',
      '.env',
      'yarn.lock',
      'deep/er/c.py',
      'id_rsa',
      'data.csv',
      '中文/d.go',
    );
    const line = fc.oneof(fc.string({ maxLength: 120 }), fc.constant('words that are repeated '.repeat(6)));
    const lines = fc.array(
      line.map((text) => `+${text.replaceAll(/\p{Cc}/gu, ' ')}`),
      { minLength: 1, maxLength: 60 },
    );
    const files = fc.uniqueArray(fc.tuple(name, fc.array(lines, { minLength: 1, maxLength: 5 })), {
      selector: ([path]) => path,
      maxLength: 8,
    });
    fc.assert(
      fc.property(files, fc.integer({ min: 120, max: 3_000 }), (changed, tokens) => {
        const marked = changed.map(([path, hunks]) =>
          path === '.env' || path === 'id_rsa'
            ? ([path, [['+S3CR3T-MARK']]] as const)
            : ([path, hunks] as const),
        );
        const fitted = fit(marked.map(([path, hunks]) => diffOf(path, hunks)).join(''), tokens);
        assert.ok(count(fitted.text) <= tokens);
        assert.ok(!fitted.text.includes('S3CR3T-MARK'));
        const all = [
          ...fitted.whole,
          ...fitted.partial,
          ...fitted.named,
          ...fitted.omitted.map(({ path }) => path),
        ];
        assert.deepEqual([...all].sort(), marked.map(([path]) => path).sort());
      }),
    );
  });
});
