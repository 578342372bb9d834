import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { replayMessages } from '../../../../src/core/conversation/replayMessages';
import { selectedPath, type Message } from '../../../../src/shared/conversation/conversation';
import { arbitraryEvents } from '../../shared/arbitraryEvents';
import { reduceAll } from '../../shared/reduceAll';

/** What a message is, apart from where it stands. */
function bare(message: Message): unknown {
  const placeless = { ...message, id: '', parent: '', children: [], selectedChild: null };
  return 'comparison' in placeless
    ? { ...placeless, comparison: null }
    : 'shortened' in placeless
      ? { ...placeless, shortened: null }
      : placeless;
}

describe('replayMessages', () => {
  it('builds equal messages with new ids', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const path = selectedPath(reduceAll('c', events));
        let count = 0;
        const replayed = selectedPath(
          reduceAll(
            'd',
            replayMessages(path, () => `new-${(count += 1)}`),
          ),
        );
        deepStrictEqual(replayed.map(bare), path.map(bare));
        deepStrictEqual(
          replayed.map(({ id }) => id),
          path.map((_, index) => `new-${index + 1}`),
        );
      }),
      { numRuns: 300 },
    );
  });
});
