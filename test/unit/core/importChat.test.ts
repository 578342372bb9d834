import { deepStrictEqual, equal, throws } from 'node:assert/strict';
import { importChat } from '../../../src/core/importChat';
import { ImportProblem } from '../../../src/core/importProblem';
import { selectedPath, type Conversation } from '../../../src/shared/conversation';
import { factsOf, isShown } from '../../../src/webview/messageFacts';
import { reduceAll } from '../shared/reduceAll';

function imported(value: unknown): Conversation {
  return reduceAll('c', importChat(value, 'c', 7));
}

function texts(conversation: Conversation): string[] {
  return selectedPath(conversation).map(({ role, text }) => `${role}: ${text}`);
}

function node(parent: string | null, children: string[], role?: string, ...parts: unknown[]): unknown {
  const content = { content_type: 'text', parts };
  const metadata = { model_slug: 'gpt-4o' };
  return {
    parent,
    children,
    message: role === undefined ? null : { author: { role }, create_time: 100.5, content, metadata },
  };
}

describe('chats from elsewhere', () => {
  it('delight 43: come from ChatGPT with their versions, times, models and title', () => {
    const conversation = imported({
      title: 'Sky',
      create_time: 100,
      current_node: 'a1',
      mapping: {
        root: node(null, ['system']),
        system: node('root', ['u'], 'system', ''),
        u: node('system', ['a1', 'a2'], 'user', 'Why?', { asset_pointer: 'file-service://x' }),
        a1: node('u', [], 'assistant', 'Because.'),
        a2: node('u', [], 'assistant', 'No reason.'),
      },
    });
    deepStrictEqual(texts(conversation), ['user: Why?\n\n🖼', 'assistant: Because.']);
    equal(conversation.title, 'Sky');
    equal(conversation.createdAt, 100_000);
    const [prompt, answer] = selectedPath(conversation);
    equal(prompt?.children.length, 2);
    equal(answer?.createdAt, 100_500);
    equal(answer.role === 'assistant' && answer.modelName, 'gpt-4o');
    equal(answer.role === 'assistant' && answer.ending?.outcome, 'completed');
  });

  it('makes one answer of what ChatGPT said before and after its tools', () => {
    const conversation = imported({
      mapping: {
        u: node(null, ['a'], 'user', 'Hi'),
        a: node('u', ['t'], 'assistant', 'One'),
        t: node('a', ['b'], 'tool', 'secret'),
        b: node('t', [], 'assistant', 'Two'),
      },
    });
    deepStrictEqual(texts(conversation), ['user: Hi', 'assistant: One\n\nTwo']);
  });

  it('come without durations, which no file tells', () => {
    const message = (
      parent: string | null,
      children: string[],
      seconds: number,
      content: object,
    ): unknown => ({
      parent,
      children,
      message: { author: { role: parent === null ? 'user' : 'assistant' }, create_time: seconds, content },
    });
    const chatGpt = imported({
      mapping: {
        u: message(null, ['t'], 100, { content_type: 'text', parts: ['Hi'] }),
        t: message('u', ['a'], 103, { content_type: 'thoughts', thoughts: [{ content: 'Hm.' }] }),
        a: message('t', ['b'], 140, { content_type: 'text', parts: ['One'] }),
        b: message('a', [], 180, { content_type: 'text', parts: ['Two'] }),
      },
    });
    const fromContinue = imported({
      dateCreated: '1700000000000',
      history: [
        { message: { role: 'user', content: 'Hi' } },
        { message: { role: 'thinking', content: 'Hm.' } },
        { message: { role: 'assistant', content: 'One' } },
      ],
    });
    for (const conversation of [chatGpt, fromContinue]) {
      const answer = selectedPath(conversation).at(-1);
      if (answer === undefined || !isShown(answer)) throw new Error('There is no answer.');
      const facts = factsOf(conversation, answer, false);
      if (facts.role !== 'assistant') throw new Error('There is no answer.');
      deepStrictEqual([facts.seconds, facts.reasoningSeconds, facts.hasReasoning], [null, null, true]);
    }
    equal(selectedPath(chatGpt).at(-1)?.createdAt, 103_000);
  });

  it('refuses trees that go in circles, also with the names of prototypes', () => {
    const circle = { a: node('b', ['b'], 'user', 'x'), b: node('a', ['a'], 'user', 'y') };
    throws(() => importChat({ mapping: circle }, 'c', 0), ImportProblem);
    const twice = { a: node(null, ['b', 'b'], 'user', 'x'), b: node('a', [], 'user', 'y') };
    throws(() => importChat({ mapping: twice }, 'c', 0), ImportProblem);
    const named = JSON.parse(
      JSON.stringify({ P: node(null, [], 'user', 'x') }).replace('"P"', '"__proto__"'),
    ) as unknown;
    deepStrictEqual(importChat({ mapping: named }, 'c', 0), []);
  });

  it('delight 43: come from Continue with what was attached and thought', () => {
    const conversation = imported({
      sessionId: 's',
      title: 'Session',
      history: [
        { message: { role: 'system', content: 'Be good.' } },
        {
          message: { role: 'user', content: [{ type: 'text', text: 'Explain' }] },
          contextItems: [{ name: 'a.ts', description: 'a.ts', content: '```ts\nlet a;\n```' }],
        },
        { message: { role: 'thinking', content: 'Hm.' } },
        {
          message: { role: 'assistant', content: 'It declares a.' },
          promptLogs: [{ modelTitle: 'Big Model' }],
        },
      ],
    });
    deepStrictEqual(texts(conversation), ['user: Explain', 'assistant: It declares a.']);
    const [prompt, answer] = selectedPath(conversation);
    equal(prompt?.role === 'user' && prompt.attachments[0]?.name, 'a.ts');
    equal(answer?.role === 'assistant' && answer.reasoning, 'Hm.');
    equal(answer?.role === 'assistant' && answer.modelName, 'Big Model');
  });
});
