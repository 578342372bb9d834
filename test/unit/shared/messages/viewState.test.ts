import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  mergeViewStates,
  startingViewState,
  type ViewState,
} from '../../../../src/shared/messages/viewState';

const state = (changedAt: number, draft: string): unknown => ({
  changedAt,
  views: [{ key: 'chat', draft, anchor: null }],
});

describe('startingViewState', () => {
  it('returns the state with the later change, from either side', () => {
    assert.equal(startingViewState(state(1, 'old'), state(2, 'new')).views[0]?.draft, 'new');
    assert.equal(startingViewState(state(2, 'new'), state(1, 'old')).views[0]?.draft, 'new');
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
      assert.equal(startingViewState(damaged, state(1, 'kept')).views[0]?.draft, 'kept');
      assert.equal(startingViewState(state(1, 'kept'), damaged).views[0]?.draft, 'kept');
    });
  }

  it('returns an empty state when neither is valid', () => {
    assert.deepEqual(startingViewState(undefined, undefined).views, []);
  });
});

describe('mergeViewStates', () => {
  const view = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    draft: fc.constantFrom('', 'one', 'two'),
    anchor: fc.constant(null),
    at: fc.nat(5),
  });
  const anyState = fc.record({
    changedAt: fc.nat(9),
    views: fc.uniqueArray(view, { selector: ({ key }) => key }),
  });
  const draftsOf = ({ views }: ViewState): Map<string, string> =>
    new Map(views.map(({ key, draft }) => [key, draft]));

  it('keeps the draft of each conversation that changed last, in whichever view', () => {
    fc.assert(
      fc.property(anyState, anyState, (own, other) => {
        const merged = draftsOf(mergeViewStates(own, other));
        for (const key of ['a', 'b', 'c']) {
          const [one, two] = [own, other].map(({ views }) => views.find((each) => each.key === key));
          const expected = two !== undefined && (one === undefined || two.at > one.at) ? two : one;
          assert.equal(merged.get(key), expected?.draft);
        }
      }),
    );
  });

  it('keeps the scroll position of its own view', () => {
    const anchor = { id: 'm1', offset: 4 };
    const own = { changedAt: 1, views: [{ key: 'chat', draft: 'old', anchor, at: 1 }] };
    const other = { changedAt: 2, views: [{ key: 'chat', draft: 'new', anchor: null, at: 2 }] };
    assert.deepEqual(mergeViewStates(own, other).views, [{ key: 'chat', draft: 'new', anchor, at: 2 }]);
  });

  it('remembers at most fifty conversations, those that changed last', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ key: `c${index}`, draft: 'x', anchor: null }));
    const own = { changedAt: 1, views: [{ key: 'mine', draft: 'y', anchor: null, at: 1 }] };
    const { views } = mergeViewStates(own, { changedAt: 1, views: many });
    assert.equal(views.length, 50);
    assert.equal(views.at(-1)?.key, 'mine');
  });
});
