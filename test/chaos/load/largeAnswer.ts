import { answerText } from '../../../src/shared/answer/answerPart';
import { createHash } from 'node:crypto';
import { answerOf, untilAnswered, untilThere, type HostStack } from './hostStack';
import { HostProbe, memoryInUse } from './hostProbe';
import { lineOf } from './numberedText';
import { watch } from './otherSide';

/** What came of one very large answer. Memory in MB, times in milliseconds. */
export interface LargeAnswerResult {
  readonly characters: number;
  readonly ending: string;
  /** Where the text is not exactly what was sent. */
  readonly orderErrors: readonly string[];
  /** Seconds from the question to the answer's end. */
  readonly seconds: number;
  readonly usualBlock: number;
  readonly longestBlock: number;
  /** Memory above that before the question: at its highest, and after the end with the text in it twice, here and in the view. */
  readonly peak: number;
  readonly kept: number;
  readonly problems: readonly string[];
}

/** Receives an answer of `count` lines as fast as it can be taken. */
export async function receiveLargeAnswer(stack: HostStack, count: number): Promise<LargeAnswerResult> {
  await stack.client.preload();
  const before = await memoryInUse();
  const session = stack.sessions.startNew();
  const { view, sync } = watch(session);
  const probe = new HostProbe();
  const startedAt = performance.now();
  session.submit('Write a very long text.', [], stack.target({ kind: 'burst', count }));
  await untilAnswered(session);
  const seconds = (performance.now() - startedAt) / 1_000;
  const answer = answerOf(session.conversation);
  const inView = await untilThere(() => view.endedTextOf(answer?.id ?? ''));
  // What the panel asks for when it is shown again, and what it says of the room in the model's window.
  session.plan(stack.target({ kind: 'burst', count }), { text: '', attachments: [] });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { usualBlock, longestBlock, peak } = probe.finish();
  const kept = await memoryInUse();
  const onDisk = await untilThere(async () => {
    const read = await stack.answerOnDisk(session.conversation.id);
    return read?.role !== 'assistant' || read.ending === null ? undefined : answerText(read);
  });
  sync.dispose();
  const expected = digestOfLines(count);
  const found = { memory: answer && answerText(answer), view: inView, journal: onDisk };
  return {
    characters: answerText(answer ?? { parts: [] }).length,
    ending: answer?.ending?.outcome ?? 'none',
    orderErrors: Object.entries(found).flatMap(([where, text = '']) =>
      digestOf(text) === expected ? [] : [where],
    ),
    seconds,
    usualBlock,
    longestBlock,
    peak: peak - before,
    kept: kept - before,
    problems: stack.problems,
  };
}

function digestOfLines(count: number): string {
  const hash = createHash('sha256');
  for (let number = 0; number < count; number += 1) hash.update(lineOf(number));
  return hash.digest('hex');
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
