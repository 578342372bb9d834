import assert from 'node:assert/strict';
import { answeredConversation } from '../../../../src/core/conversation/answeredConversation';
import {
  emptyConversation,
  messageText,
  selectedPath,
} from '../../../../src/shared/conversation/conversation';
import type { TextAttachment } from '../../../../src/shared/conversation/attachment';
import { reduce } from '../../../../src/shared/conversation/reduce';

describe('answeredConversation', () => {
  it('builds a conversation with the question, its attachments and the answer', () => {
    let count = 0;
    const chip: TextAttachment = {
      kind: 'text',
      id: 'chip',
      scope: 'terminal',
      name: 'make',
      languageId: 'text',
      text: '$ make',
      truncated: false,
    };
    const events = answeredConversation(
      {
        text: 'Fix this command.',
        attachments: [chip],
        target: { model: { gatewayId: 'g', modelId: 'm' }, modelName: 'M' },
        reply: {
          text: 'Change the file.',
          ending: { outcome: 'completed', finishReason: 'stop' },
          usage: { promptTokens: 3, completionTokens: 4 },
        },
        askedAt: 100,
        answeredAt: 200,
      },
      'chat',
      () => `id-${(count += 1)}`,
    );
    const conversation = emptyConversation('chat', 0);
    for (const event of events) assert.ok(reduce(conversation, event), event.kind);
    assert.equal(conversation.title, 'Fix this command. (make)');
    const [question, answer] = selectedPath(conversation);
    assert.ok(question?.role === 'user' && answer?.role === 'assistant');
    assert.deepEqual(question.attachments, [chip]);
    assert.equal(messageText(answer), 'Change the file.');
    assert.deepEqual(answer.usage, { promptTokens: 3, completionTokens: 4 });
    assert.equal(answer.endedAt, 200);
  });
});
