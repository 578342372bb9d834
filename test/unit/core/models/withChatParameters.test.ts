import assert from 'node:assert/strict';
import { chatParametersIn } from '../../../../src/core/models/chatParametersIn';
import { withChatParameters } from '../../../../src/core/models/withChatParameters';

describe('the request fields of a chat', () => {
  it('replace those of the settings, and leave the others', () => {
    const settings = { temperature: 1, reasoning_effort: 'low', top_p: 0.5 };
    assert.deepEqual(withChatParameters(settings, { temperature: 0, effort: 'high' }), {
      temperature: 0,
      reasoning_effort: 'high',
      top_p: 0.5,
    });
    assert.deepEqual(withChatParameters(settings, { systemText: 'Be brief.' }), settings);
  });

  it('are none by default', () => {
    assert.deepEqual(withChatParameters({}, {}), {});
  });

  it('are read from the settings only if they have the right type', () => {
    assert.deepEqual(chatParametersIn({ temperature: 0.5, reasoning_effort: 'high', n: 2 }), {
      temperature: 0.5,
      effort: 'high',
    });
    assert.deepEqual(chatParametersIn({ temperature: 'hot', reasoning_effort: 3 }), {});
  });
});
