import assert from 'node:assert/strict';
import { LazyPart } from '../../../../src/shared/kit/lazyPart';

describe('a part that is loaded with its first use', () => {
  it('is not loaded before its first use', () => {
    let loads = 0;
    const part = new LazyPart(() => Promise.resolve((loads += 1)));
    assert.equal(part.started, undefined);
    assert.equal(loads, 0);
  });

  it('is loaded once, however often and early it is used', async () => {
    let loads = 0;
    const part = new LazyPart(() => Promise.resolve((loads += 1)));
    assert.deepEqual(await Promise.all([part.get(), part.get()]), [1, 1]);
    assert.equal(await part.get(), 1);
    assert.equal(await part.started, 1);
  });

  it('lets its callers continue in the order of their calls', async () => {
    const loaded = Promise.withResolvers<string>();
    const part = new LazyPart(() => loaded.promise);
    const order: number[] = [];
    const calls = [1, 2, 3].map(async (call) => {
      await part.get();
      order.push(call);
    });
    loaded.resolve('loaded');
    await Promise.all(calls);
    assert.deepEqual(order, [1, 2, 3]);
  });

  it('tells every caller why loading failed, and is loaded again with the next use', async () => {
    let loads = 0;
    const part = new LazyPart(() =>
      (loads += 1) === 1 ? Promise.reject(new Error('The file is missing.')) : Promise.resolve('loaded'),
    );
    const calls = [part.get(), part.get()];
    for (const call of calls) await assert.rejects(call, { message: 'The file is missing.' });
    assert.equal(part.started, undefined);
    assert.equal(await part.get(), 'loaded');
    assert.equal(loads, 2);
  });
});
