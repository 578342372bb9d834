import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { readToViewMessage } from '../../../../src/shared/messages/readToViewMessage';
import { restoreSnapshot, takeSnapshot } from '../../../../src/shared/messages/takeSnapshot';
import { arbitraryEvents } from '../arbitraryEvents';
import { reduceAll } from '../reduceAll';

describe('takeSnapshot', () => {
  it('makes a snapshot from which an equal conversation is restored after serialisation', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const conversation = reduceAll('c', events);
        const travelled = structuredClone(takeSnapshot(conversation));
        deepStrictEqual(restoreSnapshot(travelled), conversation);
        const state = {
          model: null,
          gateways: [],
          attachments: [],
          context: null,
          queue: [],
          comparison: [],
        };
        const message = { type: 'snapshot', body: { revision: 1, conversation: travelled, state } };
        deepStrictEqual(readToViewMessage(message), message);
      }),
    );
  });

  it('makes a copy that does not change with the original or the restored conversation', () => {
    fc.assert(
      fc.property(arbitraryEvents, arbitraryEvents, (past, future) => {
        const conversation = reduceAll('c', past);
        const snapshot = takeSnapshot(conversation);
        const before = structuredClone(snapshot);
        const restored = restoreSnapshot(snapshot);
        for (const event of future) reduce(conversation, event);
        deepStrictEqual(snapshot, before);
        for (const event of future) reduce(restored, event);
        deepStrictEqual(snapshot, before);
        deepStrictEqual(restored, conversation);
      }),
    );
  });
});
