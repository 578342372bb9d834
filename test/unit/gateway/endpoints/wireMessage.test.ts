import { deepEqual } from 'node:assert/strict';
import { wireMessage, wireTool } from '../../../../src/gateway/endpoints/wireMessage';

describe('wireMessage', () => {
  it('adds the reasoning of a message', () => {
    deepEqual(wireMessage({ role: 'assistant', content: 'Hi', reasoning: 'Hm' }), {
      role: 'assistant',
      content: 'Hi',
      reasoning_content: 'Hm',
    });
    deepEqual(wireMessage({ role: 'assistant', content: '', reasoning: '' }), {
      role: 'assistant',
      content: '',
    });
  });

  it('keeps the text next to tool calls and writes missing arguments as an empty object', () => {
    const toolCalls = [{ id: 'a', name: 'f', arguments: '', complete: true }];
    deepEqual(wireMessage({ role: 'assistant', content: 'Let me look.', toolCalls }), {
      role: 'assistant',
      content: 'Let me look.',
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
    });
  });

  it('writes only documented fields', () => {
    deepEqual(wireMessage({ role: 'system', content: 'Be brief.' }), {
      role: 'system',
      content: 'Be brief.',
    });
    deepEqual(wireMessage({ role: 'tool', content: '', callId: 'a' }), {
      role: 'tool',
      tool_call_id: 'a',
      content: '',
    });
    const parameters = { type: 'object', properties: {} };
    deepEqual(wireTool({ name: 'f', description: 'Does it.', parameters }), {
      type: 'function',
      function: { name: 'f', description: 'Does it.', parameters },
    });
  });
});
