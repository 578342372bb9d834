import { deepStrictEqual, equal, throws } from 'node:assert/strict';
import { DisposableStore } from '../../../../src/shared/kit/disposable';

describe('DisposableStore', () => {
  function storeOf(names: string[], gone: string[]): DisposableStore {
    const store = new DisposableStore();
    for (const name of names) store.add({ dispose: () => void gone.push(name) });
    return store;
  }

  it('disposes each item once, the last one first', () => {
    const gone: string[] = [];
    const store = storeOf(['first', 'second'], gone);
    store.dispose();
    store.dispose();
    deepStrictEqual(gone, ['second', 'first']);
  });

  it('disposes an item at once that is added after disposal, and returns it', () => {
    const gone: string[] = [];
    const store = storeOf([], gone);
    store.dispose();
    const late = { dispose: () => void gone.push('late') };
    equal(store.add(late), late);
    deepStrictEqual(gone, ['late']);
  });

  it('disposes the other items when one throws, and throws an AggregateError', () => {
    const gone: string[] = [];
    const store = storeOf(['first'], gone);
    const broken = new Error('broken');
    store.add({
      dispose: () => {
        throw broken;
      },
    });
    store.add({ dispose: () => void gone.push('last') });
    throws(
      () => {
        store.dispose();
      },
      (error: unknown) => error instanceof AggregateError && error.errors[0] === broken,
    );
    deepStrictEqual(gone, ['last', 'first']);
  });
});
