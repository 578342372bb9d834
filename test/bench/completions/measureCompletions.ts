/**
 * Measures completions: the engine with Parley's own client and a gateway on loopback. Arguments: the top of the checkout, the folder
 * of the bundles. Sends its figures to the parent process.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RelatedFile } from '../../../src/core/completions/relatedTexts';
import type { HttpChatClient } from '../../../src/gateway/httpChatClient';
import { collectGarbage } from '../collectGarbage';
import { benchClient } from '../endpoints/benchClient';
import { figureOf, type Figure } from '../figure';
import { threadTime } from '../processorTime';
import { quantileOf } from '../quantile';
import { placeAt, Typist } from './typist';

/** The text that is typed, and the files that are open beside it. */
const typedFile = 'src/core/completions/completionEngine.ts';
const openFiles = ['runningCompletion', 'relatedTexts', 'completionCache', 'trimCompletion', 'findBlockEnd'];

const completions = 300;
const cancelled = 100;
const warmUps = 20;
/** The keys that are typed for the number of requests, and for the heap. */
const scriptKeys = 3_000;
const heapKeys = 10_000;

/** A plain engine waits so long after each key and then sends a request, in milliseconds. */
const plainDelay = 150;

/** The gateway, and what it has seen. */
interface Gateway {
  readonly baseUrl: string;
  readonly process: ChildProcess;
  asked: number;
  closed: number;
}

async function main(): Promise<void> {
  const [, , checkout = '', bundles = ''] = process.argv;
  const text = await readFile(join(checkout, typedFile), 'utf8');
  const related = await Promise.all(
    openFiles.map(async (name) => ({
      label: `${name}.ts`,
      text: await readFile(join(checkout, 'src/core/completions', `${name}.ts`), 'utf8'),
    })),
  );
  const gateway = await openGateway(join(bundles, 'serveCompletions.cjs'), join(checkout, typedFile));
  const client = benchClient();
  const figures = [
    await measureOwnPart(client, gateway, text, related),
    ...(await countRequests(client, gateway, text, related)),
    await measureClosing(client, gateway, text),
    await measureHeap(client, gateway, text, related),
  ];
  await client.dispose();
  gateway.process.kill();
  process.send?.(figures);
}

async function openGateway(program: string, file: string): Promise<Gateway> {
  const child = fork(program, [file]);
  const [port] = (await once(child, 'message')) as [number];
  const gateway = { baseUrl: `http://127.0.0.1:${port}`, process: child, asked: 0, closed: 0 };
  child.on('message', (message) => {
    if (message === 'asked') gateway.asked += 1;
    if (message === 'closed') gateway.closed += 1;
  });
  return gateway;
}

/** The processor time of the extension host for a completion: choosing other files, the request, reading and trimming. */
async function measureOwnPart(
  client: HttpChatClient,
  { baseUrl }: Gateway,
  text: string,
  related: readonly RelatedFile[],
): Promise<Figure> {
  const typist = new Typist({ client, baseUrl, related, pace: 1, speed: { first: 0, between: 0 } });
  const times: number[] = [];
  for (let round = 0; round < warmUps + completions; round += 1) {
    const at = 600 + ((round * 997) % (text.length - 900));
    // A pause of the typist is not work.
    const place = { ...placeAt(text, at, text.slice(at, at + 5_000)), isInvoked: true };
    const begun = threadTime();
    await typist.engine.complete(place, new AbortController().signal);
    if (round >= warmUps) times.push((threadTime() - begun) / 1_000);
  }
  await typist.stop();
  return figureOf('completions-own-part-p95', 'ms', quantileOf(times, 0.95), { goals: { atMost: 5 } });
}

/** The requests while a programmer types a text with pauses, beside an engine that sends one after each pause. */
async function countRequests(
  client: HttpChatClient,
  gateway: Gateway,
  text: string,
  related: readonly RelatedFile[],
): Promise<Figure[]> {
  const pace = 5;
  const speed = { first: 250 / pace, between: 15 / pace };
  const typist = new Typist({ client, baseUrl: gateway.baseUrl, related, pace, speed });
  const from = 1_000;
  const before = gateway.asked;
  await typist.type(text, from, from + scriptKeys, (at) => pauseOf(text, at));
  await typist.stop();
  await sleep(100);
  const sent = gateway.asked - before;
  let plain = 0;
  for (let at = from; at < from + scriptKeys; at += 1) if (pauseOf(text, at) > plainDelay) plain += 1;
  return [
    figureOf('completions-requests', `per ${scriptKeys} keys`, sent, {
      peers: { [`debounce of ${plainDelay} ms`]: plain },
      goals: { times: { [`debounce of ${plainDelay} ms`]: 0.5 } },
    }),
  ];
}

/** The time after a key in milliseconds: short inside a word, longer after it, long after a line. The same in each run. */
function pauseOf(text: string, at: number): number {
  const spread = ((Math.imul(at + 1, 2_654_435_761) >>> 0) / 2 ** 32) ** 2;
  const key = text.charAt(at);
  if (key === '\n') return 300 + 1_200 * spread;
  return /\w/.test(key) ? 70 + 130 * spread : 90 + 500 * spread;
}

/** The time from moving the cursor away until the gateway sees that the connection is closed. */
async function measureClosing(client: HttpChatClient, gateway: Gateway, text: string): Promise<Figure> {
  const speed = { first: 5_000, between: 0 };
  const typist = new Typist({ client, baseUrl: gateway.baseUrl, related: [], pace: 1, speed });
  const times: number[] = [];
  for (let round = 0; round < cancelled; round += 1) {
    const at = 600 + ((round * 991) % (text.length - 900));
    const { asked, closed } = gateway;
    const stopping = new AbortController();
    const question = typist.engine.complete({ ...placeAt(text, at, ''), isInvoked: true }, stopping.signal);
    await until(() => gateway.asked > asked);
    const begun = performance.now();
    stopping.abort();
    await until(() => gateway.closed > closed);
    times.push(performance.now() - begun);
    await question;
  }
  await typist.stop();
  return figureOf('completions-close-p95', 'ms', quantileOf(times, 0.95), { goals: { atMost: 50 } });
}

/** What the heap has grown by after many keys, with the collected garbage. */
async function measureHeap(
  client: HttpChatClient,
  { baseUrl }: Gateway,
  text: string,
  related: readonly RelatedFile[],
): Promise<Figure> {
  const pace = 40;
  const typist = new Typist({ client, baseUrl, related, pace, speed: { first: 1, between: 0 } });
  const round = async (keys: number): Promise<void> => {
    for (let typed = 0; typed < keys; typed += 2_500)
      await typist.type(text, 1_000, 1_000 + Math.min(2_500, keys - typed), (at) => pauseOf(text, at));
  };
  // The cache is full after the first round.
  await round(2_500);
  const before = await heapUsed();
  await round(heapKeys);
  const grown = (await heapUsed()) - before;
  await typist.stop();
  return figureOf(`completions-heap-${heapKeys}-keys`, 'KB', grown / 1_000, { goals: { atMost: 500 } });
}

async function heapUsed(): Promise<number> {
  await sleep(200);
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(1);
}

void main();
