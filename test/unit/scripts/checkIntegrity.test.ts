import { equal, match, ok, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ripgrepIntegrities } from '../../../scripts/addRipgrep.mjs';
import { cacheFolder } from '../../../scripts/cacheFolder.mjs';
import { checkIntegrity } from '../../../scripts/checkIntegrity.mjs';
import { installVSCode, versions } from '../../../scripts/installVSCode.mjs';
import { Problem } from '../../../scripts/problem.mjs';
import { checkingBundles } from '../../../scripts/restoreProposalCheck.mjs';

/** What decides where the cache folder is, on each system. */
const homes = ['XDG_CACHE_HOME', 'LOCALAPPDATA', 'HOME'];

const chosen = `sha512-${'A'.repeat(86)}==`;
const other = `sha512-${'B'.repeat(86)}==`;

describe('the VS Code that tests run on', () => {
  let folder: string;
  const before = { ...process.env };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-pinned-'));
    await mkdir(join(folder, 'node_modules'));
  });

  afterEach(async () => {
    Object.assign(process.env, before);
    for (const name of homes) if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
    await rm(folder, { recursive: true, force: true });
  });

  async function noteOfNpm(packages: unknown): Promise<void> {
    await writeFile(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  }

  it('is taken when the registry serves the one that was chosen', async () => {
    await noteOfNpm({ 'node_modules/code-server': { integrity: chosen } });
    await checkIntegrity(folder, 'code-server', chosen);
  });

  const refused: Record<string, unknown> = {
    'another one': { 'node_modules/code-server': { integrity: other } },
    'one without an integrity': { 'node_modules/code-server': { version: '4.139.1' } },
    'an older kind of hash': {
      'node_modules/code-server': { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
    },
    'the chosen one beside another one': {
      'node_modules/code-server': { integrity: other },
      'node_modules/x/node_modules/code-server': { integrity: chosen },
    },
    'the integrity in another spelling': { 'node_modules/code-server': { integrity: chosen.toLowerCase() } },
    nothing: undefined,
  };
  for (const [name, packages] of Object.entries(refused)) {
    it(`is refused when the registry serves ${name}`, async () => {
      await noteOfNpm(packages);
      await rejects(checkIntegrity(folder, 'code-server', chosen), (error) => {
        ok(error instanceof Problem);
        match(error.message, /another code-server than the one .* Nothing of it was run\./);
        return true;
      });
    });
  }

  it('is refused when npm left no note', async () => {
    await rejects(checkIntegrity(folder, 'code-server', chosen), /is not known instead of/);
  });

  it('has an exact version and an integrity for every package', () => {
    const { newest, oldest } = versions;
    for (const pinned of [newest.codeServer, oldest.codeServer, oldest.node]) {
      match(pinned?.version ?? '', /^\d+\.\d+\.\d+$/);
      match(pinned?.integrity ?? '', /^sha512-[A-Za-z0-9+/]{86}==$/);
    }
    for (const integrity of Object.values(ripgrepIntegrities))
      match(integrity, /^sha512-[A-Za-z0-9+/]{86}==$/);
  });

  it('stays usable where an earlier Parley put it, without asking the registry, and gets its check of proposed APIs back', async () => {
    for (const name of homes) process.env[name] = folder;
    const place = join(cacheFolder(), `code-server-${versions.newest.codeServer.version}`);
    ok(place.startsWith(folder));
    const vscode = join(place, 'node_modules', 'code-server', 'lib', 'vscode');
    const bundles = checkingBundles.map((bundle) => join(vscode, bundle));
    for (const bundle of bundles) {
      await mkdir(dirname(bundle), { recursive: true });
      await writeFile(
        bundle,
        'function a(b,c){return!0}function d(b,c){if(!a(b,c))throw new Error(`Extension ${b} no`)}',
      );
    }
    await writeFile(join(place, 'complete.json'), '{"codeServer":"4.139.1"}\n');
    equal((await installVSCode()).server, join(vscode, 'out', 'server-main.js'));
    for (const bundle of bundles)
      match(await readFile(bundle, 'utf8'), /^function a\(b,c\)\{return!!b\.enabledApiProposals/);
    match(
      await readFile(join(place, 'complete.json'), 'utf8'),
      /"codeServer":"4.139.1","checksProposals":true/,
    );
    // From now on the mark suffices: the bundles, of many megabytes, are not read at each start.
    await rm(join(vscode, 'out'), { recursive: true });
    await installVSCode();
  });
});
