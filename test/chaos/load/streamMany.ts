import { answerText } from '../../../src/shared/answer/answerPart';
import { answerOf, untilAnswered, untilThere, type HostStack } from './hostStack';
import { HostProbe, memoryInUse } from './hostProbe';
import { wordsUpTo } from './numberedText';
import { watch } from './otherSide';

/** How much is streamed. */
export interface StreamManyOptions {
  /** How many conversations stream at once. */
  readonly streams: number;
  /** Events a second, of each. */
  readonly rate: number;
  /** Events of one answer; after it another conversation begins in its place. */
  readonly count: number;
  /** How long, in seconds: no answer begins after that. */
  readonly seconds: number;
  /** How long until memory counts as warm, in seconds. */
  readonly warmUp: number;
  /** How often memory is looked at after that, in seconds. */
  readonly lookEvery: number;
}

/** What came of it. Memory in MB, times in milliseconds. */
export interface StreamManyResult {
  readonly events: number;
  readonly answers: number;
  /** Answers that were not exactly what was sent, in memory, in the view or in the journal; each is named. */
  readonly orderErrors: readonly string[];
  readonly eventsPerSecond: number;
  /** What is usual of the last looks at the memory, above what is usual of the first ones after warming up. */
  readonly growth: number;
  readonly looks: readonly number[];
  readonly usualBlock: number;
  readonly longestBlock: number;
  /** Part of one core. */
  readonly cpu: number;
  readonly problems: readonly string[];
}

/** Of so many looks the middle one counts: what is on its way at one moment, on a busy machine, is no growth. */
const looksCounted = 5;

/** Streams many conversations at once, each answer followed by another conversation with another, and checks each of them. */
export async function streamMany(stack: HostStack, options: StreamManyOptions): Promise<StreamManyResult> {
  const expected = wordsUpTo(options.count);
  const orderErrors: string[] = [];
  const startedAt = performance.now();
  const cpuTime = process.cpuUsage();
  const elapsed = (): number => (performance.now() - startedAt) / 1_000;
  const probe = new HostProbe();
  let answers = 0;
  const worker = async (): Promise<void> => {
    let checking: Promise<void> | undefined;
    while (elapsed() < options.seconds) {
      const { check } = await streamOne(stack, options, expected);
      // The next answer does not wait until this one is checked.
      const before = checking;
      checking = (async () => {
        await before;
        orderErrors.push(...(await check()));
        answers += 1;
      })();
    }
    await checking;
  };
  const looks: number[] = [];
  const looking = setInterval(() => {
    if (elapsed() >= options.warmUp) void memoryInUse().then((memory) => looks.push(memory));
  }, options.lookEvery * 1_000);
  await Promise.all(Array.from({ length: options.streams }, worker));
  clearInterval(looking);
  const { user, system } = process.cpuUsage(cpuTime);
  const seconds = elapsed();
  const { usualBlock, longestBlock } = probe.finish();
  return {
    events: answers * options.count,
    answers,
    orderErrors,
    eventsPerSecond: (answers * options.count) / seconds,
    growth: middle(looks.slice(-looksCounted)) - middle(looks.slice(0, looksCounted)),
    looks,
    usualBlock,
    longestBlock,
    cpu: (user + system) / 1e6 / seconds,
    problems: stack.problems,
  };
}

/** Streams one conversation; the check says what was not as sent. */
async function streamOne(
  stack: HostStack,
  { count, rate }: StreamManyOptions,
  expected: string,
): Promise<{ check: () => Promise<string[]> }> {
  const session = stack.sessions.startNew();
  const { id } = session.conversation;
  const { view, sync } = watch(session);
  session.submit('Count.', [], stack.target({ kind: 'paced', count, rate }));
  await untilAnswered(session);
  const answer = answerOf(session.conversation);
  const check = async (): Promise<string[]> => {
    const inView = await untilThere(() => view.endedTextOf(answer?.id ?? ''));
    const onDisk = await untilThere(async () => {
      const read = await stack.answerOnDisk(id);
      return read?.role !== 'assistant' || read.ending === null ? undefined : answerText(read);
    });
    sync.dispose();
    const found = Object.entries({ memory: answer && answerText(answer), view: inView, journal: onDisk });
    const wrong = found.filter(([, text]) => text !== expected);
    const ending = answer?.ending?.outcome ?? 'none';
    return [
      ...wrong.map(([where, text]) => `${id} ${where}: ${firstDifference(text, expected)}`),
      ...(ending === 'completed' ? [] : [`${id} ended ${ending}`]),
    ];
  };
  return { check };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function firstDifference(text = '', expected: string): string {
  let at = 0;
  while (at < text.length && text[at] === expected[at]) at += 1;
  return `at ${at} of ${expected.length}: ${text.slice(at, at + 30)} instead of ${expected.slice(at, at + 30)}`;
}
