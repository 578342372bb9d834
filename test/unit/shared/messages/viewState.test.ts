import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { laterViewState } from '../../../../src/shared/messages/viewState';

const state = (changedAt: number, draft: string): unknown => ({
  changedAt,
  views: [{ key: 'chat', draft, anchor: null }],
});

describe('view state', () => {
  it('is the one changed last, whichever side kept it', () => {
    assert.equal(laterViewState(state(1, 'old'), state(2, 'new')).views[0]?.draft, 'new');
    assert.equal(laterViewState(state(2, 'new'), state(1, 'old')).views[0]?.draft, 'new');
  });

  for (const damaged of [
    undefined,
    null,
    7,
    'text',
    {},
    { views: 'none' },
    { changedAt: 9, views: [{ draft: 'no key' }] },
  ]) {
    it(`is not lost to ${inspect(damaged)} on the other side`, () => {
      assert.equal(laterViewState(damaged, state(1, 'kept')).views[0]?.draft, 'kept');
      assert.equal(laterViewState(state(1, 'kept'), damaged).views[0]?.draft, 'kept');
    });
  }

  it('is empty when nothing was remembered', () => {
    assert.deepEqual(laterViewState(undefined, undefined).views, []);
  });
});
