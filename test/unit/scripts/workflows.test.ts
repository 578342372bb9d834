import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const top = join(import.meta.dirname, '..', '..', '..');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly system: readonly string[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

function read(path: string): string {
  return readFileSync(join(top, path), 'utf8');
}

function workflow(name: string): Workflow {
  return parse(read(`.github/workflows/${name}`)) as Workflow;
}

const names = globSync('*.yml', { cwd: join(top, '.github', 'workflows') });
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

const all = names.flatMap((name) =>
  Object.entries(workflow(name).jobs).map(([job, content]) => ({ title: `${name}, ${job}`, job: content })),
);
const commands = (job: Job): string[] =>
  job.steps.flatMap(({ run = '' }) => run.split('\n')).filter((line) => line !== '');

describe('the workflows', () => {
  it('are there for pull requests and for releases', () => {
    deepStrictEqual(names.toSorted(), ['ci.yml', 'release.yml']);
  });

  for (const { title, job } of all) {
    it(`call only scripts that package.json has (${title})`, () => {
      for (const command of commands(job)) {
        for (const [, script = ''] of command.matchAll(/npm run ([\w:-]+)/g)) ok(scripts[script], script);
        if (/\bnpm test\b/.test(command)) ok(scripts['test']);
        for (const [, file = ''] of command.matchAll(/node (scripts\/\S+)/g)) ok(read(file).length > 0);
      }
    });

    it(`run on all three systems if they run on several (${title})`, () => {
      if (job.strategy === undefined) match(job['runs-on'], /^ubuntu-latest$/);
      else {
        equal(job['runs-on'], '${{ matrix.system }}');
        deepStrictEqual(job.strategy.matrix.system.toSorted(), [
          'macos-latest',
          'ubuntu-latest',
          'windows-latest',
        ]);
      }
    });

    it(`use official actions of a fixed major version, and have a time limit (${title})`, () => {
      for (const { uses } of job.steps) if (uses !== undefined) match(uses, /^actions\/[\w-]+@v\d+$/);
      ok((job['timeout-minutes'] ?? Infinity) <= 90);
    });

    it(`give no step more than it needs (${title})`, () => {
      for (const { uses, with: options, env = {} } of job.steps) {
        // Later steps could read a token that the checkout stores.
        if (uses?.startsWith('actions/checkout@')) equal(options?.['persist-credentials'], false);
        for (const [name, value] of Object.entries(env)) if (name.endsWith('_PAT')) match(value, /secrets\./);
      }
      const secrets = JSON.stringify(job).match(/secrets\.\w+/g) ?? [];
      ok(secrets.length <= 1, 'A job that publishes knows the secret of one place only.');
      if (job.permissions?.['contents'] === 'write') {
        // A package that an attacker has changed must not run beside the permission to write.
        deepStrictEqual(
          commands(job).filter((command) => /\b(?:npm|npx|node)\b/.test(command)),
          [],
        );
        ok(job.steps.every(({ uses }) => uses?.startsWith('actions/checkout@') !== true));
      }
    });
  }

  it('run the checks and the tests of the desktop on every system', () => {
    const systems = Object.values(workflow('ci.yml').jobs).filter(({ strategy }) => strategy !== undefined);
    const called = systems.flatMap(commands).join('\n');
    for (const script of ['check', 'test:unit', 'test:webview', 'test:desktop'])
      match(called, new RegExp(`npm run ${script}$`, 'm'));
    match(called, /^xvfb-run .*npm run test:desktop$/m);
  });

  it('run the tests in a served VS Code, old and new, and the coverage on one system', () => {
    const called = Object.values(workflow('ci.yml').jobs).flatMap(commands);
    for (const script of ['test:integration', 'test:oldest', 'test:browser', 'package', 'coverage'])
      equal(called.filter((command) => command === `npm run ${script}`).length, 1, script);
  });

  it('publish only what was tested, from a tag that was compared with the version', () => {
    const { on, permissions, jobs } = workflow('release.yml');
    deepStrictEqual(on, { push: { tags: ['v*'] } });
    deepStrictEqual(permissions, {});
    const { build, ...others } = jobs;
    ok(build);
    const order = ['checkReleaseTag', 'npm run check', 'npm test', 'npm run package'].map((part) =>
      commands(build).findIndex((command) => command.includes(part)),
    );
    ok(!order.includes(-1));
    deepStrictEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    for (const { needs, steps } of Object.values(others)) {
      ok(needs !== undefined && needs.length > 0);
      ok(steps.some(({ uses }) => uses?.startsWith('actions/download-artifact@')));
      ok(steps.every(({ run }) => run?.includes('npm run package') !== true));
    }
  });
});

describe('the forms of issues', () => {
  const forms = globSync('*.yml', { cwd: join(top, '.github', 'ISSUE_TEMPLATE') }).filter(
    (name) => name !== 'config.yml',
  );

  it('are there for bugs, gateways and ideas', () => {
    deepStrictEqual(forms.toSorted(), ['bug.yml', 'gateway.yml', 'idea.yml']);
  });

  for (const name of forms) {
    it(`have what GitHub requires (${name})`, () => {
      const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as {
        readonly name: string;
        readonly description: string;
        readonly body: readonly {
          readonly type: string;
          readonly id?: string;
          readonly attributes: Readonly<Record<string, unknown>>;
        }[];
      };
      ok(form.name.length > 0 && form.description.length > 0);
      const fields = form.body.filter(({ type }) => type !== 'markdown');
      equal(new Set(fields.map(({ id }) => id)).size, fields.length);
      for (const { type, id, attributes } of fields) {
        match(type, /^(?:textarea|input|dropdown|checkboxes)$/);
        match(id ?? '', /^[\w-]+$/);
        equal(typeof attributes['label'], 'string');
        for (const value of Object.values(attributes))
          for (const option of Array.isArray(value) ? (value as unknown[]) : [])
            ok(typeof option !== 'boolean');
      }
    });

    it(`name commands as VS Code does (${name})`, () => {
      const titles = Object.entries(JSON.parse(read('package.nls.json')) as Record<string, string>)
        .filter(([key]) => key.startsWith('command.'))
        .map(([, title]) => title);
      for (const [, title = ''] of read(`.github/ISSUE_TEMPLATE/${name}`).matchAll(/_Parley - ([^_]+)_/g))
        ok(titles.includes(title), title);
    });
  }
});
