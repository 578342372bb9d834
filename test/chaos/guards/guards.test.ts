import { deepEqual, equal, ok } from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readToViewMessage } from '../../../src/shared/messages/readToViewMessage';
import { readToHostMessage } from '../../../src/shared/messages/toHost';
import { extent } from '../support/extent';
import { printFigures } from '../support/printFigures';
import type { RecordingGateway } from '../support/recordingGateway';
import { startGateway } from './guardedGateway';
import type { HostReport, HostTask } from './hostTask';
import { allMessages } from './hostileMessages';
import { describesIntent, intentShapes, intentTypes } from './intentShapes';
import { limitsOf } from './shape';
import { tryGuard, type GuardTest, type GuardTrial } from './tryGuard';
import { describesReadViewMessage, describesViewMessage, viewShapes } from './viewShapes';

const intents: GuardTest = {
  read: readToHostMessage,
  messages: allMessages(intentShapes),
  describes: describesIntent,
  describesRead: describesIntent,
  count: extent(20_000, 400_000),
  seed: 1,
};
const viewMessages: GuardTest = {
  read: readToViewMessage,
  // To the page messages travel as JSON.
  messages: allMessages(viewShapes).map(asJson),
  describes: describesViewMessage,
  describesRead: describesReadViewMessage,
  count: extent(10_000, 200_000),
  seed: 2,
};

const nothing = { refused: 0, accepted: 0, clicks: 0, seed: 1, saysYes: false, withoutGuard: false };
/** Rare among messages at random. */
const link = { type: 'open-link', body: { href: 'https://example.com' } };
const much = {
  first: [link],
  refused: extent(1_500, 60_000),
  accepted: extent(600, 20_000),
  clicks: extent(100, 3_000),
};

/** What the hosts are told. */
const tasks = {
  no: { ...nothing, ...much, seed: 4 },
  yes: { ...nothing, ...much, seed: 3, saysYes: true },
  leniently: {
    ...nothing,
    saysYes: true,
    first: [
      { type: 'open-link', body: { href: ' https://example.com' } },
      { type: 'open-link', body: { href: 'ht\ntps://example.com' } },
      { type: 'add-gateway', body: { gatewayId: 'made-up' } },
    ],
  },
  open: { ...nothing, refused: 200, withoutGuard: true },
};

describe('Guards of the panel', () => {
  const figures = { tried: 0, refused: 0, accepted: 0, reached: 0, unguarded: 0 };
  const hosts = new Map<string, Promise<PromiseSettledResult<HostReport>[]>>();
  let gateway: RecordingGateway;
  let folder: string;

  before(async () => {
    gateway = await startGateway();
    folder = await mkdtemp(join(tmpdir(), 'parley-guards-'));
    // All at once, and beside the first tests: each takes seconds to start.
    for (const name of ['no', 'yes', 'leniently', 'open'] as const)
      hosts.set(name, Promise.allSettled([tellHost(name)]));
  });

  after(async () => {
    await Promise.all(hosts.values());
    await gateway.stop();
    await rm(folder, { recursive: true, force: true });
    printFigures('guards', {
      'messages tried': figures.tried,
      refused: figures.refused,
      accepted: figures.accepted,
      'effects of accepted ones': figures.reached,
      'effects unguarded': figures.unguarded,
    });
  });

  function count({ tried, refused, accepted }: GuardTrial): void {
    figures.tried += tried;
    figures.refused += refused;
    figures.accepted += accepted;
  }

  /** Tells a host of its own, with everything in it, many messages. */
  async function tellHost(name: keyof typeof tasks): Promise<HostReport> {
    const task: HostTask = { ...tasks[name], folder: join(folder, name), baseUrl: `${gateway.origin}/v1` };
    const host = fork(resolve('test/chaos/guards/guardedHost.ts'), [JSON.stringify(task)], {
      execArgv: ['--import', 'tsx'],
      // tsx writes compiled files to its cache, and each file that is written is recorded as an effect.
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return await new Promise((resolveReport, reject) => {
      let report: HostReport | undefined;
      host.once('message', (message) => (report = message as HostReport));
      host.once('exit', (code) => {
        if (report === undefined) reject(new Error(`The host ended with ${code ?? 'a signal'}.`));
        else resolveReport(report);
      });
    });
  }

  /** What a host reported, once it is done. */
  async function reportOf(name: keyof typeof tasks): Promise<HostReport> {
    const [outcome] = (await hosts.get(name)) ?? [];
    if (outcome?.status === 'fulfilled') return outcome.value;
    throw outcome?.reason;
  }

  it('let nothing in from the page that is not a message as described, and every message that is', () => {
    const trial = tryGuard(intents);
    count(trial);
    deepEqual(trial.holes, []);
    ok(trial.refused > trial.tried / 4 && trial.accepted > trial.tried / 5, JSON.stringify(trial));
  });

  it('let nothing in from the host that the page would stumble over, and every message that is as described', () => {
    const trial = tryGuard(viewMessages);
    count(trial);
    deepEqual(trial.holes, []);
    ok(trial.refused > trial.tried / 4 && trial.accepted > trial.tried / 5, JSON.stringify(trial));
  });

  it('hold every field to its limit', () => {
    for (const [type, shape] of Object.entries(intentShapes))
      for (const { where, value, isWithin } of limitsOf(shape)) {
        figures.tried += 1;
        figures[isWithin ? 'accepted' : 'refused'] += 1;
        equal(readToHostMessage({ type, body: value }) !== undefined, isWithin, `${type}${where}`);
      }
  });

  it('refuse what contains itself', () => {
    for (const type of intentTypes) {
      const body: Record<string, unknown> = {};
      body['id'] = body['text'] = body['views'] = body['body'] = body;
      equal(readToHostMessage({ type, body }), undefined, type);
      equal(readToViewMessage({ type: 'snapshot', body }), undefined);
    }
  });

  for (const saysYes of [false, true]) {
    it(`keep from every effect what they refuse, and from all others what they let in, while the user says ${saysYes ? 'yes' : 'no'} to everything`, async () => {
      const report = await reportOf(saysYes ? 'yes' : 'no');
      figures.tried += report.refused + report.accepted;
      figures.refused += report.refused;
      figures.accepted += report.accepted;
      figures.reached += report.reached;
      figures.unguarded += report.unguardedCount;
      deepEqual([report.unguarded, report.hanging, report.failures], [[], [], []]);
      // They do reach what they may: otherwise this test would look at nothing.
      for (const kind of [
        'ask gateway',
        'write clipboard',
        'type in terminal',
        'open outside',
        'ask',
        'write own file',
      ])
        ok((report.effects[kind] ?? 0) > 0, `Nothing has come to ${kind}.`);
    }).timeout(extent(60_000, 1_800_000));
  }

  it('open an address that browsers read more leniently than VS Code, and write no gateway that the page made up', async () => {
    const { byType, failures } = await reportOf('leniently');
    deepEqual(failures, []);
    deepEqual(byType, { 'open-link': ['open outside'] });
  }).timeout(60_000);

  describe('would be missed, if they had a hole:', () => {
    const holesOf = (read: GuardTest['read']): readonly string[] =>
      tryGuard({ ...intents, read, count: 400 }).holes;

    it('one that lets everything through', () => {
      ok(holesOf((value) => value).some((hole) => hole.startsWith('let through')));
    });

    it('one that knows the types and not the bodies', () => {
      const read = (value: unknown): unknown => (hasKnownType(value) ? value : undefined);
      ok(holesOf(read).some((hole) => hole.startsWith('let through')));
    });

    it('one that refuses everything', () => {
      ok(holesOf(() => undefined).some((hole) => hole.startsWith('refused')));
    });

    it('one that throws', () => {
      const read = (value: unknown): unknown => (value as { body: { id: string } }).body.id.length;
      ok(holesOf(read).some((hole) => hole.startsWith('thrown at')));
    });

    it('one that changes what all objects have', () => {
      const polluted = Object.prototype as Record<string, unknown>;
      try {
        ok(holesOf(() => void (polluted['polluted'] = true)).includes('A built-in prototype was changed.'));
      } finally {
        delete polluted['polluted'];
      }
    });

    it('none at all before the handlers', async () => {
      const { unguardedCount, unguarded } = await reportOf('open');
      ok(unguardedCount > 0);
      ok(
        unguarded.some((effect) => /^(?:write clipboard|edit|command|remember)/.test(effect)),
        unguarded.join('\n'),
      );
    }).timeout(60_000);
  });
});

function asJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  ) as string | undefined;
  return text === undefined ? undefined : JSON.parse(text);
}

function hasKnownType(value: unknown): boolean {
  return intentTypes.includes((value as { readonly type?: string } | null)?.type ?? '');
}
