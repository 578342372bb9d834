import { deepEqual, equal, ok } from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extent } from '../support/extent';
import { printFigures } from '../support/printFigures';
import type { HiddenPanelResult } from './hiddenPanel';
import type { HostTask } from './hostProcess';
import type { LargeAnswerResult } from './largeAnswer';
import { lineLength } from './numberedText';
import type { StreamManyResult } from './streamMany';

/** What streaming may add to the host's memory once it is warm, in MB. */
const mostGrowth = 50;
/** What a very large answer may cost at its highest, in times its length in MB: here, in the view, as JSON between them, and garbage. */
const mostTimes = 8;

type Task = HostTask extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'port' | 'folder'>
    : never
  : never;

describe('Under load', () => {
  let server: ChildProcess;
  let port: number;
  let folder: string;
  const figures: Record<string, number | string> = {};

  function start(file: string, ...parameters: string[]): ChildProcess {
    return fork(path.resolve('test/chaos/load', file), parameters, {
      execArgv: ['--import', 'tsx', '--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** Lets a host of its own do something. */
  async function inHost<Result>(task: Task): Promise<Result> {
    const host = start('hostProcess.ts', JSON.stringify({ ...task, port, folder }));
    const result = await new Promise<Result>((resolve, reject) => {
      host.once('message', (message) => {
        resolve(message as Result);
      });
      host.once('exit', (code) => {
        reject(new Error(`The host ended with ${code ?? 'a signal'}.`));
      });
    });
    if (host.exitCode === null) await new Promise((resolve) => host.once('exit', resolve));
    return result;
  }

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'parley-load-'));
    server = start('serveStreams.ts');
    port = await new Promise((resolve) => {
      server.once('message', (message) => {
        resolve(Number(message));
      });
    });
  });
  after(async () => {
    server.disconnect();
    await new Promise((resolve) => server.once('exit', resolve));
    await rm(folder, { recursive: true, force: true });
    printFigures('load', figures);
  });

  it('50 conversations stream 1,000 events a second each, exactly in order, and memory stays as it is', async () => {
    const result = await inHost<StreamManyResult>({
      scenario: 'many',
      streams: 50,
      rate: 1_000,
      ...extent(
        { count: 5_000, seconds: 28, warmUp: 6, lookEvery: 2 },
        { count: 10_000, seconds: 600, warmUp: 60, lookEvery: 5 },
      ),
    });
    figures['events delivered'] = result.events;
    figures['order errors'] = result.orderErrors.length;
    figures['events a second'] = Math.round(result.eventsPerSecond);
    figures['MB heap growth'] = Number(result.growth.toFixed(1));
    figures['MB heap at most'] = Number(Math.max(...result.looks).toFixed(1));
    deepEqual(result.orderErrors, []);
    deepEqual(result.problems, []);
    ok(result.growth < mostGrowth, `${result.growth} MB: ${result.looks.join(', ')}`);
  });

  it('an answer of 100 MB arrives whole, and memory holds little more than the text', async () => {
    const megabytes = 100;
    const count = (megabytes * 1_000_000) / lineLength;
    const result = await inHost<LargeAnswerResult>({ scenario: 'large', count });
    figures['MB in one answer'] = megabytes;
    figures['ms of standstill at most during it'] = Math.round(result.longestBlock);
    deepEqual(result.orderErrors, []);
    deepEqual([result.ending, result.characters, result.problems], ['completed', megabytes * 1_000_000, []]);
    ok(result.peak < mostTimes * megabytes, `${result.peak} MB at its peak`);
  });

  it('10,000 batches of events behind a hidden panel cost no message, and one snapshot when it is shown', async () => {
    const result = await inHost<HiddenPanelResult>({ scenario: 'hidden', batches: 10_000 });
    figures['batches while hidden'] = result.batches;
    figures['messages to the hidden view'] = result.messagesWhileHidden;
    ok(result.messagesWhileVisible > 1);
    equal(result.messagesWhileHidden, 0);
    equal(result.snapshots, 1);
    equal(result.isExact, true);
    deepEqual(result.problems, []);
    ok(result.growth < mostGrowth, `${result.growth} MB`);
  });
});
