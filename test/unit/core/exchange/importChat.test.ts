import { answerReasoning, answerText } from '../../../../src/shared/answer/answerPart';
import { deepStrictEqual, equal, throws } from 'node:assert/strict';
import { importChat } from '../../../../src/core/exchange/importChat';
import { ImportProblem } from '../../../../src/core/exchange/importProblem';
import {
  selectedPath,
  type Conversation,
  messageText,
} from '../../../../src/shared/conversation/conversation';
import { factsOf, isShown } from '../../../../src/webview/state/messageFacts';
import { reduceAll } from '../../shared/reduceAll';

function imported(value: unknown): Conversation {
  return reduceAll('c', importChat(value, 'c', 7));
}

function texts(conversation: Conversation): string[] {
  return selectedPath(conversation).map((message) => `${message.role}: ${messageText(message)}`);
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

describe('importChat', () => {
  it('reads versions, times, models and title of a ChatGPT conversation', () => {
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

  it('joins the text of ChatGPT before and after tool calls into one answer', () => {
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

  it('shows no durations, because the files do not contain them', () => {
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
      const [reasoning] = facts.parts;
      deepStrictEqual(
        [facts.seconds, reasoning],
        [null, { kind: 'reasoning', index: 0, seconds: null, grows: false }],
      );
    }
    equal(selectedPath(chatGpt).at(-1)?.createdAt, 103_000);
  });

  it('refuses trees with cycles, also with ids such as __proto__', () => {
    const circle = { a: node('b', ['b'], 'user', 'x'), b: node('a', ['a'], 'user', 'y') };
    throws(() => importChat({ mapping: circle }, 'c', 0), ImportProblem);
    const named = JSON.parse(
      JSON.stringify({ P: node(null, [], 'user', 'x') }).replace('"P"', '"__proto__"'),
    ) as unknown;
    deepStrictEqual(importChat({ mapping: named }, 'c', 0), []);
  });

  describe('from ChatGPT with an invalid tree', () => {
    const chain = (change: (mapping: Record<string, unknown>) => void): readonly string[] => {
      const mapping: Record<string, unknown> = {
        r: { id: 'r', message: null, parent: null, children: ['u'] },
        u: node('r', ['a'], 'user', 'Hi'),
        a: node('u', ['v'], 'assistant', 'Hello'),
        v: node('a', [], 'user', '再说一次'),
      };
      change(mapping);
      return selectedPath(imported({ title: 'T', create_time: 1, mapping, current_node: 'v' })).map(
        messageText,
      );
    };
    const whole = ['Hi', 'Hello', '再说一次'];
    const cases: readonly (readonly [
      title: string,
      change: (mapping: Record<string, unknown>) => void,
      texts: readonly string[],
    ])[] = [
      [
        'a node that its parent does not list',
        (mapping) => Object.assign(mapping, { u: node('r', [], 'user', 'Hi') }),
        whole,
      ],
      [
        'no lists of children at all',
        (mapping) => {
          for (const [id, value] of Object.entries(mapping))
            mapping[id] = { ...(value as object), children: undefined };
        },
        whole,
      ],
      [
        'children that are null',
        (mapping) => Object.assign(mapping, { u: { ...(mapping['u'] as object), children: null } }),
        whole,
      ],
      [
        'parents that are missing, where children say it',
        (mapping) => {
          for (const [id, value] of Object.entries(mapping))
            mapping[id] = { ...(value as object), parent: undefined };
        },
        whole,
      ],
      ['a null node beside the others', (mapping) => Object.assign(mapping, { x: null }), whole],
      ['a node that is a number', (mapping) => Object.assign(mapping, { x: 7 }), whole],
      [
        'a child that is not there',
        (mapping) => Object.assign(mapping, { a: node('u', ['gone', 'v'], 'assistant', 'Hello') }),
        whole,
      ],
      [
        'a child that is listed twice',
        (mapping) => Object.assign(mapping, { u: node('r', ['a', 'a'], 'user', 'Hi') }),
        whole,
      ],
      [
        'a child that two parents list',
        (mapping) => Object.assign(mapping, { r: { ...(mapping['r'] as object), children: ['u', 'a'] } }),
        whole,
      ],
      [
        'a time in words',
        (mapping) => Object.assign(mapping, { u: withTime(mapping['u'], '2024-05-01T10:00:00Z') }),
        whole,
      ],
      [
        'a time in digits',
        (mapping) => Object.assign(mapping, { u: withTime(mapping['u'], '1714557600.5') }),
        whole,
      ],
      [
        'a time that is none',
        (mapping) => Object.assign(mapping, { u: withTime(mapping['u'], 'yesterday') }),
        whole,
      ],
      ['a root that is not there', (mapping) => delete mapping['r'], whole],
      [
        'a message without a content',
        (mapping) =>
          Object.assign(mapping, {
            a: { ...(mapping['a'] as object), message: { author: { role: 'assistant' } } },
          }),
        ['Hi', '再说一次'],
      ],
    ];
    for (const [title, change, texts] of cases)
      it(`reads ${title}`, () => {
        deepStrictEqual(chain(change), texts);
      });

    function withTime(value: unknown, time: string): unknown {
      const { message, ...rest } = value as { message: object };
      return { ...rest, message: { ...message, create_time: time } };
    }
  });

  describe('from ChatGPT with markers of its page', () => {
    const answer = (message: object, chat: object = {}): { text: string; model: string } => {
      const conversation = imported({
        ...chat,
        mapping: {
          u: node(null, ['a'], 'user', 'Hi'),
          a: { parent: 'u', children: [], message: { author: { role: 'assistant' }, ...message } },
        },
      });
      const last = selectedPath(conversation).at(-1);
      return last?.role === 'assistant'
        ? { text: answerText(last), model: last.model.modelId }
        : { text: '', model: '' };
    };
    const words = (part: string, references?: readonly object[]): string =>
      answer({
        content: { content_type: 'text', parts: [part] },
        metadata: references === undefined ? null : { content_references: references },
      }).text;
    const cite = '\uE200cite\uE202turn2view3\uE202turn1search0\uE201';

    it("replaces a citation by the export's text for it, or removes it", () => {
      equal(
        words(`It rains.${cite}`, [{ matched_text: cite, alt: '([title](https://link.example))' }]),
        'It rains. ([title](https://link.example))',
      );
      equal(words(`It rains.${cite}`, [{ matched_text: cite, alt: null }]), 'It rains.');
      equal(words(`It rains.${cite} Still.`), 'It rains. Still.');
      equal(
        words(`下雨了。${cite}`, [{ matched_text: cite, alt: '（[来源](https://link.example)）' }]),
        '下雨了。（[来源](https://link.example)）',
      );
      equal(words(`${cite}${cite}Two.`), 'Two.');
      equal(words('\uE200filecite\uE202turn0file1\uE201Files.'), 'Files.');
      equal(words('Cut \uE200cite\uE202turn'), 'Cut citeturn');
    });

    it('replaces an entity by its name', () => {
      equal(words('By \uE200entity\uE202["company","OpenAI","maker"]\uE201 itself.'), 'By OpenAI itself.');
      equal(words('By \uE200entity\uE202not json\uE201 itself.'), 'By  itself.');
    });

    it('keeps ordinary text unchanged', () => {
      for (const text of ['cite turn2view3', 'entity ["a","b"]', '引用【11†source】', 'a  b', '🙂 e\u0301'])
        equal(words(text), text);
    });

    it('marks pictures with a sign and replaces sounds by their transcripts', () => {
      const parts = [
        { content_type: 'audio_transcription', text: 'Hi' },
        { content_type: 'audio_asset_pointer', asset_pointer: 'sediment://file_2' },
        { content_type: 'real_time_user_audio_video_asset_pointer', asset_pointer: 'sediment://file_3' },
      ];
      equal(answer({ content: { content_type: 'multimodal_text', parts } }).text, 'Hi');
      const picture = [{ content_type: 'image_asset_pointer', asset_pointer: 'file-service://x' }, 'A cat'];
      equal(answer({ content: { content_type: 'multimodal_text', parts: picture } }).text, '🖼\n\nA cat');
    });

    it('reads the documents of the canvas', () => {
      const canvas = (recipient: string, text: object): string =>
        answer({ recipient, content: { content_type: 'code', text: JSON.stringify(text) } }).text;
      equal(
        canvas('canmore.create_textdoc', { name: 'Essay', type: 'document', content: '# Essay' }),
        '**Essay**\n\n# Essay',
      );
      equal(
        canvas('canmore.create_textdoc', { name: 'sum', type: 'code/python', content: 'sum([1])' }),
        '**sum**\n\n```python\nsum([1])\n```',
      );
      equal(
        canvas('canmore.update_textdoc', {
          updates: [{ pattern: '.*', multiple: false, replacement: '# 新' }],
        }),
        '# 新',
      );
      equal(canvas('canmore.update_textdoc', { updates: [{ pattern: 'a', replacement: 'b' }] }), '');
      equal(canvas('browser.search', { content: 'x' }), '');
    });

    it("uses the conversation's model for an answer without a model", () => {
      const content = { content_type: 'text', parts: ['Hello'] };
      equal(
        answer({ content, metadata: null }, { default_model_slug: 'gpt-5-thinking' }).model,
        'gpt-5-thinking',
      );
      equal(
        answer({ content, metadata: { model_slug: 'gpt-4o' } }, { default_model_slug: 'gpt-5' }).model,
        'gpt-4o',
      );
      equal(answer({ content }).model, 'chatgpt');
    });

    it('does not begin an answer with the line ends of its reasoning', () => {
      const conversation = imported({
        mapping: {
          u: node(null, ['t'], 'user', 'Hi'),
          t: {
            parent: 'u',
            children: ['a'],
            message: {
              author: { role: 'assistant' },
              content: { content_type: 'thoughts', thoughts: [{ content: 'Hm.' }] },
            },
          },
          a: node('t', [], 'assistant', 'Hello'),
        },
      });
      deepStrictEqual(selectedPath(conversation).slice(-1).map(messageText), ['Hello']);
    });
  });

  it('reads attachments and reasoning of a Continue session', () => {
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
    equal(answer?.role === 'assistant' && answerReasoning(answer), 'Hm.');
    equal(answer?.role === 'assistant' && answer.modelName, 'Big Model');
  });
});
