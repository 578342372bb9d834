import assert from 'node:assert/strict';
import { PageInbox, type PageSource } from '../../../../src/host/panel/pageInbox';
import { Emitter } from '../../../../src/shared/kit/emitter';

/** A view as VS Code gives it to its provider. */
class TestView implements PageSource {
  visible = true;
  readonly sent = testEmitter<unknown>();
  readonly visibilityChanged = testEmitter<undefined>();
  readonly disposed = testEmitter<undefined>();
  readonly webview = { onDidReceiveMessage: this.sent.on.bind(this.sent) };
  readonly onDidChangeVisibility = this.visibilityChanged.on.bind(this.visibilityChanged);
  readonly onDidDispose = this.disposed.on.bind(this.disposed);

  show(visible: boolean): void {
    this.visible = visible;
    this.visibilityChanged.fire(undefined);
  }
}

function testEmitter<Value>(): Emitter<Value> {
  return new Emitter<Value>((error) => {
    throw error;
  });
}

describe('the messages of a page whose code is not loaded yet', () => {
  it('are kept in their order', () => {
    const view = new TestView();
    const inbox = new PageInbox(view);
    for (const message of ['ready', 'remember-view', 'submit']) view.sent.fire(message);
    assert.deepEqual(inbox.close(), ['ready', 'remember-view', 'submit']);
  });

  it('go to the next listener from the moment the inbox is closed', () => {
    const view = new TestView();
    const inbox = new PageInbox(view);
    view.sent.fire('ready');
    const later: unknown[] = [];
    view.sent.on((message) => later.push(message));
    const messages = inbox.close();
    view.sent.fire('submit');
    assert.deepEqual([messages, later], [['ready'], ['submit']]);
  });

  it('are forgotten when the view is hidden, which ends its page', () => {
    const view = new TestView();
    const inbox = new PageInbox(view);
    view.sent.fire('of the first page');
    view.show(false);
    view.show(true);
    view.sent.fire('of the second page');
    assert.deepEqual(inbox.close(), ['of the second page']);
  });

  it('have no taker when the view is closed meanwhile', () => {
    const view = new TestView();
    const inbox = new PageInbox(view);
    view.sent.fire('ready');
    view.disposed.fire(undefined);
    assert.equal(inbox.close(), undefined);
  });

  it('are bounded, whatever a page sends', () => {
    const view = new TestView();
    const inbox = new PageInbox(view);
    for (let message = 0; message < 5_000; message += 1) view.sent.fire(message);
    assert.equal(inbox.close()?.length, 1_000);
  });
});
