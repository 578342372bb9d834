import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { laterViewState } from '../../../../src/shared/messages/viewState';

const state = (changedAt: number, draft: string): unknown => ({
  changedAt,
  views: [{ key: 'chat', draft, anchor: null }],
});

describe('laterViewState', () => {
  it('returns the state with the later change, from either side', () => {
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
    it(`returns the valid state when the other one is ${inspect(damaged)}`, () => {
      assert.equal(laterViewState(damaged, state(1, 'kept')).views[0]?.draft, 'kept');
      assert.equal(laterViewState(state(1, 'kept'), damaged).views[0]?.draft, 'kept');
    });
  }

  it('returns an empty state when neither is valid', () => {
    assert.deepEqual(laterViewState(undefined, undefined).views, []);
  });
});
