import { modalAction } from '../../../../src/shared/answer/generation';
import assert from 'node:assert/strict';
import { Session } from '../../../../src/core/conversation/session';
import { SessionPool } from '../../../../src/core/conversation/sessionPool';
import { Sessions } from '../../../../src/core/conversation/sessions';
import type { GenerationRequest } from '../../../../src/core/ports/generationClient';
import type { Target } from '../../../../src/core/prompt/target';
import { answerMedia } from '../../../../src/shared/answer/answerPart';
import type { Task } from '../../../../src/shared/answer/task';
import {
  emptyConversation,
  selectedPath,
  type AssistantMessage,
} from '../../../../src/shared/conversation/conversation';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { demoTarget, memoryPorts, ScriptedAnswer, settle } from '../../../support/corePorts';

const pictures: Target = { ...demoTarget, generation: { kind: 'image', settings: { size: '1024x1024' } } };
const task: Task = {
  taskId: '1320098173412546',
  kind: 'image',
  form: 'apimart',
  path: '/v1/tasks/1320098173412546',
  submittedAt: 1_000,
};
const picture = 'data:image/png;base64,iVBORw0KGgo=';

/** Ports whose generated answers the test sends, and whose stored media are in a map. */
function portsWithPictures() {
  const requests: GenerationRequest[] = [];
  const followed: Task[] = [];
  const streams: ScriptedAnswer[] = [];
  const kept = new Map<string, string>();
  const stream = (): ScriptedAnswer => {
    const { route, model } = demoTarget;
    assert.ok('gateway' in route);
    const answer = new ScriptedAnswer({ ...route, modelId: model.modelId, messages: [] });
    streams.push(answer);
    return answer;
  };
  return {
    ...memoryPorts(),
    requests,
    followed,
    streams,
    kept,
    generation: {
      generate: (request: GenerationRequest) => {
        requests.push(request);
        return stream();
      },
      followTask: (asked: Task) => {
        followed.push(asked);
        return stream();
      },
    },
    media: {
      keep: (id: string, url: string) => {
        kept.set(`${id} parley-media:${kept.size}`, url);
        return Promise.resolve(`parley-media:${kept.size - 1}`);
      },
      read: (id: string, address: string) => Promise.resolve(kept.get(`${id} ${address}`)),
      copy: (from: string, to: string) => {
        for (const [name, url] of [...kept])
          if (name.startsWith(`${from} `)) kept.set(name.replace(from, to), url);
        return Promise.resolve();
      },
    },
    targetOf: () => pictures,
  };
}

function lastAnswer(session: Session): AssistantMessage {
  const message = selectedPath(session.conversation).at(-1);
  assert.equal(message?.role, 'assistant');
  return message;
}

describe('pictures, video and music', () => {
  it('are made by their own endpoint, from the prompt and its pictures alone', async () => {
    const ports = portsWithPictures();
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('A fox', [], pictures);
    ports.streams[0]?.send({ kind: 'ended', ending: { outcome: 'completed', finishReason: null } });
    await settle();
    session.submit('With a hat', [{ kind: 'image', id: 'a', name: 'fox.png', url: picture, mask: picture }], {
      ...pictures,
      model: { gatewayId: 'demo', modelId: 'gpt-image-1' },
    });
    const [, request] = ports.requests;
    assert.equal(request?.prompt, 'With a hat');
    assert.deepEqual(request.pictures, [{ name: 'fox.png', url: picture, mask: picture }]);
    assert.deepEqual(request.generation, { kind: 'image', settings: { size: '1024x1024' } });
    assert.equal(ports.client.answers.length, 0, 'no chat request');
  });

  it('are made without the mask by a model that takes none', async () => {
    const ports = portsWithPictures();
    const session = new Session(emptyConversation('chat', 0), ports);
    const attached = { kind: 'image', id: 'a', name: 'fox.png', url: picture, mask: picture } as const;
    session.submit('With a hat', [attached], pictures);
    await settle();
    assert.deepEqual(ports.requests[0]?.pictures, [{ name: 'fox.png', url: picture }]);
  });

  it('are stored beside the journal, which holds only their addresses', async () => {
    const ports = portsWithPictures();
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('A fox', [], pictures);
    ports.streams[0]?.send(
      { kind: 'media', media: { kind: 'image', url: picture, mimeType: 'image/png' } },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: null } },
    );
    await settle();
    await settle();
    assert.deepEqual(answerMedia(lastAnswer(session)), [
      { kind: 'image', url: 'parley-media:0', mimeType: 'image/png' },
    ]);
    assert.doesNotMatch(JSON.stringify([...ports.store.journals.values()]), /base64/);
    assert.equal(lastAnswer(session).usage, null, 'no tokens are made up');
  });

  it('stay in the journal when the disk is full', async () => {
    const ports = portsWithPictures();
    ports.media.keep = () => Promise.reject(new Error('ENOSPC'));
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('A fox', [], pictures);
    ports.streams[0]?.send(
      { kind: 'media', media: { kind: 'image', url: picture } },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: null } },
    );
    await settle();
    await settle();
    assert.equal(answerMedia(lastAnswer(session))[0]?.url, picture);
    assert.match(ports.problems.join(), /ENOSPC/);
  });

  it('go on after a restart, without another request that is billed', async () => {
    const ports = portsWithPictures();
    const before = new Session(emptyConversation('chat', 0), ports);
    before.submit('A fox', [], pictures);
    ports.streams[0]?.send(
      { kind: 'task-submitted', task },
      { kind: 'task-progressed', state: 'running', percent: 40 },
    );
    await settle();
    const stored = ports.store.journals.get('chat') ?? [];
    assert.ok(stored.some(({ kind }) => kind === 'task-submitted'));
    assert.ok(!stored.some(({ kind }) => kind === 'task-progressed'), 'progress is not stored');

    const conversation = emptyConversation('chat', 0);
    for (const event of stored) reduce(conversation, event);
    const after = new Session(conversation, ports);
    assert.deepEqual(ports.followed, [task]);
    assert.equal(ports.requests.length, 1);
    assert.equal(lastAnswer(after).ending, null);
    assert.ok(after.answering);
    ports.streams[1]?.send(
      { kind: 'media', media: { kind: 'image', url: picture } },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: null } },
    );
    await settle();
    await settle();
    assert.equal(answerMedia(lastAnswer(after)).length, 1);
    assert.ok(!after.answering);
  });

  it('are asked about again, not requested again, when the wait for a task is resumed', async () => {
    const ports = portsWithPictures();
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('A fox', [], pictures);
    ports.streams[0]?.send(
      { kind: 'task-submitted', task },
      {
        kind: 'ended',
        ending: { outcome: 'failed', failure: { kind: 'first-token-timeout', retryable: true } },
      },
    );
    await settle();
    session.resume(lastAnswer(session).id, pictures);
    assert.deepEqual(ports.followed, [task]);
    assert.equal(ports.requests.length, 1);
  });

  it('are made again with the settings of the answer, also when the chat has others now', async () => {
    const ports = portsWithPictures();
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('A fox', [], pictures);
    ports.streams[0]?.send({ kind: 'ended', ending: { outcome: 'completed', finishReason: null } });
    await settle();
    session.regenerate(lastAnswer(session).id, {
      ...pictures,
      generation: { kind: 'image', settings: { size: '1536x1024' } },
    });
    assert.equal(ports.requests[1]?.generation.settings.size, '1024x1024');
  });

  it('start another task with a button of a finished one, as a prompt below its answer', async () => {
    const ports = portsWithPictures();
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('A fox', [], pictures);
    const action = { customId: 'MJ::JOB::upsample::2::abc', label: 'U2' };
    ports.streams[0]?.send(
      { kind: 'task-submitted', task },
      { kind: 'task-actions', actions: [action] },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: null } },
    );
    await settle();
    const grid = lastAnswer(session);
    assert.deepEqual(grid.progress?.actions, [action]);
    session.runTaskAction(grid.id, action, { text: 'Upscale 2', attachments: [] }, pictures);
    assert.deepEqual(ports.requests[1]?.generation.action, { ...action, taskId: task.taskId });
    assert.deepEqual(
      selectedPath(session.conversation).map((message) => message.role),
      ['user', 'assistant', 'user', 'assistant'],
    );
  });

  it('give a task the prompt and the mask that it waits for', async () => {
    const ports = portsWithPictures();
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('A fox', [], pictures);
    ports.streams[0]?.send(
      { kind: 'task-submitted', task },
      { kind: 'task-actions', actions: [modalAction] },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: null } },
    );
    await settle();
    const mask = { kind: 'image', id: 'm', name: 'Mask', url: picture, mask: picture } as const;
    const prompt = { text: 'A fox with a hat', attachments: [mask] };
    session.runTaskAction(lastAnswer(session).id, modalAction, prompt, pictures);
    const [, request] = ports.requests;
    assert.equal(request?.prompt, 'A fox with a hat');
    assert.deepEqual(request.generation.action, { ...modalAction, taskId: task.taskId });
    assert.deepEqual(request.pictures, [{ name: 'Mask', url: picture, mask: picture }]);
  });

  it('are sent to a chat model as pictures, with their content', async () => {
    const ports = portsWithPictures();
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('A fox', [], pictures);
    ports.streams[0]?.send(
      { kind: 'media', media: { kind: 'image', url: picture } },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: null } },
    );
    await settle();
    await settle();
    session.submit('What is it?', [], { ...demoTarget, takesPictures: true });
    await settle();
    await settle();
    const sent = JSON.stringify(ports.client.last.request.messages);
    assert.ok(sent.includes(picture));
    assert.doesNotMatch(sent, /parley-media/);
  });

  it('are copied with a fork', async () => {
    const ports = portsWithPictures();
    const sessions = new Sessions(new SessionPool(ports), 'chat');
    sessions.current.submit('A fox', [], pictures);
    ports.streams[0]?.send(
      { kind: 'media', media: { kind: 'image', url: picture } },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: null } },
    );
    await settle();
    await settle();
    const fork = await sessions.fork(lastAnswer(sessions.current).id);
    assert.ok(fork);
    const [medium] = answerMedia(lastAnswer(fork));
    assert.equal(await ports.media.read(fork.conversation.id, medium?.url ?? ''), picture);
  });
});
