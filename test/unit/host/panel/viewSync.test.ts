import { answerText } from '../../../../src/shared/answer/answerPart';
import assert from 'node:assert/strict';
import { Session } from '../../../../src/core/conversation/session';
import { ViewSync } from '../../../../src/host/panel/viewSync';
import { emptyConversation, selectedPath } from '../../../../src/shared/conversation/conversation';
import { packToViewMessage } from '../../../../src/shared/messages/readToViewMessage';
import type { PanelState, ToViewMessage } from '../../../../src/shared/messages/toView';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { restoreSnapshot } from '../../../../src/shared/messages/takeSnapshot';
import { demoTarget, memoryPorts, settle } from '../../../support/corePorts';

const state: PanelState = {
  model: null,
  gateways: [],
  attachments: [],
  context: null,
  queue: [],
  comparison: [],
};

function open(): {
  ports: ReturnType<typeof memoryPorts>;
  session: Session;
  sync: ViewSync;
  posts: ToViewMessage[];
  clock: { now: number };
} {
  const ports = memoryPorts();
  const session = new Session(emptyConversation('chat', 0), ports);
  const posts: ToViewMessage[] = [];
  const clock = { now: 1_000 };
  const sync = new ViewSync(
    (message) => posts.push(structuredClone(message)),
    () => clock.now,
  );
  return { ports, session, sync, posts, clock };
}

/** The view's book after what was posted; a gap in the revisions fails. */
function bookOf(posts: readonly ToViewMessage[]): ReturnType<typeof emptyConversation> {
  let book = emptyConversation('', 0);
  let revision = 0;
  let growing: string | null = null;
  for (const { type, body } of posts) {
    if (type === 'text') {
      assert.ok(growing !== null);
      revision += 1;
      reduce(book, { kind: 'text-appended', id: growing, text: body, at: 0 });
    } else if (type === 'snapshot') {
      book = restoreSnapshot(body.conversation);
      revision = body.revision;
    } else if (type === 'events') {
      assert.equal(body.revision, revision + 1);
      revision = body.revision;
      for (const event of body.events) reduce(book, event);
      const last = body.events.at(-1);
      growing = last?.kind === 'text-appended' ? last.id : null;
    }
  }
  return book;
}

describe('view sync', () => {
  it('keeps the same book on both sides, however many words come in a frame', async () => {
    const { ports, session, sync, posts, clock } = open();
    sync.show(session, state);
    session.submit('Hello', [], demoTarget);
    for (let word = 0; word < 500; word += 1) {
      clock.now += 0.1;
      ports.client.last.send({ kind: word % 50 < 5 ? 'reasoning' : 'text', text: `w${word} ` });
      await settle();
    }
    ports.client.last.complete('end');
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(bookOf(posts), session.conversation);
    sync.dispose();
  });

  it('sends the first word at once and at most one message a frame after that, with words joined', async () => {
    const { ports, session, sync, posts, clock } = open();
    session.submit('Hello', [], demoTarget);
    sync.show(session, state);
    clock.now += 100;
    ports.client.last.send({ kind: 'text', text: 'a' });
    await settle();
    assert.equal(posts.length, 2);
    for (const text of ['b', 'c', 'd']) {
      ports.client.last.send({ kind: 'text', text });
      await settle();
    }
    assert.equal(posts.length, 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const last = posts.at(-1);
    assert.equal(posts.length, 3);
    assert.deepEqual(last, { type: 'text', body: 'bcd' });
    sync.dispose();
  });

  it('is silent while the view is hidden, and whole when it is back', async () => {
    const { ports, session, sync, posts } = open();
    sync.show(session, state);
    session.submit('Hello', [], demoTarget);
    sync.stop();
    const before = posts.length;
    ports.client.last.complete('While you were away');
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(posts.length, before);
    sync.show(session, state);
    const message = selectedPath(bookOf(posts.slice(before))).at(-1);
    assert.equal(message?.role === 'assistant' && answerText(message), 'While you were away');
  });

  it('follows only the conversation that is shown', async () => {
    const { ports, session, sync, posts } = open();
    sync.show(session, state);
    session.submit('Hello', [], demoTarget);
    const other = new Session(emptyConversation('other', 0), ports);
    sync.show(other, state);
    const before = posts.length;
    ports.client.last.complete('Elsewhere');
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(posts.length, before);
    assert.equal(bookOf(posts).id, 'other');
  });

  for (const piece of ['word', 'sixteen letters ']) {
    it(`carries at most 3 bytes per character where ${piece.length} characters come in a frame`, async () => {
      const { ports, session, sync, posts, clock } = open();
      sync.show(session, state);
      session.submit('Hello', [], demoTarget);
      const frames = 400;
      for (let count = 0; count < frames; count += 1) {
        clock.now += 17;
        ports.client.last.send({ kind: 'text', text: piece });
        await settle();
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      const crossed = posts.slice(1).map((message) => JSON.stringify(packToViewMessage(message)));
      const bytes = crossed.reduce((sum, message) => sum + message.length, 0);
      assert.ok(bytes <= 3 * frames * piece.length, `${bytes} bytes`);
      assert.deepEqual(bookOf(posts), session.conversation);
      sync.dispose();
    });
  }
});
