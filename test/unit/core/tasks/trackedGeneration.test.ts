import assert from 'node:assert/strict';
import { join } from 'node:path';
import { SessionPool } from '../../../../src/core/conversation/sessionPool';
import { Sessions } from '../../../../src/core/conversation/sessions';
import type { AnswerStream, StreamPart } from '../../../../src/core/ports/answerStream';
import type { AnswerPlace } from '../../../../src/core/ports/generationClient';
import type { Target } from '../../../../src/core/prompt/target';
import { resumeTasks } from '../../../../src/core/tasks/resumeTasks';
import { TrackedGeneration } from '../../../../src/core/tasks/trackedGeneration';
import { wait } from '../../../../src/gateway/failures/retryPolicy';
import { answerMedia, answerText } from '../../../../src/shared/answer/answerPart';
import type { Task } from '../../../../src/shared/answer/task';
import type { AssistantMessage, Conversation } from '../../../../src/shared/conversation/conversation';
import { nodeFileSystem } from '../../../../src/storage/files/fileSystem';
import { TaskFiles } from '../../../../src/storage/tasks/taskFiles';
import { demoTarget, memoryPorts, ScriptedAnswer } from '../../../support/corePorts';
import { rememberingLog, useFolder } from '../../../support/storage/workplace';

const pictures: Target = { ...demoTarget, generation: { kind: 'image', settings: {} } };
const picture: StreamPart = { kind: 'media', media: { kind: 'image', url: 'parley-media:0' } };
const done: StreamPart = { kind: 'ended', ending: { outcome: 'completed', finishReason: null } };

function taskCalled(taskId: string): Task {
  return { taskId, kind: 'image', form: 'task', path: `/v1/tasks/${taskId}`, submittedAt: Date.now() };
}

/** Waits until a condition holds. The test's own limit ends a wait that is never over. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('tasks of a library', () => {
  const folder = useFolder();
  const closing: (() => void)[] = [];
  let ids = 0;

  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  /** A window on the library. `followed` are the tasks that it asks about, with the streams of the test. */
  function openWindow(shown?: string) {
    const log = rememberingLog();
    const store = folder.open({ log, fileSystem: nodeFileSystem, now: Date.now });
    const claims = new TaskFiles(join(folder.path, 'tasks'), {
      fileSystem: nodeFileSystem,
      log,
      now: Date.now,
    });
    closing.push(() => {
      claims.dispose();
    });
    const streams: ScriptedAnswer[] = [];
    const followed: string[] = [];
    const stream = (): AnswerStream => {
      const { route, model } = demoTarget;
      assert.ok('gateway' in route);
      const answer = new ScriptedAnswer({ ...route, modelId: model.modelId, messages: [] });
      streams.push(answer);
      return answer;
    };
    const answerIn = (conversation: Conversation | undefined, id: string): AssistantMessage | undefined => {
      const message = conversation?.messages.get(id);
      return message?.role === 'assistant' ? message : undefined;
    };
    const generation = new TrackedGeneration({
      client: {
        generate: stream,
        followTask: ({ taskId }) => {
          followed.push(taskId);
          return stream();
        },
      },
      claims,
      log,
      wait: (milliseconds, signal) => wait(Math.min(milliseconds, 5), signal),
      shown: (place) => answerIn(pool.get(place.conversationId)?.conversation, place.answerId),
      stored: async (place) => answerIn(await store.load(place.conversationId), place.answerId),
      flush: () => store.flush(),
    });
    const pool: SessionPool = new SessionPool({
      ...memoryPorts(),
      store,
      newId: () => `id-${(ids += 1)}`,
      generation,
      targetOf: () => pictures,
    });
    const sessions = new Sessions(pool, shown);
    const answer = (place: AnswerPlace): AssistantMessage | undefined =>
      answerIn(pool.get(place.conversationId)?.conversation, place.answerId);
    const resume = (): Promise<number> =>
      resumeTasks({
        claims,
        log,
        now: Date.now,
        tracked: () => generation.tasks,
        wake: async (place) =>
          answerIn((await pool.wake(place.conversationId))?.conversation, place.answerId),
      });
    /** Submits a task in a new chat. */
    const submit = async (taskId: string): Promise<AnswerPlace> => {
      const session = sessions.startNew();
      session.submit('A fox', [], pictures);
      streams.at(-1)?.send({ kind: 'task-submitted', task: taskCalled(taskId) });
      const { conversation } = session;
      const [answerId = ''] = [...conversation.messages.keys()].slice(-1);
      await until(() => answerIn(conversation, answerId)?.progress?.task?.taskId === taskId);
      await store.flush();
      return { conversationId: conversation.id, answerId };
    };
    /** What happens when the window closes. */
    const close = async (): Promise<void> => {
      claims.dispose();
      await until(async () => (await claims.list()).every(({ isClaimed }) => !isClaimed));
    };
    return { store, claims, sessions, generation, streams, followed, answer, resume, submit, close, log };
  }

  const tasksLeft = async (): Promise<number> =>
    (await nodeFileSystem.names(join(folder.path, 'tasks'))).length;

  it('are recorded before the gateway is asked about them, and forgotten when the answer is stored', async () => {
    const window = openWindow();
    const place = await window.submit('t1');
    assert.equal(await tasksLeft(), 1);
    assert.equal(window.generation.tasks.length, 1);
    window.streams[0]?.send(picture, done);
    await until(async () => (await tasksLeft()) === 0);
    assert.equal(window.generation.tasks.length, 0);
    assert.equal((await openWindow().store.load(place.conversationId))?.messages.size, 2);
  });

  it('go on after a restart in chats that are not open, which are complete when they are opened', async () => {
    const before = openWindow();
    const first = await before.submit('t1');
    const second = await before.submit('t2');
    await before.close();

    const after = openWindow();
    assert.equal(await after.resume(), 0);
    await until(() => after.followed.length === 2);
    assert.deepEqual([...after.followed].sort(), ['t1', 't2']);
    assert.equal(after.generation.tasks.length, 2);
    assert.ok(after.sessions.current.empty, 'the window still shows its own chat');
    for (const stream of after.streams) stream.send(picture, done);
    await until(async () => (await tasksLeft()) === 0);
    for (const { conversationId, answerId } of [first, second]) {
      await after.sessions.openConversation(conversationId);
      const answer = after.answer({ conversationId, answerId });
      assert.deepEqual(answer?.ending, { outcome: 'completed', finishReason: null });
      assert.equal(answerMedia(answer).length, 1);
    }
    assert.equal(after.followed.length, 2, 'a finished task is not asked about again');
  });

  it('go on in one window only; the other takes the answer from the journal and writes nothing', async () => {
    const first = openWindow();
    const place = await first.submit('t1');
    const second = openWindow(place.conversationId);
    await second.sessions.restore();
    assert.equal(second.answer(place)?.ending, null);
    assert.equal(await second.resume(), 0, 'the shown chat waits by itself');

    first.streams[0]?.send({ kind: 'text', text: 'A red fox' }, picture, done);
    await until(() => second.answer(place)?.ending?.outcome === 'completed');
    assert.deepEqual(second.followed, []);
    await until(async () => (await tasksLeft()) === 0);
    await Promise.all([first.store.flush(), second.store.flush()]);
    for (const { store } of [second, openWindow()]) {
      const stored = (await store.load(place.conversationId))?.messages.get(place.answerId);
      assert.equal(stored?.role, 'assistant');
      assert.equal(answerText(stored), 'A red fox');
      assert.equal(answerMedia(stored).length, 1);
    }
    const shown = second.answer(place);
    assert.equal(shown && answerText(shown), 'A red fox');
  });

  it('are taken over when the window that asked about them closes', async () => {
    const first = openWindow();
    const place = await first.submit('t1');
    const second = openWindow(place.conversationId);
    await second.sessions.restore();
    await first.close();
    await until(() => second.followed.length === 1);
    // The first window wakes up: it does not write what it gets.
    first.streams[0]?.send(picture, done);
    second.streams[0]?.send(picture, done);
    await until(() => second.answer(place)?.ending?.outcome === 'completed');
    await until(() => first.answer(place)?.ending?.outcome === 'completed');
    await Promise.all([first.store.flush(), second.store.flush()]);
    const stored = (await openWindow().store.load(place.conversationId))?.messages.get(place.answerId);
    assert.ok(stored?.role === 'assistant' && answerMedia(stored).length === 1);
  });

  it('are not asked about again after the user has stopped them, until the user checks again', async () => {
    const before = openWindow();
    const place = await before.submit('t1');
    before.generation.tasks[0]?.cancel();
    await until(() => before.answer(place)?.ending?.outcome === 'cancelled');
    await until(async () => (await tasksLeft()) === 0);

    const after = openWindow(place.conversationId);
    await after.resume();
    await after.sessions.restore();
    assert.deepEqual(after.followed, []);
    after.sessions.current.resume(place.answerId, pictures);
    await until(() => after.followed.length === 1);
    after.streams[0]?.send(picture, done);
    await until(() => after.answer(place)?.ending?.outcome === 'completed');
  });

  it('go on four at a time, and the others later', async () => {
    const before = openWindow();
    for (let count = 0; count < 6; count += 1) await before.submit(`t${count}`);
    await before.close();
    const after = openWindow();
    assert.equal(await after.resume(), 2);
    await until(() => after.followed.length === 4);
    for (const stream of after.streams) stream.send(picture, done);
    await until(async () => (await tasksLeft()) === 2);
    assert.equal(await after.resume(), 0);
    await until(() => after.followed.length === 6);
    for (const stream of after.streams.slice(4)) stream.send(picture, done);
    await until(async () => (await tasksLeft()) === 0);
  });

  it('are forgotten when their chat was deleted, when the answer has ended, and after a week', async () => {
    const window = openWindow();
    const { conversationId, answerId } = await window.submit('t1');
    window.streams[0]?.send(picture, done);
    await until(async () => (await tasksLeft()) === 0);
    const weekAgo = Date.now() - 8 * 24 * 60 * 60 * 1000;
    const recorder = openWindow();
    await recorder.claims.claim({ conversationId, answerId }, Date.now());
    await recorder.claims.claim({ conversationId: 'deleted', answerId: 'a' }, Date.now());
    await recorder.claims.claim({ conversationId, answerId: 'b' }, weekAgo);
    await recorder.close();
    const after = openWindow();
    assert.equal(await after.resume(), 0);
    assert.equal(await tasksLeft(), 0);
    assert.deepEqual(after.followed, []);
  });

  it('go on without a record when the disk is full', async () => {
    const window = openWindow();
    window.claims.claim = () => Promise.reject(new Error('ENOSPC'));
    const place = await window.submit('t1');
    window.streams[0]?.send(picture, done);
    await until(() => window.answer(place)?.ending?.outcome === 'completed');
    assert.match(window.log.lines.join('\n'), /could not be recorded: Error: ENOSPC/);
  });
});
