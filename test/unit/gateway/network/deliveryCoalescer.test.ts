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

  /** Each delivery has `length` bytes and arrives `gap` milliseconds after the previous one. */
  come(count: number, gap: number, length: number): void {
    for (let delivery = 0; delivery < count && this.told.length === 0; delivery += 1) {
      this.now += gap;
      this.coalescer.onDelivery(length);
    }
  }

  async rested(): Promise<void> {
    await this.released.promise;
  }
}

describe('DeliveryCoalescer', () => {
  it('pauses a burst of small deliveries for a moment', async () => {
    const deliveries = new Deliveries();
    deliveries.come(1_000, 0.01, 290);
    deepEqual(deliveries.told, ['hold']);
    await deliveries.rested();
    deepEqual(deliveries.told, ['hold', 'release']);
  });

  for (const [when, gap, length] of [
    ['at the pace of the fastest models', 1, 290],
    ['before it has brought much', 0.01, 64],
    ['when each brings much', 0.01, 16_384],
  ] as const) {
    it(`does not pause deliveries ${when}`, () => {
      const deliveries = new Deliveries();
      deliveries.come(1_000, gap, length);
      deepEqual(deliveries.told, []);
    });
  }

  it('treats a burst as over after several late deliveries, not after one', () => {
    const first = new Deliveries();
    first.come(300, 0.01, 200);
    first.come(8, 10, 200);
    first.come(300, 0.01, 200);
    deepEqual(first.told, ['hold']);
    const second = new Deliveries();
    second.come(300, 0.01, 200);
    second.come(80, 10, 200);
    second.come(300, 0.01, 200);
    deepEqual(second.told, []);
  });

  it('sets no timer after the end', async () => {
    const deliveries = new Deliveries();
    deliveries.come(1_000, 0.01, 290);
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
