import { deepStrictEqual, equal } from 'node:assert/strict';
import { emptyConversation, type Conversation } from '../../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { summarise } from '../../../../src/storage/library/summarise';
import { endEvent, promptEvent, textEvent } from '../../../support/storage/exampleEvents';

function answer(id: string, parent: string, modelName: string, modelId = modelName): ConversationEvent {
  const content = { role: 'assistant' as const, model: { gatewayId: 'lab', modelId }, modelName };
  return { kind: 'message-added', id, parent, at: 2, content };
}

function failure(id: string): ConversationEvent {
  const ending = { outcome: 'failed', failure: { kind: 'unauthorized', retryable: false } } as const;
  return { kind: 'answer-ended', id, ending, usage: null, servedModel: null, at: 3 };
}

function conversationOf(...events: ConversationEvent[]): Conversation {
  const conversation = emptyConversation('c', 0);
  for (const event of events) reduce(conversation, event);
  return conversation;
}

const isFailed = (...events: ConversationEvent[]): boolean | undefined =>
  summarise(conversationOf(...events))?.failed;

describe('summarise', () => {
  const failedAnswer = [promptEvent('p'), answer('a', 'p', 'gpt-5'), failure('a')];

  it('says that a chat failed if it has one prompt and only failed answers', () => {
    equal(isFailed(...failedAnswer), true);
    equal(isFailed(...failedAnswer, answer('b', 'p', 'gpt-5'), failure('b')), true);
  });

  it('says that a chat did not fail if anything of it worked, runs, goes on, or has a title of the user', () => {
    equal(isFailed(promptEvent('p')), false);
    equal(isFailed(promptEvent('p'), answer('a', 'p', 'gpt-5')), false);
    equal(isFailed(promptEvent('p'), answer('a', 'p', 'gpt-5'), textEvent('a', 'Hi'), endEvent('a')), false);
    equal(isFailed(...failedAnswer, answer('b', 'p', 'gpt-5'), endEvent('b')), false);
    equal(isFailed(...failedAnswer, { ...promptEvent('q'), parent: 'a' } as ConversationEvent), false);
    const named = { kind: 'title-changed', title: 'Kept', source: 'user', at: 4 } as const;
    equal(isFailed(...failedAnswer, named), false);
  });

  it('names the models of all answers, the one of the last answer first', () => {
    const conversation = conversationOf(
      promptEvent('p'),
      answer('a', 'p', 'GPT-5 mini', 'gpt-5-mini'),
      endEvent('a'),
      answer('b', 'p', 'sonnet'),
      endEvent('b'),
    );
    deepStrictEqual(summarise(conversation)?.models, ['sonnet', 'GPT-5 mini', 'gpt-5-mini']);
    deepStrictEqual(summarise(conversationOf(promptEvent('p')))?.models, []);
  });
});
