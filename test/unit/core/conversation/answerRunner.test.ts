import { answerMedia, answerText } from '../../../../src/shared/answer/answerPart';
import assert from 'node:assert/strict';
import { Session } from '../../../../src/core/conversation/session';
import type { Target } from '../../../../src/core/prompt/target';
import {
  emptyConversation,
  selectedPath,
  versionsOf,
  type AssistantMessage,
} from '../../../../src/shared/conversation/conversation';
import type { Usage } from '../../../../src/shared/answer/usage';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { codeAttachment } from '../../../support/messages';
import { demoTarget, memoryPorts, settingsInstructions, settle } from '../../../support/corePorts';

function open(more: object = {}): { session: Session; ports: ReturnType<typeof memoryPorts> } {
  const ports = { ...memoryPorts(), ...more };
  return { session: new Session(emptyConversation('chat', 0), ports), ports };
}

function lastAnswer(session: Session): AssistantMessage {
  const message = selectedPath(session.conversation).at(-1);
  assert.equal(message?.role, 'assistant');
  return message;
}

const small: Target = { ...demoTarget, contextWindow: 200, maxOutput: 50 };

describe('AnswerRunner', () => {
  it('streams the choices of one request as versions and selects the first', async () => {
    const { session, ports } = open();
    session.submit('Three names', [], demoTarget);
    ports.client.last.send(
      { kind: 'text', text: 'Ann' },
      { kind: 'text', text: 'Cy', choice: 2 },
      { kind: 'text', text: 'Bob', choice: 1 },
    );
    await settle();
    ports.client.last.send({ kind: 'text', text: 'by', choice: 1 }, { kind: 'text', text: 'a' });
    ports.client.last.send(
      { kind: 'choice-finished', choice: 1, finishReason: 'stop' },
      { kind: 'usage', usage: { promptTokens: 5, completionTokens: 9 } },
      { kind: 'ended', ending: { outcome: 'truncated', failure: { kind: 'stream-cut', retryable: true } } },
    );
    await settle();
    const first = lastAnswer(session);
    const versions = versionsOf(session.conversation, first).map((id) =>
      session.conversation.messages.get(id),
    );
    assert.deepEqual(
      versions.map(
        (version) => version?.role === 'assistant' && [answerText(version), version.ending?.outcome],
      ),
      [
        ['Anna', 'truncated'],
        ['Bobby', 'completed'],
        ['Cy', 'truncated'],
      ],
    );
    assert.equal(answerText(first), 'Anna');
    assert.equal(first.usage?.completionTokens, 9);
    assert.equal(session.answering, false);
  });

  it('ends each choice by its own finish reason', async () => {
    const { session, ports } = open();
    session.submit('Four names', [], demoTarget);
    ports.client.last.send(
      { kind: 'text', text: 'Ann' },
      { kind: 'text', text: 'Bo', choice: 1 },
      { kind: 'text', text: 'C', choice: 2 },
      { kind: 'reasoning', text: 'Hm', choice: 3 },
    );
    ports.client.last.send(
      { kind: 'choice-finished', choice: 1, finishReason: 'MAX_TOKENS' },
      { kind: 'choice-finished', choice: 2, finishReason: 'content_filter' },
      { kind: 'choice-finished', choice: 3, finishReason: 'length' },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: 'stop' } },
    );
    await settle();
    const versions = versionsOf(session.conversation, lastAnswer(session));
    const first = session.conversation.messages.get(versions[0] ?? '');
    const all =
      first?.parent === null ? [] : session.conversation.messages.get(first?.parent ?? '')?.children;
    assert.deepEqual(
      all?.map((id) => {
        const message = session.conversation.messages.get(id);
        const ending = message?.role === 'assistant' ? message.ending : null;
        return ending?.outcome === 'truncated' || ending?.outcome === 'failed'
          ? `${ending.outcome} ${ending.failure.kind}`
          : ending?.outcome;
      }),
      ['completed', 'truncated output-limit', 'truncated content-filtered', 'failed output-limit-unanswered'],
    );
  });

  it('truncates a choice without a finish reason when the first one stopped at a limit', async () => {
    const { session, ports } = open();
    session.submit('Two names', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Ann' }, { kind: 'text', text: 'Bo', choice: 1 });
    const failure = { kind: 'output-limit', retryable: true } as const;
    ports.client.last.send({ kind: 'ended', ending: { outcome: 'truncated', failure } });
    await settle();
    const [, second] = versionsOf(session.conversation, lastAnswer(session));
    const version = session.conversation.messages.get(second ?? '');
    const ending = version?.role === 'assistant' ? version.ending : null;
    assert.equal(ending?.outcome === 'truncated' && ending.failure.kind, 'stream-cut');
  });

  const windows: Record<string, [usage: Usage | undefined, window: number | null, kind: string]> = {
    'the counts fill the window': [{ promptTokens: 30, totalTokens: 1_024 }, 1_024, 'window-full'],
    'the counts nearly fill the window': [{ promptTokens: 900, completionTokens: 120 }, 1_024, 'window-full'],
    'room is left in the window': [{ promptTokens: 30, totalTokens: 500 }, 1_024, 'output-limit'],
    'the window is not known': [{ totalTokens: 1_024 }, null, 'output-limit'],
    'the gateway counts nothing': [undefined, 1_024, 'output-limit'],
  };
  for (const [name, [usage, contextWindow, kind]] of Object.entries(windows)) {
    it(`ends an answer at a limit with ${kind} when ${name}`, async () => {
      const { session, ports } = open();
      session.submit('Go on and on', [], { ...demoTarget, contextWindow });
      const failure = { kind: 'output-limit', retryable: true } as const;
      ports.client.last.send(
        { kind: 'text', text: 'round and around' },
        ...(usage === undefined ? [] : [{ kind: 'usage' as const, usage }]),
        { kind: 'ended', ending: { outcome: 'truncated', failure } },
      );
      await settle();
      const { ending } = lastAnswer(session);
      assert.equal(ending?.outcome === 'truncated' && ending.failure.kind, kind);
      if (kind === 'window-full') {
        assert.equal(ending?.outcome === 'truncated' && ending.failure.limit, contextWindow);
      }
    });
  }

  it('can leave out old messages when the context window is full although the prompt fits', async () => {
    const { session, ports } = open();
    for (const word of ['one', 'two', 'three']) {
      session.submit(`${word} `.repeat(40), [], demoTarget);
      ports.client.last.complete(`${word} `.repeat(40));
      await settle();
    }
    session.submit('Go on', [], { ...demoTarget, contextWindow: 1_024 });
    ports.client.last.send(
      { kind: 'text', text: 'round' },
      { kind: 'usage', usage: { totalTokens: 1_024 } },
      { kind: 'ended', ending: { outcome: 'truncated', failure: { kind: 'output-limit', retryable: true } } },
    );
    await settle();
    const { id } = lastAnswer(session);
    assert.ok(session.messagesToLeaveOut(id, { ...demoTarget, contextWindow: 100_000 }).length > 0);
  });

  it("adds the picture in an image model's Markdown once", async () => {
    const { session, ports } = open();
    session.submit('A cat', [], demoTarget);
    ports.client.last.complete('![cat](https://files.example.test/cat.png)');
    await settle();
    const answer = lastAnswer(session);
    assert.deepEqual(answerMedia(answer), [
      { kind: 'image', url: 'https://files.example.test/cat.png', name: 'cat' },
    ]);
    assert.equal(answer.ending?.outcome, 'completed');
  });

  it('truncates a choice that never finished although the first one did', async () => {
    const { session, ports } = open();
    session.submit('Two names', [], demoTarget);
    ports.client.last.send({ kind: 'text', text: 'Bo', choice: 1 });
    ports.client.last.complete('Ann');
    await settle();
    const [, second] = versionsOf(session.conversation, lastAnswer(session));
    const version = session.conversation.messages.get(second ?? '');
    assert.equal(version?.role === 'assistant' && version.ending?.outcome, 'truncated');
  });

  it('runs the tools that the model calls, sends the results and streams the final answer', async () => {
    const ran: string[] = [];
    const tools = {
      definitions: [{ name: 'add', description: 'Adds.', parameters: { type: 'object' } }],
      run: (call: { arguments: string }) => {
        ran.push(call.arguments);
        return ran.length === 1 ? Promise.resolve('5') : Promise.reject(new Error('no such file'));
      },
    };
    const { session, ports } = open({ tools });
    session.submit('2 + 3?', [], demoTarget);
    assert.equal(ports.client.last.request.tools?.[0]?.name, 'add');
    const call = { id: 'c1', name: 'add', arguments: '{"a":2,"b":3}', complete: true };
    ports.client.last.send(
      { kind: 'tool-call', call },
      { kind: 'tool-call', call: { ...call, id: 'c2' } },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: 'tool_calls' } },
    );
    await settle();
    assert.equal(ports.client.answers.length, 2);
    assert.deepEqual(ports.client.last.request.messages.slice(1), [
      { role: 'assistant', content: '', toolCalls: [call, { ...call, id: 'c2' }] },
      { role: 'tool', content: '5', callId: 'c1' },
      { role: 'tool', content: 'Error: no such file', callId: 'c2' },
    ]);
    ports.client.last.complete('It is 5.');
    await settle();
    assert.equal(answerText(lastAnswer(session)), 'It is 5.');
    assert.equal(session.answering, false);
  });

  it('never runs a call with truncated arguments', async () => {
    const tools = {
      definitions: [{ name: 'rm', description: 'Removes.', parameters: { type: 'object' } }],
      run: () => assert.fail('A cut call was run.'),
    };
    const { session, ports } = open({ tools });
    session.submit('Clean up', [], demoTarget);
    ports.client.last.send(
      { kind: 'tool-call', call: { id: 'c1', name: 'rm', arguments: '{"path":"/', complete: false } },
      { kind: 'ended', ending: { outcome: 'completed', finishReason: 'tool_calls' } },
    );
    await settle();
    assert.equal(ports.client.answers.length, 1);
  });

  it('estimates the tokens when the gateway sends no counts, and marks them as estimated', async () => {
    const { session, ports } = open();
    session.submit('Hello there, how are you today?', [], demoTarget);
    ports.client.last.complete('I am fine, thank you very much.');
    await settle();
    const { usage } = lastAnswer(session);
    assert.equal(usage?.estimated, true);
    assert.ok((usage.promptTokens ?? 0) > 0 && (usage.completionTokens ?? 0) > 0);
  });

  it('keeps the cost of an answer at the prices of that moment, and a cost that the gateway reports', async () => {
    const { session, ports } = open();
    const pricing = { prices: { input: 3, output: 15 }, source: 'listed' } as const;
    const answerWith = async (usage: Usage): Promise<Usage | null> => {
      session.submit('How much?', [], { ...demoTarget, pricing });
      ports.client.last.send({ kind: 'usage', usage });
      ports.client.last.complete('Little.');
      await settle();
      return lastAnswer(session).usage;
    };
    const counted = await answerWith({ promptTokens: 1_000, completionTokens: 100 });
    assert.deepEqual(counted?.cost, { amount: 0.0045, currency: 'USD', source: 'listed' });
    const cost = { amount: 0.002, currency: 'USD', source: 'reported' } as const;
    const reported = await answerWith({ cost });
    assert.deepEqual(reported?.cost, cost);
    assert.equal(reported.estimated, true, 'the tokens are estimated all the same');
    session.submit('How much?', [], { ...demoTarget, pricing });
    ports.client.last.complete('Little.');
    await settle();
    assert.deepEqual(lastAnswer(session).usage?.cost?.doubts, ['tokens']);
    session.submit('How much?', [], demoTarget);
    ports.client.last.complete('No idea.');
    await settle();
    assert.equal(lastAnswer(session).usage?.cost, undefined);
  });

  it('does not send a prompt that is longer than the context window, and sends it after shortening', async () => {
    const { session, ports } = open();
    const long = 'word '.repeat(120);
    for (const text of ['first', 'second']) {
      session.submit(`${text} ${long}`, [], demoTarget);
      ports.client.last.complete('Yes.');
      await settle();
    }
    const before = ports.client.answers.length;
    session.submit('third, a short one', [], small);
    await settle();
    assert.equal(ports.client.answers.length, before);
    const failed = lastAnswer(session);
    assert.ok(failed.ending?.outcome === 'failed' && failed.ending.failure.kind === 'request-too-large');

    const gone = session.messagesToLeaveOut(failed.id, small);
    assert.ok(gone.length > 0 && gone.length % 2 === 0);
    assert.equal(await session.shorten(failed.id, small, 'leave-out'), true);
    const sent = JSON.stringify(ports.client.last.request.messages);
    assert.ok(sent.includes('third') && !sent.includes('first'));
    ports.client.last.complete('Third.');
    await settle();
    assert.equal(session.conversation.messages.size, 7, 'the original is still there');

    session.submit('fourth', [], small);
    assert.equal(JSON.stringify(ports.client.last.request.messages).includes('first'), false);
    assert.ok(session.plan(small, { text: '', attachments: [] }).budget.dropped > 0);
  });

  it('records what it sends, which is what the plan of the next prompt said', async () => {
    const { session, ports } = open();
    const target = { ...demoTarget, contextWindow: 128_000, instructions: settingsInstructions('Be brief.') };
    session.submit('Hello', [], target);
    ports.client.last.complete('Hi.');
    await settle();
    const next = { text: 'Explain this code.', attachments: [codeAttachment({ id: 'c1' })] };
    const plan = session.plan(target, next);
    session.submit(next.text, next.attachments, target);
    assert.deepEqual(ports.client.last.request.messages, plan.messages);
    assert.deepEqual(lastAnswer(session).prompt, plan.record);
    assert.equal(session.conversation.messages.size, 4, 'planning adds no message');
    ports.client.last.complete('It adds.');
    await settle();
    const stored = await ports.store.load('chat');
    assert.deepEqual(stored, session.conversation);
  });

  it('plans a new version of a prompt without the prompt that it replaces and what follows', async () => {
    const { session, ports } = open();
    for (const text of ['First', 'Second']) {
      session.submit(text, [], demoTarget);
      ports.client.last.complete('Yes.');
      await settle();
    }
    const [, , second] = selectedPath(session.conversation);
    const attachments = [codeAttachment({ id: 'c2' })];
    const plan = session.plan(demoTarget, { text: 'Third', attachments, replaces: second?.id ?? '' });
    session.edit(second?.id ?? '', 'Third', demoTarget, attachments);
    assert.deepEqual(ports.client.last.request.messages, plan.messages);
    assert.deepEqual(lastAnswer(session).prompt, plan.record);
  });

  it('records nothing for a prompt that is not sent', async () => {
    const { session } = open();
    session.submit('word '.repeat(300), [], small);
    await settle();
    assert.equal(lastAnswer(session).prompt, null);
    const failure = { kind: 'missing-key', retryable: false } as const;
    session.submit('Hello', [], { ...demoTarget, route: { failure } });
    await settle();
    assert.equal(lastAnswer(session).prompt, null);
  });

  it('plans the results that unfinished tool calls get when the next prompt is sent', async () => {
    const { session, ports } = open();
    const call = { id: 'c1', name: 'read', arguments: '{}', complete: true };
    session.submit('Read it', [], demoTarget);
    ports.client.last.send({ kind: 'tool-call', call });
    await settle();
    const answer = lastAnswer(session);
    const at = 9;
    const stored = emptyConversation('chat', 0);
    for (const event of [
      ...(ports.store.journals.get('chat') ?? []),
      { kind: 'tool-call-state' as const, id: answer.id, call: 0, state: 'running' as const, at },
    ])
      reduce(stored, event);
    const reopened = new Session(stored, ports);
    const next = { text: 'Go on', attachments: [] };
    const plan = reopened.plan(demoTarget, next);
    reopened.submit(next.text, next.attachments, demoTarget);
    assert.equal(plan.messages.filter(({ role }) => role === 'tool').length, 1);
    assert.deepEqual(ports.client.last.request.messages, plan.messages);
  });

  it('replaces the oldest turns by a summary from the same model', async () => {
    const { session, ports } = open();
    session.submit(`first ${'word '.repeat(300)}`, [], demoTarget);
    ports.client.last.complete('Yes.');
    await settle();
    session.submit('second', [], small);
    await settle();
    const shortening = session.shorten(lastAnswer(session).id, small, 'summarise');
    ports.client.last.complete('They spoke of words.');
    assert.equal(await shortening, true);
    const [request] = session.conversation.backgroundRequests;
    assert.equal(request?.purpose, 'summary');
    assert.ok((request.usage.promptTokens ?? 0) > 300 && request.usage.estimated === true);
    const summary = lastAnswer(session).prompt?.parts.find(({ kind }) => kind === 'summary');
    assert.ok(summary !== undefined && summary.tokens > 5);
    assert.match(JSON.stringify(ports.client.last.request.messages[0]), /They spoke of words\./);
    ports.client.last.complete('Done.');
    await settle();
    assert.equal(answerText(lastAnswer(session)), 'Done.');
  });

  it('requests no answer when the summary fails', async () => {
    const { session, ports } = open();
    session.submit(`first ${'word '.repeat(300)}`, [], demoTarget);
    ports.client.last.complete('Yes.');
    await settle();
    session.submit('second', [], small);
    await settle();
    const shortening = session.shorten(lastAnswer(session).id, small, 'summarise');
    ports.client.last.send({
      kind: 'ended',
      ending: { outcome: 'failed', failure: { kind: 'server-error', retryable: true } },
    });
    const asked = ports.client.answers.length;
    assert.equal(await shortening, false);
    assert.equal(ports.client.answers.length, asked);
  });
});
