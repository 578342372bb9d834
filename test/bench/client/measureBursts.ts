import { figureOf, type Figure, type GoalLimits } from '../figure';
import { processorTime } from '../processorTime';
import { mediansOf } from '../quantile';
import { takeTurns } from '../takeTurns';
import { chunksOf } from './chunks';
import { textOf, type AnswerChunk, type Contestant } from './contestants/contestant';
import { baseUrlOf, chunkCount, type Stream } from './deliveries';
import { closeField, openField } from './field';

const goals: GoalLimits = { times: { floor: 1.7, openai: 0.25, 'ai-stream-text': 0.08 } };

/** Where each event comes alone, the socket costs more than all that is done with the event, unless events are let gather. */
const socketGoals: GoalLimits = { times: { 'raw-socket': 0.5, openai: 0.5 } };

const streams: readonly (Stream & { readonly name: string; readonly goals?: GoalLimits })[] = [
  { name: 'client-burst-1k', kind: 'alike', delivery: '1k', goals },
  { name: 'client-burst-16k', kind: 'alike', delivery: '16k', goals },
  { name: 'client-burst-64k', kind: 'alike', delivery: '64k', goals },
  { name: 'client-burst-events', kind: 'alike', delivery: 'events', goals: socketGoals },
  { name: 'client-burst-64k-padded', kind: 'padded', delivery: '64k', goals },
  { name: 'client-burst-64k-changing', kind: 'changing', delivery: '64k' },
];

/** The processor time of the main thread for each chunk of an answer that comes as fast as it is read. */
export async function measureBursts(port: number, folder: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const stream of streams) {
    const chunks = chunksOf(stream.kind, chunkCount, folder);
    const expected = chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0);
    const field = openField(baseUrlOf(port, stream));
    const contestants = new Map<string, Contestant>([['floor', parserOf(chunks)], ...field]);
    const { cost } = await takeTurns(contestants, { rounds: 9, warmUps: 2 }, (contestant, name) =>
      costOf(contestant, name, expected),
    );
    await closeField(field);
    const { parley = Number.NaN, floor = Number.NaN, ...peers } = mediansOf(cost);
    figures.push(
      figureOf(stream.name, 'µs/chunk', parley, {
        floor,
        peers,
        ...(stream.goals && { goals: stream.goals }),
      }),
    );
  }
  return figures;
}

async function costOf(
  contestant: Contestant,
  name: string,
  expected: number,
): Promise<{ readonly cost: number }> {
  let length = 0;
  const time = await processorTime(() =>
    contestant.ask((text) => {
      length += text.length;
    }),
  );
  if (length !== expected) throw new Error(`${name} read ${length} characters of ${expected}.`);
  return { cost: time / chunkCount };
}

/** The floor: the chunks are there, as text, and only have to be parsed. */
function parserOf(chunks: readonly string[]): Contestant {
  return {
    ask: (onText) => {
      for (const chunk of chunks) onText(textOf(JSON.parse(chunk) as AnswerChunk));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

function lengthOf(chunk: string): number {
  return textOf(JSON.parse(chunk) as AnswerChunk).length;
}
