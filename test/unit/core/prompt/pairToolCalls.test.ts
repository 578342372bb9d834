import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { buildPrompt } from '../../../../src/core/prompt/buildPrompt';
import type { PromptMessage } from '../../../../src/core/ports/promptMessage';
import type { Message, ToolMessage } from '../../../../src/shared/conversation/conversation';
import { answerMessage, userMessage } from '../../../support/messages';

const call = (
  id: string,
  complete = true,
): { id: string; name: string; arguments: string; complete: boolean } => ({
  id,
  name: 'search',
  arguments: '{}',
  complete,
});

function result(callId: string, id = `result-${callId}`): ToolMessage {
  return {
    id,
    parent: null,
    children: [],
    selectedChild: null,
    createdAt: 0,
    role: 'tool',
    callId,
    name: 'search',
    text: `found ${callId}`,
  };
}

const calling = (id: string, ...ids: string[]): Message =>
  answerMessage({ id, text: 'Let me look.', toolCalls: ids.map((callId) => call(callId)) });

/** A short form of the prompt: roles, with the ids of calls and results. */
function inShort(path: readonly Message[]): readonly string[] {
  return buildPrompt(path, { instructions: [], wantsReasoning: false }).map((message) => {
    if (message.role === 'tool') return `tool ${message.callId}`;
    const ids = message.role === 'assistant' ? (message.toolCalls ?? []).map(({ id }) => id) : [];
    return [message.role, ...ids].join(' ');
  });
}

const user = userMessage({ text: 'hi' });

describe('A tool call in the history', () => {
  const cases: Readonly<Record<string, readonly [path: readonly Message[], sent: readonly string[]]>> = {
    'with its result': [
      [user, calling('a', '1'), result('1'), user],
      ['user', 'assistant 1', 'tool 1', 'user'],
    ],
    'without a result': [
      [user, calling('a', '1'), user],
      ['user', 'assistant', 'user'],
    ],
    'without a result or a word': [
      [user, answerMessage({ toolCalls: [call('1')] }), user],
      ['user', 'user'],
    ],
    'at the very end': [
      [user, calling('a', '1')],
      ['user', 'assistant'],
    ],
    'that was cut': [
      [user, answerMessage({ text: 'x', toolCalls: [call('1', false)] }), result('1'), user],
      ['user', 'assistant', 'user'],
    ],
    'one of several': [
      [user, calling('a', '1', '2', '3'), result('2'), user],
      ['user', 'assistant 2', 'tool 2', 'user'],
    ],
    'several, in another order': [
      [user, calling('a', '1', '2'), result('2'), result('1'), user],
      ['user', 'assistant 1 2', 'tool 2', 'tool 1', 'user'],
    ],
    'with two results': [
      [user, calling('a', '1'), result('1'), result('1', 'again'), user],
      ['user', 'assistant 1', 'tool 1', 'user'],
    ],
    'of the same id in two answers': [
      [user, calling('a', '1'), result('1'), calling('b', '1'), result('1', 'second'), user],
      ['user', 'assistant 1', 'tool 1', 'assistant 1', 'tool 1', 'user'],
    ],
    'twice with one id and one result': [
      [user, calling('a', '1', '1'), result('1'), user],
      ['user', 'assistant 1', 'tool 1', 'user'],
    ],
    'with a result behind another message': [
      [user, calling('a', '1'), user, result('1'), user],
      ['user', 'assistant', 'user', 'user'],
    ],
  };
  for (const [name, [path, sent]] of Object.entries(cases)) {
    it(`is sent in a form that gateways accept: ${name}`, () => {
      deepEqual(inShort(path), sent);
    });
  }

  it('is required for each result that is sent', () => {
    deepEqual(inShort([result('1'), user]), ['user']);
    deepEqual(inShort([user, result('1'), user]), ['user', 'user']);
    deepEqual(inShort([user, calling('a', '1'), result('9'), user]), ['user', 'assistant', 'user']);
  });

  it('comes right before its results, for any history', () => {
    const message = fc.oneof(
      fc.constant(user),
      fc.uniqueArray(fc.constantFrom('1', '2', '3')).map((ids) => calling('a', ...ids)),
      fc.constantFrom('1', '2', '3').map((id) => result(id)),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
        const path = messages.map((item, at) => ({ ...item, id: `m${at}` }));
        const sent = buildPrompt(path, { instructions: [], wantsReasoning: false });
        let open: string[] = [];
        for (const item of sent) {
          if (item.role === 'tool') {
            ok(open.includes(item.callId));
            open = open.filter((id) => id !== item.callId);
          } else {
            equal(open.length, 0);
            open = callsOf(item);
          }
        }
        equal(open.length, 0);
      }),
    );
  });
});

function callsOf(message: PromptMessage): string[] {
  return message.role === 'assistant' ? (message.toolCalls ?? []).map(({ id }) => id) : [];
}
