import { deepStrictEqual, equal } from 'node:assert/strict';
import { Session } from '../../../../src/core/conversation/session';
import type { StreamPart } from '../../../../src/core/ports/answerStream';
import type { ToolRunner } from '../../../../src/core/ports/toolRunner';
import { answerText } from '../../../../src/shared/answer/answerPart';
import { emptyConversation, selectedPath } from '../../../../src/shared/conversation/conversation';
import { demoTarget, memoryPorts, settle } from '../../../support/corePorts';

/** A tool whose end a test decides. */
class HandledTool implements ToolRunner {
  readonly definitions = [{ name: 'look', description: 'Looks.', parameters: { type: 'object' } }];
  readonly started: string[] = [];
  readonly aborted: string[] = [];
  private readonly ends: ((result: string) => void)[] = [];

  run(call: { readonly id: string }, signal: AbortSignal): Promise<string> {
    this.started.push(call.id);
    signal.addEventListener('abort', () => this.aborted.push(call.id));
    return new Promise((resolve) => this.ends.push(resolve));
  }

  async finish(result = 'seen'): Promise<void> {
    this.ends.shift()?.(result);
    await settle();
  }
}

const call = (id: string): StreamPart => ({
  kind: 'tool-call',
  call: { id, name: 'look', arguments: '{}', complete: true },
});
const calledTools: StreamPart = {
  kind: 'ended',
  ending: { outcome: 'completed', finishReason: 'tool_calls' },
};

function open(tools: ToolRunner = new HandledTool()): {
  session: Session;
  ports: ReturnType<typeof memoryPorts>;
  running: boolean[];
} {
  const ports = { ...memoryPorts(), tools };
  const session = new Session(emptyConversation('chat', 0), ports);
  const running: boolean[] = [];
  session.answeringChanged.on((answering) => running.push(answering));
  return { session, ports, running };
}

/** The states of all calls on the shown path, and the results below them. */
function callsOf(session: Session): { states: string[]; results: string[] } {
  const path = selectedPath(session.conversation);
  return {
    states: path.flatMap((message) =>
      message.role !== 'assistant'
        ? []
        : message.parts.flatMap((part) => (part.kind === 'tool-call' ? [part.state] : [])),
    ),
    results: path.flatMap((message) => (message.role === 'tool' ? [message.text] : [])),
  };
}

const stopped = 'The user stopped this call before it finished.';
const notRun = 'The user stopped the run before this call began.';
const closed = 'This call did not finish, because VS Code was closed.';

describe('a run of answers and tools', () => {
  it('goes on from the first answer to the last word, and says at each step which call runs', async () => {
    const tools = new HandledTool();
    const { session, ports, running } = open(tools);
    session.submit('Look twice', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'I look.' }, call('1'), call('2'), calledTools);
    await settle();
    deepStrictEqual(callsOf(session).states, ['running', 'written']);
    equal(session.answering, true);
    await tools.finish();
    deepStrictEqual(callsOf(session).states, ['done', 'running']);
    await tools.finish('seen again');
    deepStrictEqual(callsOf(session), { states: ['done', 'done'], results: ['seen', 'seen again'] });
    ports.client.last.complete('Done.');
    await settle();
    deepStrictEqual(running, [true, false]);
    const last = selectedPath(session.conversation).at(-1);
    equal(last?.role === 'assistant' && answerText(last), 'Done.');
  });

  it('stops a tool that runs, goes on until the tool has ended, and asks nothing more', async () => {
    const tools = new HandledTool();
    const { session, ports } = open(tools);
    session.submit('Look twice', [], demoTarget);
    ports.client.last.send(call('1'), call('2'), calledTools);
    await settle();
    const stopping = session.stop();
    await settle();
    deepStrictEqual(tools.aborted, ['1']);
    deepStrictEqual(callsOf(session), {
      states: ['cancelled', 'cancelled'],
      results: [stopped, notRun],
    });
    equal(session.answering, true, 'the tool has not ended');
    await tools.finish();
    await stopping;
    equal(session.answering, false);
    deepStrictEqual(tools.started, ['1']);
    equal(ports.client.answers.length, 1);
    deepStrictEqual(callsOf(session).results, [stopped, notRun], 'what came too late is not told');
  });

  it('sends the results of stopped calls with the next prompt', async () => {
    const tools = new HandledTool();
    const { session, ports } = open(tools);
    session.submit('Look', [], demoTarget);
    ports.client.last.send(call('1'), calledTools);
    await settle();
    const stopping = session.stop();
    await tools.finish();
    await stopping;
    session.submit('Go on', [], demoTarget);
    deepStrictEqual(ports.client.last.request.messages.slice(-3), [
      {
        role: 'assistant',
        content: '',
        toolCalls: [{ id: '1', name: 'look', arguments: '{}', complete: true }],
      },
      { role: 'tool', content: stopped, callId: '1' },
      { role: 'user', content: 'Go on' },
    ]);
  });

  it('stops the stream when the model is writing', async () => {
    const { session, ports } = open();
    session.submit('Look', [], demoTarget);
    ports.client.last.send({ kind: 'tool-call-started', index: 0, name: 'look' });
    await settle();
    deepStrictEqual(callsOf(session).states, ['writing']);
    await session.stop();
    equal(ports.client.last.cancelled, true);
    deepStrictEqual(callsOf(session).states, ['written']);
    equal(session.answering, false);
  });

  it('tells of a tool that failed', async () => {
    const { session, ports } = open({
      definitions: [],
      run: () => Promise.reject(new Error('no such file')),
    });
    session.submit('Look', [], demoTarget);
    ports.client.last.send(call('1'), calledTools);
    await settle();
    deepStrictEqual(callsOf(session), { states: ['failed'], results: ['Error: no such file'] });
  });

  it('ends a model that calls tools again and again, with a result that says so', async () => {
    const { session, ports } = open({ definitions: [], run: () => Promise.resolve('seen') });
    session.submit('Look', [], demoTarget);
    for (let round = 1; round <= 11; round += 1) {
      ports.client.last.send(call(`${round}`), calledTools);
      await settle();
    }
    equal(ports.client.answers.length, 11);
    equal(session.answering, false);
    deepStrictEqual(callsOf(session).states, [...Array<string>(10).fill('done'), 'cancelled']);
    equal(
      callsOf(session).results.at(-1),
      'This call was not run: 10 rounds of tool calls are the most for one prompt.',
    );
  });

  it('closes calls that VS Code left open when it was closed, in the journal, with the next prompt', async () => {
    const { session, ports } = open();
    session.submit('Look twice', [], demoTarget);
    ports.client.last.send(call('1'), call('2'), calledTools);
    await settle();
    // The window ends here; another one reads the journal.
    const conversation = await ports.store.load('chat');
    if (conversation === undefined) throw new Error('There is no journal.');
    const before = ports.store.journals.get('chat')?.length;
    let ids = 0;
    const reopened = new Session(conversation, { ...ports, newId: () => `new-${(ids += 1)}` });
    deepStrictEqual(callsOf(reopened), { states: ['cancelled', 'written'], results: [] });
    equal(reopened.answering, false);
    equal(ports.store.journals.get('chat')?.length, before, 'another window may still run the tool');
    reopened.submit('Go on', [], demoTarget);
    deepStrictEqual(callsOf(reopened), { states: ['cancelled', 'cancelled'], results: [closed, closed] });
    const sent = ports.client.last.request.messages.map((message) => message.role);
    deepStrictEqual(sent.slice(-4), ['assistant', 'tool', 'tool', 'user']);
    await settle();
    const again = await ports.store.load('chat');
    deepStrictEqual(again && selectedPath(again).map(({ role }) => role), [
      'user',
      'assistant',
      'tool',
      'tool',
      'user',
      'assistant',
    ]);
  });

  it('leaves calls alone for which there is no tool', async () => {
    const ports = memoryPorts();
    const session = new Session(emptyConversation('chat', 0), ports);
    session.submit('Look', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'I look.' }, call('1'), calledTools);
    await settle();
    equal(session.answering, false);
    session.submit('Go on', [], demoTarget);
    deepStrictEqual(
      ports.client.last.request.messages.slice(-2).map(({ role, content }) => [role, content]),
      [
        ['assistant', 'I look.'],
        ['user', 'Go on'],
      ],
    );
  });
});
