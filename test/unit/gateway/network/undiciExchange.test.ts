import { deepEqual } from 'node:assert/strict';
import { UndiciExchange } from '../../../../src/gateway/network/undiciExchange';

/** An exchange whose reply has begun, with everything that its handler and its controller are told. */
function replying(onBytes: (text: string) => void = () => undefined) {
  const told: string[] = [];
  const controller = {
    pause: () => void told.push('pause'),
    resume: () => void told.push('resume'),
    abort: () => void told.push('abort'),
  };
  const exchange = new UndiciExchange(
    {
      onConnected: () => undefined,
      onHead: () => undefined,
      onBytes: (bytes) => {
        const text = Buffer.from(bytes).toString();
        told.push(text);
        onBytes(text);
      },
      onEnd: () => void told.push('end'),
      onError: (error) => void told.push(String(error)),
    },
    () => 0,
  );
  exchange.onRequestStart(controller);
  exchange.onResponseStart(controller, 200, {});
  const receive = (...pieces: readonly string[]): void => {
    for (const piece of pieces) exchange.onResponseData(controller, Buffer.from(piece));
  };
  return { exchange, controller, told, receive };
}

/** Waits for the end of this turn of the event loop. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('A reply in many pieces', () => {
  it('is passed on once for each turn of the event loop', async () => {
    const { told, receive } = replying();
    receive('data: 1\n', '\n', 'data: 2\n\n');
    await turn();
    receive('data: 3\n\n');
    await turn();
    deepEqual(told, ['data: 1\n\ndata: 2\n\n', 'data: 3\n\n']);
  });

  it('is passed on before its end in the same turn, and only once', async () => {
    const { exchange, told, receive } = replying();
    receive('a', 'b');
    exchange.onResponseEnd();
    await turn();
    deepEqual(told, ['ab', 'end']);
  });

  it('is passed on before its error in the same turn', async () => {
    const { exchange, controller, told, receive } = replying();
    receive('a', 'b');
    exchange.onResponseError(controller, new Error('reset'));
    await turn();
    deepEqual(told, ['ab', 'Error: reset']);
  });

  it('is not passed on after it was closed in the same turn', async () => {
    const { exchange, told, receive } = replying();
    receive('a');
    exchange.close();
    receive('b');
    exchange.onResponseEnd();
    await turn();
    deepEqual(told, ['abort']);
  });

  it('ends with the error that reading it caused', async () => {
    const { exchange, told, receive } = replying(() => {
      throw new Error('unreadable');
    });
    receive('a', 'b');
    await turn();
    receive('c');
    exchange.onResponseEnd();
    await turn();
    deepEqual(told, ['ab', 'Error: unreadable', 'abort']);
  });
});
