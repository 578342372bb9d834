import { deepStrictEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Problem } from '../../../scripts/problem.mjs';
import { bundledPackages, headingOf, writeNotices } from '../../../scripts/thirdPartyNotices.mjs';

const checkout = join(import.meta.dirname, '..', '..', '..');

describe('the notices of third parties', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'parley-notices-'));
    await write('src/main.ts', '');
  });

  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  async function write(path: string, content: unknown): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }

  async function install(
    folder: string,
    manifest: Record<string, unknown>,
    files: Record<string, string>,
  ): Promise<void> {
    await write(`${folder}/package.json`, manifest);
    for (const [name, text] of Object.entries({ 'index.js': '', ...files }))
      await write(`${folder}/${name}`, text);
  }

  const bundle = (...files: string[]): { outputs: Record<string, { inputs: Record<string, unknown> }> } => ({
    outputs: { 'dist/x.js': { inputs: Object.fromEntries(files.map((file) => [file, {}])) } },
  });

  async function noticesFor(...files: string[]): Promise<string> {
    const packages = await bundledPackages(root, [bundle('src/main.ts', ...files)]);
    return await writeNotices(root, packages, join(root, 'texts'));
  }

  const mit = { version: '1.2.3', license: 'MIT' };

  it('hold name, version, licence and text of every package of every bundle', async () => {
    await install('node_modules/one', mit, { LICENSE: 'Text of one.\r\n' });
    await install('node_modules/@scope/two', { version: '4.5.6', license: 'ISC' }, { 'license.txt': 'Two.' });
    const packages = await bundledPackages(root, [
      bundle('node_modules/one/index.js'),
      bundle('src/main.ts', 'node_modules/@scope/two/index.js', 'node_modules/one/package.json'),
    ]);
    const text = await writeNotices(root, packages, join(root, 'texts'));
    match(
      text,
      /^=+\n@scope\/two 4\.5\.6\nLicence: ISC\n\nTwo\.\n\n=+\none 1\.2\.3\nLicence: MIT\n\nText of one\.\n$/m,
    );
    deepStrictEqual(text.split('\n').slice(2, 4), ['@scope/two 4.5.6', 'one 1.2.3']);
  });

  it('name both versions of a package that is there twice', async () => {
    await install('node_modules/one', mit, { LICENSE: 'New.' });
    await install('node_modules/b/node_modules/one', { ...mit, version: '0.9.0' }, { LICENSE: 'Old.' });
    const text = await noticesFor('node_modules/one/index.js', 'node_modules/b/node_modules/one/index.js');
    match(text, /one 0\.9\.0\nLicence: MIT\n\nOld\.[^]*one 1\.2\.3\nLicence: MIT\n\nNew\./);
  });

  const licenceNames = [
    'LICENSE',
    'LICENCE',
    'license',
    'LICENSE.md',
    'License.txt',
    'COPYING',
    'LICENSE-MIT',
  ];
  for (const name of licenceNames) {
    it(`take a licence from a file called ${name}`, async () => {
      await install('node_modules/one', mit, { [name]: 'The terms.' });
      match(await noticesFor('node_modules/one/index.js'), /The terms\./);
    });
  }

  it('hold all licences and the notice of a package with several', async () => {
    await install('node_modules/one', mit, { LICENSE: 'Font.', 'LICENSE-CODE': 'Code.', NOTICE: 'Thanks.' });
    match(await noticesFor('node_modules/one/index.js'), /Font\.\n\nCode\.\n\nThanks\./);
  });

  for (const name of ['license-update.mjs', 'license.js', 'NOTICE', 'README.md', 'licenser.txt']) {
    it(`do not take ${name} for a licence`, async () => {
      await install('node_modules/one', mit, { [name]: 'not terms' });
      await rejects(noticesFor('node_modules/one/index.js'), (error) => {
        ok(error instanceof Problem);
        match(error.message, /^one 1\.2\.3 has no file with its licence\.$/m);
        return true;
      });
    });
  }

  for (const license of ['GPL-3.0', 'SEE LICENSE IN LICENSE', 'UNLICENSED', 'MIT AND GPL-2.0', 'mit', '']) {
    it(`cannot be made with a package under the licence "${license}"`, async () => {
      await install('node_modules/one', { ...mit, license }, { LICENSE: 'Terms.' });
      await rejects(noticesFor('node_modules/one/index.js'), /one 1\.2\.3 has the unknown licence/);
    });
  }

  for (const license of [
    '(MPL-2.0 OR Apache-2.0)',
    'MIT OR GPL-2.0',
    '(MIT AND CC-BY-4.0)',
    'BSD-3-Clause',
  ]) {
    it(`can be made with a package under ${license}`, async () => {
      await install('node_modules/one', { ...mit, license }, { LICENSE: 'Terms.' });
      ok((await noticesFor('node_modules/one/index.js')).includes(`Licence: ${license}\n`));
    });
  }

  it('cannot be made with a package that does not say its licence, and say so of all at once', async () => {
    await install('node_modules/one', { version: '1.0.0' }, { LICENSE: 'Terms.' });
    await install('node_modules/two', mit, {});
    await rejects(
      noticesFor('node_modules/one/index.js', 'node_modules/two/index.js'),
      /one 1\.0\.0 does not say its licence\.\ntwo 1\.2\.3 has no file/,
    );
  });

  it('take what a package does not bring from a text of ours', async () => {
    await install('node_modules/@scope/one', { version: '1.0.0' }, {});
    await write('texts/@scope+one.txt', 'MIT\n\nTerms of one.\n');
    match(await noticesFor('node_modules/@scope/one/index.js'), /Licence: MIT\n\nTerms of one\./);
  });

  it('hold a package that another one carries in its own files, as its source map tells', async () => {
    await install('node_modules/outer', mit, { LICENSE: 'Outer.' });
    await write('node_modules/outer/index.js.map', {
      sources: [
        '../../node_modules/.pnpm/inner@7.0.1_peer@1.0.0/node_modules/inner/src/a.js',
        '../src/own.ts',
        null,
        'webpack://LIB/node_modules/@scope/other/b.js',
        '../node_modules/outer/c.js',
      ],
    });
    await rejects(noticesFor('node_modules/outer/index.js'), /inner 7\.0\.1 \(part of outer\) has no file/);
    await write('texts/inner.txt', 'ISC\n\nInner.');
    await write('texts/@scope+other.txt', 'MIT\n\nOther.');
    const text = await noticesFor('node_modules/outer/index.js');
    match(text, /\ninner 7\.0\.1 \(part of outer\)\nLicence: ISC\n\nInner\.\n/);
    match(text, /\n@scope\/other \(part of outer\)\nLicence: MIT\n\nOther\.\n/);
    equal(text.match(/^=+$/gm)?.length, 3);
  });

  it('say nothing of Parley itself', async () => {
    deepStrictEqual(await bundledPackages(root, [bundle('src/main.ts', 'scripts/noKatex.mjs')]), []);
  });

  it('can be made for the packages that bring least, and for the font of the icons', async () => {
    const files = ['@vscode/codicons/dist/codicon.ttf', 'fastdom/fastdom.js', 'khroma/dist/index.js'];
    const names = [
      'dompurify',
      'undici',
      'temml',
      'highlight.js',
      'markdown-it',
      'preact',
      'valibot',
      'yaml',
    ];
    const inputs = [...files, ...names.map((name) => `${name}/package.json`)];
    const packages = await bundledPackages(checkout, [
      bundle(...inputs.map((file) => `node_modules/${file}`)),
    ]);
    const text = await writeNotices(checkout, packages);
    match(text, /\n@vscode\/codicons [\d.]+\nLicence: CC-BY-4\.0\n\nAttribution 4\.0 International/);
    match(text, /\nfastdom [\d.]+\nLicence: MIT\n\n\(The MIT License\)/);
    equal(packages.length, inputs.length);
    for (const each of packages) ok(text.includes(`\n${headingOf(each)}\nLicence: `));
  });
});
