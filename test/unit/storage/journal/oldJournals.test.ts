import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJson } from '../../../../src/core/exchange/importExchange';
import { importChat } from '../../../../src/core/exchange/importChat';
import { buildPrompt } from '../../../../src/core/prompt/buildPrompt';
import {
  messageText,
  selectedPath,
  type AssistantMessage,
  type Conversation,
} from '../../../../src/shared/conversation/conversation';
import { conversationEventSchema } from '../../../../src/shared/conversation/conversationEvent';
import { useFolder } from '../../../support/storage/workplace';
import { reduceAll } from '../../shared/reduceAll';

const fixtures = join(__dirname, '..', '..', '..', 'fixtures');
const start = 1_764_410_000_000;

/** Kinds of events that version 0.1.0 does not write, or does not keep. */
const notInOldJournals = [
  'reasoning-kept',
  'prompt-progressed',
  'tool-call-started',
  'tool-call-arguments',
  'tool-call-state',
  'prompt-sent',
  'background-requested',
  'parameters-changed',
  'task-submitted',
  'task-progressed',
  'preview-shown',
  'task-actions-offered',
];

function answer(conversation: Conversation, id: string): AssistantMessage {
  const message = conversation.messages.get(id);
  if (message?.role !== 'assistant') throw new Error(`There is no answer ${id}.`);
  return message;
}

/** What the fixtures hold; both were written with version 0.1.0. */
function assertIsOldChat(conversation: Conversation): void {
  deepStrictEqual(
    selectedPath(conversation).map((message) => `${message.role} ${message.id}: ${messageText(message)}`),
    [
      'user q1: What colour is the sky?',
      'assistant a1: ',
      'tool t1: blue',
      'assistant a2: The sky is blue[1].',
      'user q2: And the sea?',
      'assistant a4: Grey.',
    ],
  );
  const { title, titleSource, pinned } = conversation;
  deepStrictEqual([title, titleSource, pinned], ['Colours', 'user', true]);

  const question = conversation.messages.get('q1');
  ok(question?.role === 'user');
  deepStrictEqual(
    question.attachments.map(({ kind, name }) => `${kind} ${name}`),
    ['code sky.ts', 'image sky.png', 'text Pasted text'],
  );

  const first = answer(conversation, 'a1');
  deepStrictEqual(
    first.parts.map((part) => {
      if (part.kind === 'tool-call') return [part.kind, part.state, part.call];
      return part.kind === 'reasoning' ? [part.kind, part.text] : [part.kind];
    }),
    [
      ['reasoning', 'The user asks about the sky. It is a clear day.'],
      ['tool-call', 'done', { id: 'call-1', name: 'get_colour', arguments: '{"of":"sky"}', complete: true }],
      ['tool-call', 'written', { id: 'call-2', name: 'get_weather', arguments: '{"pla', complete: false }],
    ],
  );
  deepStrictEqual(
    [first.adaptations, first.retry, first.servedModel],
    [['temperature'], null, 'demo-model-2026'],
  );
  deepStrictEqual(first.ending, { outcome: 'completed', finishReason: 'tool_calls' });
  equal(first.usage?.reasoningTokens, 6);

  const second = answer(conversation, 'a2');
  deepStrictEqual(second.shortened, { from: 'q1', summary: 'They talk about the sky.' });
  deepStrictEqual(second.tokens.length, 1);
  deepStrictEqual([second.textStartedAt, second.endedAt], [start + 5_000, start + 7_100]);

  const outcomes = ['a2', 'a3', 'a4'].map((id) => answer(conversation, id).ending?.outcome);
  deepStrictEqual(outcomes, ['completed', 'failed', 'cancelled']);
  const other = conversation.messages.get('q2');
  deepStrictEqual(other?.role === 'user' && [other.comparison, other.children], [null, ['a3', 'a4']]);
}

describe('a chat of version 0.1.0', () => {
  const folder = useFolder();

  async function loadOldJournal(): Promise<Conversation> {
    await mkdir(join(folder.path, 'conversations'), { recursive: true });
    const journal = await readFile(join(fixtures, 'journal-0.1.0.jsonl'));
    await writeFile(join(folder.path, 'conversations', 'chat.jsonl'), journal);
    const conversation = await folder.open({}).load('chat');
    if (conversation === undefined) throw new Error('The journal could not be read.');
    return conversation;
  }

  it('has every kind of event that this version wrote', async () => {
    const journal = await readFile(join(fixtures, 'journal-0.1.0.jsonl'), 'utf8');
    const kinds = conversationEventSchema.options.map(({ entries }) => entries.kind.literal);
    for (const kind of kinds)
      equal(journal.includes(`{"kind":"${kind}"`), !notInOldJournals.includes(kind), kind);
  });

  it('is read from its journal as it was', async () => {
    const conversation = await loadOldJournal();
    assertIsOldChat(conversation);
    deepStrictEqual(
      answer(conversation, 'a2').parts.map((part) => [part.kind, part.at - start]),
      // The text went on after the picture had come.
      [
        ['media', 5_200],
        ['text', 5_000],
        ['sources', 5_100],
      ],
    );
  });

  it('is imported from its export as it was', async () => {
    const file: unknown = JSON.parse(await readFile(join(fixtures, 'chat-0.1.0.json'), 'utf8'));
    const conversation = reduceAll('chat', importChat(file, 'chat', 0));
    assertIsOldChat(conversation);
    // It is exported again with everything that is in it.
    const again: unknown = JSON.parse(exportJson(conversation, 'Colours'));
    deepStrictEqual(reduceAll('chat', importChat(again, 'chat', 0)), conversation);
  });

  it('is sent to a model as before', async () => {
    const path = selectedPath(await loadOldJournal());
    const prompt = buildPrompt(path.slice(0, -1), { instructions: [], wantsReasoning: true });
    deepStrictEqual(
      prompt.map((message) => message.role),
      ['system', 'user', 'assistant', 'tool', 'assistant', 'user'],
    );
    deepStrictEqual(prompt[2], {
      role: 'assistant',
      content: '',
      reasoning: 'The user asks about the sky. It is a clear day.',
      toolCalls: [{ id: 'call-1', name: 'get_colour', arguments: '{"of":"sky"}', complete: true }],
    });
    deepStrictEqual(prompt[3], { role: 'tool', content: 'blue', callId: 'call-1' });
  });
});
