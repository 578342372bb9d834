import { deepStrictEqual, ifError } from 'node:assert/strict';
import type { Disposable } from '../../../../src/shared/kit/disposable';
import { Emitter } from '../../../../src/shared/kit/emitter';

describe('Emitter', () => {
  it('calls every listener in order until the listener is disposed', () => {
    const emitter = new Emitter<number>(ifError);
    const heard: string[] = [];
    const first = emitter.on((value) => heard.push(`first ${value}`));
    emitter.on((value) => heard.push(`second ${value}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    deepStrictEqual(heard, ['first 1', 'second 1', 'second 2']);
  });

  it('reports a listener that throws and calls the next one', () => {
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

  it('accepts the same function twice and removes it once', () => {
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

  it('does not call a listener that is disposed while the value is being fired', () => {
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

  it('does not call a listener that is added while the value is being fired', () => {
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
