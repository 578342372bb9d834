import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Session } from '../../../../src/core/conversation/session';
import { SessionPool } from '../../../../src/core/conversation/sessionPool';
import { Sessions } from '../../../../src/core/conversation/sessions';
import { answerText } from '../../../../src/shared/answer/answerPart';
import { selectedPath } from '../../../../src/shared/conversation/conversation';
import { demoTarget, memoryPorts, settle } from '../../../support/corePorts';

/** A pool with the saved conversations `ids`, each with one prompt and its answer. */
async function poolWith(...ids: readonly string[]) {
  const ports = memoryPorts();
  const pool = new SessionPool(ports);
  for (const id of ids) {
    const panel = new Sessions(pool, id);
    panel.current.submit(`Prompt of ${id}`, [], demoTarget);
    ports.client.last.complete('Yes.');
    await settle();
    panel.dispose();
  }
  return { pool, ports };
}

function lastAnswer({ conversation }: Session): string {
  const message = selectedPath(conversation).at(-1);
  return message?.role === 'assistant' ? answerText(message) : '';
}

describe('SessionPool', () => {
  it('shows one conversation live in two panels', async () => {
    const { pool, ports } = await poolWith('chat');
    const left = new Sessions(pool);
    const right = new Sessions(pool);
    await left.openConversation('chat');
    await right.openConversation('chat');
    assert.equal(left.current, right.current);
    const heard: string[] = [];
    right.answeringChanged.on((answering) => heard.push(answering ? 'begins' : 'ends'));
    left.current.submit('And now?', [], demoTarget);
    ports.client.last.complete('Both see this.');
    await settle();
    assert.equal(lastAnswer(right.current), 'Both see this.');
    assert.deepEqual(heard, ['begins', 'ends']);
  });

  it('opens one session for two panels that open a conversation at the same time', async () => {
    const { pool, ports } = await poolWith('chat');
    const panels = [new Sessions(pool), new Sessions(pool)];
    const [left, right] = await Promise.all(panels.map((panel) => panel.openConversation('chat')));
    assert.ok(left);
    assert.equal(left, right);
    assert.equal(pool.get('chat'), left);
    assert.deepEqual(ports.problems, []);
  });

  it('shows a conversation with its journal in each panel that showed it before the journal was read', async () => {
    const { pool } = await poolWith('chat');
    const left = new Sessions(pool, 'chat');
    const right = new Sessions(pool);
    await Promise.all([right.openConversation('chat'), left.restore()]);
    assert.equal(left.current, right.current);
    assert.equal(lastAnswer(left.current), 'Yes.');
    const third = new Sessions(pool, 'chat');
    await third.restore();
    assert.equal(third.current, left.current);
  });

  it('opens a conversation that a panel left before its journal was read', async () => {
    const { pool } = await poolWith('chat', 'other');
    const left = new Sessions(pool, 'chat');
    const right = new Sessions(pool);
    await Promise.all([right.openConversation('chat'), left.openConversation('other')]);
    assert.equal(lastAnswer(right.current), 'Yes.');
    assert.equal(pool.get('chat'), right.current);
  });

  it('runs answers in two panels at once, each in its own conversation', async () => {
    const { pool, ports } = await poolWith();
    const left = new Sessions(pool);
    const right = new Sessions(pool);
    left.current.submit('Left?', [], demoTarget);
    const leftAnswer = ports.client.last;
    right.current.submit('Right?', [], demoTarget);
    ports.client.last.complete('Right.');
    leftAnswer.complete('Left.');
    await settle();
    assert.equal(lastAnswer(left.current), 'Left.');
    assert.equal(lastAnswer(right.current), 'Right.');
  });

  it('continues an answer when its panel closes, saves it and then closes the conversation', async () => {
    const { pool, ports } = await poolWith();
    const panel = new Sessions(pool, 'chat');
    panel.current.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'One ' });
    await settle();
    panel.dispose();
    assert.equal(ports.client.last.cancelled, false);
    assert.equal(pool.get('chat')?.answering, true);
    ports.client.last.complete('two');
    await settle();
    assert.equal(pool.get('chat'), undefined);
    const next = new Sessions(pool);
    const session = await next.openConversation('chat');
    assert.equal(session && lastAnswer(session), 'One two');
  });

  it('keeps a conversation open that a second panel shows', async () => {
    const { pool } = await poolWith('one', 'two');
    const left = new Sessions(pool);
    const right = new Sessions(pool);
    const shown = await left.openConversation('one');
    await right.openConversation('one');
    await left.openConversation('two');
    assert.equal(pool.get('one'), shown);
    assert.equal(right.current, shown);
  });

  it('gives each panel an empty conversation of its own when the one that they show is deleted', async () => {
    const { pool, ports } = await poolWith('chat', 'other');
    const panels = [new Sessions(pool), new Sessions(pool), new Sessions(pool)];
    await panels[0]?.openConversation('chat');
    await panels[1]?.openConversation('chat');
    await panels[2]?.openConversation('other');
    await pool.remove('chat');
    const [left, right, other] = panels.map(({ current }) => current);
    assert.equal(left?.empty, true);
    assert.equal(right?.empty, true);
    assert.notEqual(left, right);
    assert.equal(other?.conversation.id, 'other');
    assert.equal(await ports.store.load('chat'), undefined);
  });

  it('gives a new title to the panel that opens the conversation at the same time', async () => {
    const { pool } = await poolWith('chat');
    const panel = new Sessions(pool);
    await Promise.all([pool.rename('chat', 'Greetings'), panel.openConversation('chat')]);
    assert.equal(panel.current.conversation.title, 'Greetings');
  });

  it('never has two sessions for one conversation, whatever three panels do at the same time', async () => {
    const act = fc.record({
      panel: fc.nat(2),
      kind: fc.constantFrom('open', 'open', 'window', 'new', 'send', 'end', 'rename', 'fork'),
      id: fc.constantFrom('a', 'b'),
      isAwaited: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const { pool, ports } = await poolWith('a', 'b');
        const panels = [new Sessions(pool), new Sessions(pool), new Sessions(pool)];
        const underway: Promise<unknown>[] = [];
        for (const { panel, kind, id, isAwaited } of acts) {
          const sessions = panels[panel] ?? assert.fail();
          const message = selectedPath(sessions.current.conversation)[0]?.id ?? '';
          const done: Record<typeof kind, () => unknown> = {
            open: () => sessions.openConversation(id),
            // Another panel that showed the conversation in an earlier window.
            window: () => {
              const restored = new Sessions(pool, id);
              panels.push(restored);
              return restored.restore();
            },
            new: () => sessions.startNew(),
            send: () => {
              sessions.current.submit('More?', [], demoTarget);
            },
            end: () => {
              for (const answer of ports.client.answers) answer.complete('Yes.');
            },
            rename: () => pool.rename(id, 'Renamed'),
            fork: () => sessions.fork(message),
          };
          const result = Promise.resolve(done[kind]());
          underway.push(result);
          if (isAwaited) await result;
          for (const { current } of panels) assert.equal(pool.get(current.conversation.id), current);
        }
        await Promise.all(underway);
        for (const answer of ports.client.answers) answer.complete('Yes.');
        await settle();
        const shown = new Set(panels.map(({ current }) => current.conversation.id));
        for (const id of ['a', 'b']) assert.equal(pool.get(id) !== undefined, shown.has(id));
        for (const { current } of panels) {
          const { conversation } = current;
          if (current.empty) continue;
          const stored = await ports.store.load(conversation.id);
          assert.equal(stored?.messages.size, conversation.messages.size);
        }
        assert.deepEqual(ports.problems, []);
      }),
    );
  });
});
