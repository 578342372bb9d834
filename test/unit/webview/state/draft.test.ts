import { equal } from 'node:assert/strict';
import { Draft, newChatKey } from '../../../../src/webview/state/draft';
import { startingViewState } from '../../../../src/shared/messages/viewState';
import { SavedViews } from '../../../../src/webview/state/savedViews';

/** What outlives the view: VS Code's memory of it. */
class Memory {
  state: unknown = undefined;
}

const open = (memory: Memory): Draft =>
  new Draft(
    new SavedViews({
      initial: startingViewState(memory.state, undefined),
      keep: (state) => (memory.state = structuredClone(state)),
      report: () => undefined,
      now: () => 1,
    }),
  );

describe('draft', () => {
  it('comes back after a reload', () => {
    const memory = new Memory();
    const before = open(memory);
    before.show('c1');
    before.set('half a thought');
    const after = open(memory);
    after.show('c1');
    equal(after.text.peek(), 'half a thought');
  });

  it('stays with its conversation', () => {
    const draft = open(new Memory());
    draft.show('c1');
    draft.set('first');
    draft.show('c2');
    equal(draft.text.peek(), '');
    draft.set('second');
    draft.show('c1');
    equal(draft.text.peek(), 'first');
  });

  it('follows a new chat that becomes a conversation, and leaves the next new chat empty', () => {
    const draft = open(new Memory());
    draft.show(newChatKey);
    draft.set('typed while the first answer comes');
    draft.rename('c1');
    equal(draft.text.peek(), 'typed while the first answer comes');
    draft.show(newChatKey);
    equal(draft.text.peek(), '');
    draft.show('c1');
    equal(draft.text.peek(), 'typed while the first answer comes');
  });

  it('keeps what was typed before the host had told which conversation it is', () => {
    const draft = open(new Memory());
    draft.set('quick');
    draft.show('c1');
    equal(draft.text.peek(), 'quick');
  });

  it('puts a prompt that is given back before what is there', () => {
    const draft = open(new Memory());
    draft.show('c1');
    draft.set('next');
    draft.giveBack('the prompt');
    equal(draft.text.peek(), 'the prompt\n\nnext');
  });

  it('starts empty from a memory that it cannot read', () => {
    for (const state of [null, 7, { views: 'all' }, { views: [{ draft: 'x' }] }]) {
      const memory = new Memory();
      memory.state = state;
      const draft = open(memory);
      draft.show('c1');
      equal(draft.text.peek(), '');
    }
  });

  it('appears in the other view of its conversation, and is empty there once it was sent', () => {
    const draft = open(new Memory());
    draft.show('c1');
    draft.takeOver([{ key: 'c1', draft: 'typed elsewhere', anchor: null, at: 2 }]);
    equal(draft.text.peek(), 'typed elsewhere');
    draft.takeOver([{ key: 'c1', draft: '', anchor: null, at: 3 }]);
    equal(draft.text.peek(), '');
  });

  it('stays when an older draft comes from another view, and when that belongs to another conversation', () => {
    const draft = open(new Memory());
    draft.show('c1');
    draft.set('newest');
    draft.takeOver([{ key: 'c1', draft: 'older', anchor: null, at: 0 }]);
    draft.takeOver([{ key: 'c2', draft: 'of another chat', anchor: null, at: 9 }]);
    equal(draft.text.peek(), 'newest');
    draft.show('c2');
    equal(draft.text.peek(), 'of another chat');
  });

  it('forgets the oldest drafts rather than growing without end', () => {
    const memory = new Memory();
    const draft = open(memory);
    for (let n = 0; n < 200; n += 1) {
      draft.show(`c${n}`);
      draft.set(`draft ${n}`);
    }
    draft.show('c199');
    equal(draft.text.peek(), 'draft 199');
    draft.show('c0');
    equal(draft.text.peek(), '');
  });
});
