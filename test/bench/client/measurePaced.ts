import { figureOf, type Figure } from '../figure';
import { processorTime } from '../processorTime';
import { mediansOf, quantileOf } from '../quantile';
import { takeTurns, type Rounds } from '../takeTurns';
import type { Contestant } from './contestants/contestant';
import { baseUrlOf, pacedCount } from './deliveries';
import { closeField, openField } from './field';

/**
 * An answer at the pace of a fast model: what each chunk costs the main thread when it comes alone, and how long
 * it is on its way from the gateway's write to its text.
 */
export async function measurePaced(port: number): Promise<Figure[]> {
  const field = openField(baseUrlOf(port, { kind: 'alike', delivery: 'paced' }));
  const { cost, median, slow } = await takeTurns(field, { rounds: 21, warmUps: 1 }, listen);
  await closeField(field);
  return [
    figureOf('client-paced', 'µs/chunk', ...beside(cost, { times: { floor: 2.3 } })),
    figureOf('client-paced-latency-p50', 'µs', ...beside(median, { overFloor: 30 })),
    figureOf('client-paced-latency-p95', 'µs', ...beside(slow)),
  ];
}

function beside(
  rounds: Rounds,
  goals?: NonNullable<Parameters<typeof figureOf>[3]>['goals'],
): [number, NonNullable<Parameters<typeof figureOf>[3]>] {
  const { parley = Number.NaN, 'raw-socket': floor = Number.NaN, ...peers } = mediansOf(rounds);
  return [parley, { floor, peers, ...(goals && { goals }) }];
}

async function listen(
  contestant: Contestant,
  name: string,
): Promise<{ readonly cost: number; readonly median: number; readonly slow: number }> {
  const latencies: number[] = [];
  const time = await processorTime(() =>
    contestant.ask((text) => {
      const now = process.hrtime.bigint();
      for (const sent of text.split(' ')) {
        if (sent !== '') latencies.push(Number(now - BigInt(sent)) / 1_000);
      }
    }),
  );
  if (latencies.length !== pacedCount) {
    throw new Error(`${name} read ${latencies.length} chunks of ${pacedCount}.`);
  }
  return {
    cost: time / pacedCount,
    median: quantileOf(latencies, 0.5),
    slow: quantileOf(latencies, 0.95),
  };
}
