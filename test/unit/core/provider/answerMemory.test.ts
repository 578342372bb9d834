import assert from 'node:assert/strict';
import { AnswerMemory } from '../../../../src/core/provider/answerMemory';

describe('AnswerMemory', () => {
  it('finds an answer by exactly its calls', () => {
    const memory = new AnswerMemory();
    const answer = { model: 'g/m', callIds: ['a', 'b'], reasoning: 'Hmm', unusable: [] };
    memory.remember(answer);
    assert.equal(memory.find('g/m', ['a', 'b']), answer);
    for (const ids of [['a'], ['b', 'a'], ['a', 'b', 'c'], []])
      assert.equal(memory.find('g/m', ids), undefined);
    assert.equal(memory.find('g/other', ['a', 'b']), undefined);
    assert.deepEqual([memory.has('b'), memory.has('c')], [true, false]);
  });

  it('forgets the oldest answers, by their number and by their length', () => {
    const memory = new AnswerMemory();
    const remember = (id: string, reasoning: string): void => {
      memory.remember({ model: 'g/m', callIds: [id], reasoning, unusable: [] });
    };
    for (let count = 0; count < 501; count += 1) remember(String(count), '');
    assert.deepEqual([memory.has('0'), memory.has('1'), memory.has('500')], [false, true, true]);
    remember('long', 'x'.repeat(5_000_000));
    remember('longer', 'x'.repeat(5_000_000));
    assert.deepEqual([memory.has('500'), memory.has('long'), memory.has('longer')], [false, false, true]);
  });
});
