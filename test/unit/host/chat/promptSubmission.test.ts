import { deepStrictEqual, equal } from 'node:assert/strict';
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
  const sessions = new Sessions(ports, 'c1');
  const queues = new PromptQueues(memory, ports.log);
  const modelChosen = new Emitter<void>(() => undefined);
  const offered: boolean[] = [];
  let isReady = false;
  const submission = new PromptSubmission({
    ...{ sessions, queues, modelChosen, log: ports.log },
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
    await window.submission.submit({ text: 'Why is the sky blue?', attachments: [attachment] }, false);
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
    await window.submission.submit({ text: 'First?', attachments: [] }, false);
    await window.submission.submit({ text: 'Second?', attachments: [] }, false);
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
    await window.submission.askAbout([attachment], 'Explain this code.');
    equal(window.client.answers.length, 0);
    await window.becomeReady();
    equal(window.asked()[0]?.includes('Explain this code.'), true);
  });

  it('stays in the queue while no gateway is ready, also when it is to be sent now', async () => {
    const window = openWindow();
    await window.submission.submit({ text: 'Why?', attachments: [] }, false);
    const id = window.queues.of('c1')[0]?.id ?? '';
    await window.submission.sendQueued(id);
    equal(window.client.answers.length, 0);
    equal(window.queues.of('c1')[0]?.id, id);
    deepStrictEqual(window.offered, [true, true]);
    await window.becomeReady();
    equal(window.client.answers.length, 1);
  });

  it('is sent after a reload of the window', async () => {
    const memory = emptyMemory();
    await openWindow(memory).submission.submit({ text: 'Why?', attachments: [attachment] }, false);
    const next = openWindow(memory);
    await next.becomeReady();
    equal(next.asked().length, 1);
    equal(next.asked()[0]?.includes('The sky is blue.'), true);
  });

  it('is offered a gateway in a chat that has messages, and waits there', async () => {
    const window = openWindow();
    window.setReady(true);
    await window.submission.submit({ text: 'Before?', attachments: [] }, false);
    await settle();
    window.client.last.complete('Yes.');
    await settle();
    window.setReady(false);
    await window.submission.submit({ text: 'After?', attachments: [] }, false);
    equal(window.client.answers.length, 1);
    deepStrictEqual(window.offered, [false]);
    await window.becomeReady();
    equal(window.client.answers.length, 2);
  });

  it('does not make a prompt of a stopped chat go: that one waits until the user sends it', async () => {
    const window = openWindow();
    window.setReady(true);
    await window.submission.submit({ text: 'Before?', attachments: [] }, false);
    await settle();
    await window.submission.submit({ text: 'Queued?', attachments: [] }, false);
    await window.sessions.current.stop();
    await settle();
    await window.becomeReady();
    equal(window.client.answers.length, 1);
    equal(window.queues.of('c1')[0]?.text, 'Queued?');
    deepStrictEqual(window.problems, []);
  });
});
