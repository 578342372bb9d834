import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { formatModelReference } from '../../../../src/shared/conversation/modelReference';
import { StoredMarks } from '../../../../src/host/models/storedMarks';

class Memory {
  readonly values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.values.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const gpt = { gatewayId: 'lab', modelId: 'gpt-5' };
const qwen = { gatewayId: 'home', modelId: 'qwen3' };

describe('favorite and hidden models', () => {
  it('are kept for the next window, in the order in which they were added', () => {
    const memory = new Memory();
    const marks = new StoredMarks(memory, log);
    marks.setFavorite(qwen, true);
    marks.setFavorite(gpt, true);
    marks.setHidden({ gatewayId: 'lab', modelId: 'old' }, true);
    const next = new StoredMarks(memory, log);
    deepEqual(next.favorites(), [qwen, gpt]);
    deepEqual(next.hidden(), [{ gatewayId: 'lab', modelId: 'old' }]);
    next.setFavorite(qwen, false);
    next.setHidden({ gatewayId: 'lab', modelId: 'old' }, false);
    deepEqual(marks.favorites(), [gpt]);
    deepEqual(marks.hidden(), []);
  });

  it('are apart for the same id at two gateways', () => {
    const marks = new StoredMarks(new Memory(), log);
    marks.setFavorite(gpt, true);
    marks.setFavorite({ ...gpt, gatewayId: 'home' }, true);
    marks.setFavorite(gpt, false);
    deepEqual(marks.favorites(), [{ ...gpt, gatewayId: 'home' }]);
  });

  it('never have the same model in both lists', () => {
    const model = fc.constantFrom(gpt, qwen);
    const step = fc.tuple(fc.constantFrom('favorite', 'hidden'), model, fc.boolean());
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const marks = new StoredMarks(new Memory(), log);
        for (const [kind, reference, isMarked] of steps) {
          if (kind === 'favorite') marks.setFavorite(reference, isMarked);
          else marks.setHidden(reference, isMarked);
        }
        const hidden = marks.hidden().map(formatModelReference);
        deepEqual(
          marks.favorites().filter((favorite) => hidden.includes(formatModelReference(favorite))),
          [],
        );
      }),
    );
  });

  it('are empty if the stored value has another shape', () => {
    const memory = new Memory();
    memory.values.set('favoriteModels', 'gpt-5').set('hiddenModels', [{ modelId: 7 }]);
    const marks = new StoredMarks(memory, log);
    deepEqual([marks.favorites(), marks.hidden()], [[], []]);
  });
});
