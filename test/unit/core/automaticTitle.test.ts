import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Session } from '../../../src/core/session';
import { titleFromModel } from '../../../src/core/title';
import { emptyConversation } from '../../../src/shared/conversation';
import { demoTarget, memoryPorts, settle } from '../../support/corePorts';

async function answered(
  wantsTitles: boolean,
): Promise<{ session: Session; ports: ReturnType<typeof memoryPorts> }> {
  const ports = memoryPorts();
  const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => wantsTitles });
  session.submit('How do I sort a list in Python?', [], demoTarget);
  ports.client.last.complete('Call `sorted`.');
  await settle();
  return { session, ports };
}

describe('automatic title', () => {
  it('should 35: asks the model that answered, at its own gateway, once', async () => {
    const { session, ports } = await answered(true);
    assert.equal(ports.client.answers.length, 2);
    const { request } = ports.client.last;
    assert.equal(request.modelId, demoTarget.model.modelId);
    assert.equal(
      'gateway' in demoTarget.route && request.gateway,
      'gateway' in demoTarget.route && demoTarget.route.gateway,
    );
    assert.match(JSON.stringify(request.messages), /How do I sort a list in Python\?.*Call `sorted`\./);
    ports.client.last.complete('"Sorting Lists in Python."\n\nAnything else?');
    await settle();
    assert.equal(session.conversation.title, 'Sorting Lists in Python');
    assert.equal(session.conversation.titleSource, 'model');
    session.submit('Thanks', [], demoTarget);
    ports.client.last.complete('Welcome');
    await settle();
    assert.equal(ports.client.answers.length, 3, 'a title is asked for once');
  });

  it('should 35: asks nothing when the user switched it off', async () => {
    const { session, ports } = await answered(false);
    assert.equal(ports.client.answers.length, 1);
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
  });

  it('leaves a title alone that the user gave meanwhile', async () => {
    const { session, ports } = await answered(true);
    session.rename('Mine');
    ports.client.last.complete('Theirs');
    await settle();
    assert.equal(session.conversation.title, 'Mine');
  });

  it('keeps the first words when no title can be had', async () => {
    const { session, ports } = await answered(true);
    ports.client.last.send({
      kind: 'ended',
      ending: { outcome: 'failed', failure: { kind: 'rate-limited', retryable: true } },
    });
    await settle();
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
    assert.equal(session.answering, false);
  });

  it('stops a model that writes an essay instead', async () => {
    const { session, ports } = await answered(true);
    const asked = ports.client.last;
    asked.send({ kind: 'text', text: 'Sorting '.repeat(1_000) });
    await settle();
    assert.equal(asked.cancelled, true);
    assert.equal(session.conversation.title, 'How do I sort a list in Python?');
  });

  it('asks nothing after an answer that failed or was stopped', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), { ...ports, wantsTitles: () => true });
    session.submit('Hello', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Hi' });
    await settle();
    await session.stop();
    await settle();
    assert.equal(ports.client.answers.length, 1);
  });

  it('reads a title whatever the model puts around it', () => {
    for (const reply of [
      'Title: **Sorting Lists**',
      '# Sorting Lists',
      '“Sorting Lists”',
      '\n- Sorting  Lists.\n',
    ]) {
      assert.equal(titleFromModel(reply), 'Sorting Lists', reply);
    }
    assert.equal(titleFromModel('标题：《排序列表》。'), '排序列表');
    assert.equal(titleFromModel(' \n '), '');
  });

  it('has one line of at most 60 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (reply) => {
        const title = titleFromModel(reply);
        assert.ok(Array.from(new Intl.Segmenter().segment(title)).length <= 60);
        assert.ok(!title.includes('\n'));
      }),
    );
  });
});
