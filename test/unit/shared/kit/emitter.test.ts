import { deepStrictEqual, ifError } from 'node:assert/strict';
import type { Disposable } from '../../../../src/shared/kit/disposable';
import { Emitter } from '../../../../src/shared/kit/emitter';

describe('Emitter', () => {
  it('tells every listener, in the order they came, until it is disposed', () => {
    const emitter = new Emitter<number>(ifError);
    const heard: string[] = [];
    const first = emitter.on((value) => heard.push(`first ${value}`));
    emitter.on((value) => heard.push(`second ${value}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    deepStrictEqual(heard, ['first 1', 'second 1', 'second 2']);
  });

  it('reports a listener that throws and goes on with the next', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<number>((error) => errors.push(error));
    const heard: number[] = [];
    const broken = new Error('broken');
    emitter.on(() => {
      throw broken;
    });
    emitter.on((value) => heard.push(value));
    emitter.fire(1);
    deepStrictEqual([heard, errors], [[1], [broken]]);
  });

  it('lets one function listen twice and stop once', () => {
    const emitter = new Emitter<number>(ifError);
    const heard: number[] = [];
    const listener = (value: number): void => void heard.push(value);
    const first = emitter.on(listener);
    emitter.on(listener);
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    deepStrictEqual(heard, [1, 1, 2]);
  });

  it('says nothing to a listener that was disposed while the value was being told', () => {
    const emitter = new Emitter<number>(ifError);
    const heard: number[] = [];
    const later: Disposable[] = [];
    emitter.on(() => {
      for (const listener of later) listener.dispose();
    });
    later.push(emitter.on((value) => heard.push(value)));
    emitter.fire(1);
    deepStrictEqual(heard, []);
  });

  it('does not tell a value to a listener that comes while it is being told', () => {
    const emitter = new Emitter<number>(ifError);
    const heard: number[] = [];
    const first = emitter.on(() => {
      first.dispose();
      emitter.on((value) => heard.push(value));
    });
    emitter.fire(1);
    deepStrictEqual(heard, []);
    emitter.fire(2);
    deepStrictEqual(heard, [2]);
  });
});
