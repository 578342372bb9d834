import { deepStrictEqual, equal } from 'node:assert/strict';
import { SessionPool } from '../../../../src/core/conversation/sessionPool';
import { Sessions } from '../../../../src/core/conversation/sessions';
import { PromptQueues } from '../../../../src/host/chat/promptQueues';
import { PromptSubmission } from '../../../../src/host/chat/promptSubmission';
import type { Memory } from '../../../../src/host/memory/storedValue';
import type { Attachment } from '../../../../src/shared/conversation/attachment';
import { Emitter } from '../../../../src/shared/kit/emitter';
import { demoTarget, memoryPorts, settle } from '../../../support/corePorts';

const attachment: Attachment = {
  ...{ kind: 'text', id: 'a1', scope: 'paste', name: 'notes', languageId: '' },
  ...{ text: 'The sky is blue.', truncated: false },
};

/** Keeps values for a next window. */
function emptyMemory(): Memory {
  const values = new Map<string, unknown>();
  return {
    get: (key) => values.get(key),
    update: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

/** A window without a gateway. `becomeReady` is what setting up the first gateway does. */
function openWindow(memory = emptyMemory()) {
  const ports = memoryPorts();
  const pool = new SessionPool(ports);
  const sessions = new Sessions(pool, 'c1');
  const queues = new PromptQueues(memory, ports.log);
  const modelChosen = new Emitter<void>(() => undefined);
  const offered: boolean[] = [];
  let isReady = false;
  const submission = new PromptSubmission({
    ...{ pool, queues, modelChosen, log: ports.log },
    targets: {
      canAsk: () => Promise.resolve(isReady),
      current: () => Promise.resolve(demoTarget),
      of: () => demoTarget,
    },
    comparison: { take: () => [] },
    offerGateways: ({ empty }) => {
      offered.push(empty);
    },
  });
  return {
    ...{ sessions, queues, submission, offered, client: ports.client, problems: ports.problems },
    /** Sends a prompt as the Send button does. */
    submit: (prompt: { text: string; attachments: readonly Attachment[] }) =>
      submission.submit(sessions.current, prompt, false),
    setReady: (value: boolean) => (isReady = value),
    async becomeReady() {
      isReady = true;
      modelChosen.fire();
      // Storing the key and choosing the model both change the choice.
      modelChosen.fire();
      await settle();
    },
    asked: () => ports.client.answers.map(({ request }) => JSON.stringify(request.messages)),
  };
}

describe('a prompt without a gateway', () => {
  it('waits with its attachments and is sent once when a model is chosen', async () => {
    const window = openWindow();
    await window.submit({ text: 'Why is the sky blue?', attachments: [attachment] });
    equal(window.client.answers.length, 0);
    deepStrictEqual(window.offered, [true]);
    const [waiting] = window.queues.of('c1');
    equal(waiting?.text, 'Why is the sky blue?');
    deepStrictEqual(waiting.attachments, [attachment]);
    await window.becomeReady();
    equal(window.client.answers.length, 1);
    equal(window.asked()[0]?.includes('Why is the sky blue?'), true);
    equal(window.asked()[0]?.includes('The sky is blue.'), true);
    deepStrictEqual(window.queues.of('c1'), []);
  });

  it('keeps its place: a second prompt is sent after the answer to the first', async () => {
    const window = openWindow();
    await window.submit({ text: 'First?', attachments: [] });
    await window.submit({ text: 'Second?', attachments: [] });
    await window.becomeReady();
    equal(window.client.answers.length, 1);
    equal(window.asked()[0]?.includes('First?'), true);
    window.client.last.complete('Yes.');
    await settle();
    equal(window.client.answers.length, 2);
    equal(window.asked()[1]?.includes('Second?'), true);
  });

  it('waits when a command asks about code, too', async () => {
    const window = openWindow();
    await window.submission.askAbout(window.sessions.current, [attachment], 'Explain this code.');
    equal(window.client.answers.length, 0);
    await window.becomeReady();
    equal(window.asked()[0]?.includes('Explain this code.'), true);
  });

  it('stays in the queue while no gateway is ready, also when it is to be sent now', async () => {
    const window = openWindow();
    await window.submit({ text: 'Why?', attachments: [] });
    const id = window.queues.of('c1')[0]?.id ?? '';
    await window.submission.sendQueued(window.sessions.current, id);
    equal(window.client.answers.length, 0);
    equal(window.queues.of('c1')[0]?.id, id);
    deepStrictEqual(window.offered, [true, true]);
    await window.becomeReady();
    equal(window.client.answers.length, 1);
  });

  it('is sent after a reload of the window', async () => {
    const memory = emptyMemory();
    await openWindow(memory).submit({ text: 'Why?', attachments: [attachment] });
    const next = openWindow(memory);
    await next.becomeReady();
    equal(next.asked().length, 1);
    equal(next.asked()[0]?.includes('The sky is blue.'), true);
  });

  it('is offered a gateway in a chat that has messages, and waits there', async () => {
    const window = openWindow();
    window.setReady(true);
    await window.submit({ text: 'Before?', attachments: [] });
    await settle();
    window.client.last.complete('Yes.');
    await settle();
    window.setReady(false);
    await window.submit({ text: 'After?', attachments: [] });
    equal(window.client.answers.length, 1);
    deepStrictEqual(window.offered, [false]);
    await window.becomeReady();
    equal(window.client.answers.length, 2);
  });

  it('does not make a prompt of a stopped chat go: that one waits until the user sends it', async () => {
    const window = openWindow();
    window.setReady(true);
    await window.submit({ text: 'Before?', attachments: [] });
    await settle();
    await window.submit({ text: 'Queued?', attachments: [] });
    await window.sessions.current.stop();
    await settle();
    await window.becomeReady();
    equal(window.client.answers.length, 1);
    equal(window.queues.of('c1')[0]?.text, 'Queued?');
    deepStrictEqual(window.problems, []);
  });
});
