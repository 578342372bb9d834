import assert from 'node:assert/strict';
import { exportMarkdown } from '../../../../src/core/exchange/exportMarkdown';
import { exportJson } from '../../../../src/core/exchange/importExchange';
import { withMediaContent } from '../../../../src/core/exchange/withMediaContent';
import { answerMedia } from '../../../../src/shared/answer/answerPart';
import { emptyConversation } from '../../../../src/shared/conversation/conversation';
import { reduce } from '../../../../src/shared/conversation/reduce';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';

const stored = `parley-media:${'a'.repeat(32)}.png`;
const gone = `parley-media:${'b'.repeat(32)}.png`;
const content = 'data:image/png;base64,iVBORw0KGgo=';

function pictures() {
  const conversation = emptyConversation('c1', 0);
  const model = { gatewayId: 'g', modelId: 'm' };
  const events: ConversationEvent[] = [
    {
      kind: 'message-added',
      id: 'q',
      parent: null,
      at: 1,
      content: { role: 'user', text: 'A cat', attachments: [] },
    },
    {
      kind: 'message-added',
      id: 'a',
      parent: 'q',
      at: 2,
      content: { role: 'assistant', model, modelName: 'M' },
    },
    ...[stored, gone, 'https://pictures.example/far.png'].map((url) => ({
      kind: 'media-added' as const,
      id: 'a',
      media: { kind: 'image' as const, url },
      at: 3,
    })),
  ];
  for (const event of events) reduce(conversation, event);
  return conversation;
}

describe('an exported conversation with stored media', () => {
  const read = (address: string) => Promise.resolve(address === stored ? content : undefined);

  it('has their content, and leaves out those that are gone', async () => {
    const answer = (await withMediaContent(pictures(), read)).messages.get('a');
    assert.ok(answer?.role === 'assistant');
    assert.deepEqual(
      answerMedia(answer).map(({ url }) => url),
      [content, 'https://pictures.example/far.png'],
    );
  });

  it('has no address that only Parley can read, in Markdown and in JSON', async () => {
    const whole = await withMediaContent(pictures(), read);
    const language = { t: (text: string) => text, timeOf: () => '' };
    for (const text of [exportMarkdown(whole, 'Cat', language), exportJson(whole, 'Cat')]) {
      assert.ok(text.includes(content));
      assert.ok(!text.includes('parley-media:'));
    }
  });

  it('is a copy: the conversation itself keeps the addresses', async () => {
    const conversation = pictures();
    await withMediaContent(conversation, read);
    const answer = conversation.messages.get('a');
    assert.ok(answer?.role === 'assistant');
    assert.equal(answerMedia(answer)[0]?.url, stored);
  });
});
