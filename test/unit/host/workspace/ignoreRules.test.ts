import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { IgnoreRules } from '../../../../src/host/workspace/ignoreRules';

describe('IgnoreRules', () => {
  it('hides the files that .gitignore names at every depth', () => {
    const rules = new IgnoreRules([{ folder: '', text: 'dist/\n*.log\n/top.txt\n' }], []);
    for (const path of ['dist/a.js', 'packages/x/dist/a.js', 'a.log', 'deep/a.log', 'top.txt']) {
      assert.equal(rules.hides(path), true, path);
    }
    for (const path of ['distance.ts', 'deep/top.txt', 'src/dist.ts']) {
      assert.equal(rules.hides(path), false, path);
    }
  });

  it('lets a deeper .gitignore override the ones above, except in a hidden folder', () => {
    const rules = new IgnoreRules(
      [
        { folder: '', text: '*.log\nbuild/\n' },
        { folder: 'kept', text: '!important.log\nown.txt\n' },
        { folder: 'build', text: '!a.js\n' },
      ],
      [],
    );
    assert.equal(rules.hides('kept/important.log'), false);
    assert.equal(rules.hides('kept/other.log'), true);
    assert.equal(rules.hides('kept/own.txt'), true);
    assert.equal(rules.hides('own.txt'), false);
    assert.equal(rules.hides('build/a.js'), true);
  });

  it("hides the files that VS Code's settings exclude", () => {
    const rules = new IgnoreRules([], ['**/node_modules', 'out', '**/*.{min.js,map}', 'a/{b,c{d,e}}/**']);
    for (const path of [
      'x/node_modules/y.js',
      'out/a.js',
      'lib/a.min.js',
      'a.map',
      'a/b/x',
      'a/cd/x',
      'a/ce/x',
    ]) {
      assert.equal(rules.hides(path), true, path);
    }
    for (const path of ['x/out/a.js', 'a.js', 'a/cf/x', 'node_modules_of_mine/a.js']) {
      assert.equal(rules.hides(path), false, path);
    }
  });

  it("hides git's own folder and every path that is not inside the workspace folder", () => {
    const rules = new IgnoreRules([], []);
    for (const path of ['.git/config', 'sub/.git/config', '../a.ts', '/etc/passwd', '']) {
      assert.equal(rules.hides(path), true, path);
    }
  });

  it('hides the same files as git', function () {
    this.timeout(60_000);
    const name = fc.constantFrom('a', 'b', 'c.log', 'd.txt', 'build');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('-/'));
    const line = fc.constantFrom(
      'a-/',
      '*.log',
      '!c.log',
      '/b',
      '**/build',
      'build-/',
      'b-/*',
      '!d.txt',
      '#a',
      'a-/**/d.txt',
    );
    const text = fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 6 }), text, text, (paths, top, nested) => {
        const folder = mkdtempSync(join(tmpdir(), 'parley-ignore-'));
        try {
          execFileSync('git', ['init', '-q'], { cwd: folder });
          for (const each of [...paths, 'a-/.gitignore', '.gitignore']) {
            mkdirSync(join(folder, dirname(each)), { recursive: true });
            const content = each === '.gitignore' ? top : each === 'a-/.gitignore' ? nested : 'x';
            writeFileSync(join(folder, each), content);
          }
          const seen = execFileSync('git', ['ls-files', '-o', '--exclude-standard'], {
            cwd: folder,
            encoding: 'utf8',
          })
            .split('\n')
            .filter((each) => paths.includes(each));
          const rules = new IgnoreRules(
            [
              { folder: '', text: top },
              { folder: 'a-', text: nested },
            ],
            [],
          );
          assert.deepEqual(paths.filter((each) => !rules.hides(each)).toSorted(), seen.toSorted());
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('answers quickly for a setting whose braces have billions of alternatives', () => {
    const bomb = `${'{a,b}'.repeat(40)}.ts`;
    const sets = `{${'x,'.repeat(60_000)}y}`;
    const nested = `${'{a,'.repeat(30)}b${'}'.repeat(30)}`;
    // Without a limit, expanding each of the first three would never end.
    const rules = new IgnoreRules([], [bomb, sets, nested, '**/*.{log,{tmp,bak}}']);
    assert.deepEqual(
      ['a.ts', 'b.log', 'c/d.bak', 'e.tmp'].map((path) => rules.hides(path)),
      [false, true, true, true],
    );
  });

  it('answers quickly for a .gitignore line that matches a deep path in exponentially many ways', () => {
    const text = `${'**/a/'.repeat(30)}c\n*.log`;
    const rules = new IgnoreRules([{ folder: '', text }], ['**/a/'.repeat(30)]);
    assert.equal(rules.hides(`${'a/'.repeat(60)}b`), false);
    assert.equal(rules.hides(`${'a/'.repeat(60)}b.log`), true);
  });
});
