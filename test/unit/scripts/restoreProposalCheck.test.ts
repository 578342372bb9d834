import { equal, ok, rejects, throws } from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Problem } from '../../../scripts/problem.mjs';
import {
  checkingBundles,
  restoreProposalCheck,
  restoreProposalChecks,
} from '../../../scripts/restoreProposalCheck.mjs';

/** A bundle as code-server builds it, with the names that its minifier happened to choose. */
function bundleWith({
  check = 'Oe',
  guard = 'M',
  parameters = ['i', 't'],
  before = '',
  after = '',
}: {
  readonly check?: string;
  readonly guard?: string;
  readonly parameters?: readonly [string, string];
  readonly before?: string;
  readonly after?: string;
} = {}): string {
  const [extension, proposal] = parameters;
  return `${before}function ${check}(${extension},${proposal}){return!0}function ${guard}(${extension},${proposal}){if(!${check}(${extension},${proposal}))throw new Error(\`Extension '\${${extension}.name}' CANNOT use API proposal: \${${proposal}}.\nSee the documentation.\`)}${after}`;
}

/** What the bundle's guard does when an extension uses a proposed API. */
function use(bundle: string, guard: string, enabledApiProposals: readonly string[] | undefined): void {
  runInNewContext(`${bundle};${guard}(extension,'speech')`, {
    extension: { name: 'x', enabledApiProposals },
  });
}

const forbidden = /Extension 'x' CANNOT use API proposal: speech/;

const spellings: Record<string, { readonly guard: string; readonly bundle: string }> = {
  'short names': { guard: 'M', bundle: bundleWith() },
  'names with a dollar sign': {
    guard: '$b',
    bundle: bundleWith({ check: '$', guard: '$b', parameters: ['$i', '_$'] }),
  },
  'names with digits': {
    guard: 'Dst',
    bundle: bundleWith({ check: 'u9_', guard: 'Dst', parameters: ['s0', 'o1'] }),
  },
  'another function that returns true': {
    guard: 'M',
    bundle: bundleWith({
      before: 'function KO(s,o){return!0}function L(s,o){if(!KO(s,o))throw new Error(`No ${o}`)}',
      after: 'function KP(s,o){return!0}',
    }),
  },
  'other errors about extensions': {
    guard: 'M',
    bundle: bundleWith({
      before: "function R(i){if(!i)throw new Error(`Extension '${i}' is not known`)}",
    }),
  },
};

describe('restoreProposalCheck', () => {
  for (const [name, { guard, bundle }] of Object.entries(spellings)) {
    it(`makes a proposed API throw in a bundle with ${name}`, () => {
      use(bundle, guard, undefined);
      const restored = restoreProposalCheck(bundle, 'workbench.js');
      throws(() => {
        use(restored, guard, undefined);
      }, forbidden);
      throws(() => {
        use(restored, guard, ['embeddings', 'speechToText']);
      }, forbidden);
      use(restored, guard, ['embeddings', 'speech']);
    });

    it(`leaves the rest of a bundle with ${name} as it is, and changes nothing the second time`, () => {
      const restored = restoreProposalCheck(bundle, 'workbench.js');
      equal(restored.replace(/return!![^}]+enabledApiProposals[^}]+/, 'return!0'), bundle);
      equal(restoreProposalCheck(restored, 'workbench.js'), restored);
    });
  }

  const refused: Record<string, string> = {
    'no check': 'function a(b){return b}',
    'two checks': bundleWith() + bundleWith({ check: 'x', guard: 'y' }),
    'a check that is on and another that is off':
      restoreProposalCheck(bundleWith(), 'a.js') + bundleWith({ check: 'x', guard: 'y' }),
    'a check that its guard does not call': bundleWith().replace('if(!Oe', 'if(!Of'),
    'a check that decides in another way': bundleWith().replace('return!0', 'return i.trusted'),
    'a check that is far from its guard': bundleWith().replace('}function M', '}var q=1;function M'),
    'an empty file': '',
  };
  for (const [name, bundle] of Object.entries(refused)) {
    it(`refuses a bundle with ${name}, and names the file`, () => {
      throws(
        () => restoreProposalCheck(bundle, 'workbench.js'),
        (error) => error instanceof Problem && error.message.includes('workbench.js has '),
      );
    });
  }
});

describe('restoreProposalChecks', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-bundles-'));
    for (const bundle of checkingBundles) {
      await mkdir(dirname(join(folder, bundle)), { recursive: true });
      await writeFile(join(folder, bundle), bundleWith());
    }
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('restores the extension host and the workbench, also when several processes do it at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => restoreProposalChecks(folder)));
    for (const bundle of checkingBundles) {
      const text = await readFile(join(folder, bundle), 'utf8');
      equal(text, restoreProposalCheck(bundleWith(), bundle));
      ok(text.includes('enabledApiProposals'));
      equal((await readdir(dirname(join(folder, bundle)))).length, 1);
    }
  });

  it('refuses a VS Code whose bundle is another, and leaves that bundle as it is', async () => {
    const [, workbench = ''] = checkingBundles;
    await writeFile(join(folder, workbench), 'other');
    await rejects(restoreProposalChecks(folder), (error) => {
      ok(error instanceof Problem && error.message.includes(basename(workbench)));
      return true;
    });
    equal(await readFile(join(folder, workbench), 'utf8'), 'other');
  });
});
