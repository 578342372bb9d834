import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { DeliveryCoalescer } from '../../../../src/gateway/network/deliveryCoalescer';
import { ReadingGate, type ReadingHold } from '../../../../src/gateway/network/readingGate';

/** Simulates deliveries at a given speed, up to the first rest. */
class Deliveries {
  readonly told: string[] = [];
  private now = 0;
  private readonly released = Promise.withResolvers<undefined>();
  readonly coalescer = new DeliveryCoalescer({
    elapsed: () => this.now,
    hold: () => {
      this.told.push('hold');
    },
    release: () => {
      this.told.push('release');
      this.released.resolve(undefined);
    },
  });

  /** Each delivery has `pieces` with these sizes in bytes, and arrives `gap` milliseconds after the previous one. */
  async come(count: number, gap: number, pieces: readonly number[]): Promise<void> {
    for (let delivery = 0; delivery < count && this.told.length === 0; delivery += 1) {
      this.now += gap;
      for (const length of pieces) this.coalescer.onBytes(length);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async rested(): Promise<void> {
    await this.released.promise;
  }
}

describe('DeliveryCoalescer', () => {
  it('pauses a burst of small deliveries for a moment', async () => {
    const deliveries = new Deliveries();
    await deliveries.come(1_000, 0.01, [290]);
    deepEqual(deliveries.told, ['hold']);
    await deliveries.rested();
    deepEqual(deliveries.told, ['hold', 'release']);
  });

  for (const [when, gap, pieces] of [
    ['at the pace of the fastest models', 1, [290]],
    ['before it has brought much', 0.01, [64]],
    ['when each brings much', 0.01, [16_384]],
  ] as const) {
    it(`does not pause deliveries ${when}`, async () => {
      const deliveries = new Deliveries();
      await deliveries.come(1_000, gap, pieces);
      deepEqual(deliveries.told, []);
    });
  }

  it('treats a burst as over after several late deliveries, not after one', async () => {
    const first = new Deliveries();
    await first.come(300, 0.01, [200]);
    await first.come(8, 10, [200]);
    await first.come(300, 0.01, [200]);
    deepEqual(first.told, ['hold']);
    const second = new Deliveries();
    await second.come(300, 0.01, [200]);
    await second.come(80, 10, [200]);
    await second.come(300, 0.01, [200]);
    deepEqual(second.told, []);
  });

  it('does not count the pieces of one delivery as a burst', async () => {
    const deliveries = new Deliveries();
    await deliveries.come(
      1,
      0.01,
      Array.from({ length: 1_000 }, () => 10),
    );
    deepEqual(deliveries.told, []);
  });

  it('sets no timer after the end', async () => {
    const deliveries = new Deliveries();
    await deliveries.come(1_000, 0.01, [290]);
    deliveries.coalescer.stop();
    await new Promise((resolve) => setTimeout(resolve, 20));
    deepEqual(deliveries.told, ['hold']);
  });
});

describe('ReadingGate', () => {
  it('reads exactly while no hold is set', () => {
    const step = fc.record({
      act: fc.constantFrom('hold', 'release'),
      hold: fc.constantFrom<ReadingHold>('consumer', 'decoder', 'burst'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let reading = true;
        const flip = (to: boolean) => () => {
          equal(reading, !to, 'told twice');
          reading = to;
        };
        const gate = new ReadingGate({ pause: flip(false), resume: flip(true) });
        const wanted = new Set<ReadingHold>();
        for (const { act, hold } of steps) {
          gate[act](hold);
          if (act === 'hold') wanted.add(hold);
          else wanted.delete(hold);
          equal(reading, wanted.size === 0);
        }
      }),
    );
  });
});
