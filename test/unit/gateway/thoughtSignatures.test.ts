import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { PromptMessage } from '../../../src/core/ports/promptMessage';
import { ReasoningDetails } from '../../../src/gateway/reply/fields/reasoningDetails';
import { findUnsupportedParameter } from '../../../src/gateway/unsupportedParameters/findUnsupportedParameter';
import {
  callSignatures,
  missingSignature,
  reasoningDetails,
  toolMessages,
} from '../../../src/gateway/unsupportedParameters/messageForm';
import type { KeptReasoning } from '../../../src/shared/answer/keptReasoning';
import type { RawScript } from '../../support/rawServer';
import { LearningClient, type RequestFields } from './learningClient';
import { readReply } from './readReply';
import { delta, done, event, finish, reply } from './replies';

/** A stream that calls tools with these deltas. */
function calling(...pieces: readonly object[]): string {
  return pieces.map((piece) => event({ choices: [{ index: 0, delta: { tool_calls: [piece] } }] })).join('');
}

async function keptOf(body: string): Promise<KeptReasoning | undefined> {
  const { parts } = await readReply(body + finish('tool_calls') + done);
  const kept = parts.flatMap((part) => (part.kind === 'kept-reasoning' ? [part.items] : []));
  ok(kept.length <= 1);
  return kept[0];
}

/** A question, an answer with a call for each id, and their results. */
function toolLoop(ids: readonly string[], keptReasoning?: KeptReasoning): readonly PromptMessage[] {
  return [
    { role: 'user', content: 'Look' },
    {
      role: 'assistant',
      content: '',
      toolCalls: ids.map((id) => ({ id, name: 'look', arguments: '{}', complete: true })),
      ...(keptReasoning !== undefined && { keptReasoning }),
    },
    ...ids.map((callId) => ({ role: 'tool', callId, content: 'Seen' }) as const),
  ];
}

function answerIn(body: RequestFields | undefined): Readonly<Record<string, unknown>> {
  const messages = body?.['messages'] as readonly Readonly<Record<string, unknown>>[];
  return messages.find(({ role }) => role === 'assistant') ?? {};
}

/** Answers any request. */
const answers: RawScript = async (exchange) => {
  await exchange.write(reply(delta('Done') + finish() + done));
  exchange.end();
};

const plain = { type: 'function', function: { name: 'look', arguments: '{}' } };
const google = { extra_content: { google: { thought_signature: 'c2lnbmVk' } } };
const skipped = { extra_content: { google: { thought_signature: 'skip_thought_signature_validator' } } };

describe('The signature of a tool call', () => {
  const learning = new LearningClient();

  const places: Record<string, object> = {
    'in extra_content, as Google sends it': google,
    'in provider_specific_fields': { provider_specific_fields: { thought_signature: 'c2ln' } },
    'in the call': { thought_signature: 'c2ln' },
    'in the call, in camel case': { thoughtSignature: 'c2ln' },
    'in function': { function: { ...plain.function, thought_signature: 'c2ln' } },
    'two levels deep in function': { function: { ...plain.function, extra: { google: { signature: 'x' } } } },
    'beside other facts': { metadata: { model: 'a', thought_signature: 'c2ln', count: 2 } },
    encrypted: { reasoning: { encrypted_content: 'gAAA' } },
    'with characters of other scripts': { extra_content: { signature: '签名🔏' } },
    'of a hundred thousand characters': {
      extra_content: { google: { thought_signature: 'a'.repeat(100_000) } },
    },
  };
  for (const [place, fields] of Object.entries(places))
    it(`goes back where it came from: ${place}`, async () => {
      const kept = await keptOf(calling({ index: 0, id: 'a', ...plain, ...fields }));
      await learning.serve(answers);
      await learning.tested.answer({ baseUrl: learning.baseUrl }, { messages: toolLoop(['a'], kept) });
      deepEqual(answerIn(learning.bodies[0])['tool_calls'], [{ id: 'a', ...plain, ...fields }]);
    });

  it('belongs to its call, also when it comes after the arguments or only with one of the calls', async () => {
    const kept = await keptOf(
      calling(
        { index: 0, id: 'a', ...plain },
        { index: 1, id: 'b', type: 'function', function: { name: 'look', arguments: '{' } },
        { index: 1, function: { arguments: '}' } },
        { index: 1, ...google },
      ),
    );
    deepEqual(kept, [
      { type: 'call_signature', afterText: true, afterCalls: 1, fields: google, inFunction: {} },
    ]);
  });

  it('is read from a whole reply', async () => {
    const { parts } = await readReply(
      JSON.stringify({
        choices: [
          { message: { tool_calls: [{ id: 'a', ...plain, ...google }] }, finish_reason: 'tool_calls' },
        ],
      }),
    );
    const kept = parts.find((part) => part.kind === 'kept-reasoning');
    deepEqual(kept?.items, [
      { type: 'call_signature', afterText: true, afterCalls: 0, fields: google, inFunction: {} },
    ]);
  });

  const unsigned: Record<string, object> = {
    'an empty signature': { extra_content: { google: { thought_signature: '' } } },
    null: { extra_content: null },
    'other facts': { provider_specific_fields: { refusal: null, index: 0 }, strict: true },
    'a number': { signature: 12 },
    'half a megabyte': { extra_content: { signature: 'a'.repeat(600_000) } },
  };
  for (const [what, fields] of Object.entries(unsigned))
    it(`is not ${what}`, async () => {
      equal(await keptOf(calling({ index: 0, id: 'a', ...plain, ...fields })), undefined);
    });

  it('is not kept of an answer without tools', async () => {
    equal(await keptOf(delta('Hi', google)), undefined);
  });

  it('is replaced by Google’s word for calls that have none, once the gateway demands it', async () => {
    await learning.serve(async (exchange) => {
      const [call] = answerIn(JSON.parse(exchange.body) as RequestFields)['tool_calls'] as readonly object[];
      if (call !== undefined && 'extra_content' in call) {
        await answers(exchange);
        return;
      }
      const message =
        'Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly. Additional data, function call `default_api:look` , position 2.';
      const refusal = JSON.stringify([{ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }]);
      await exchange.write(
        reply(refusal, { status: '400 Bad Request', headers: ['Content-Type: application/json'] }),
      );
      exchange.end();
    });
    const gateway = { baseUrl: learning.baseUrl };
    const { text } = await learning.tested.answer(gateway, { messages: toolLoop(['a', 'b']) });
    equal(text, 'Done');
    const written = [
      { id: 'a', ...plain, ...skipped },
      { id: 'b', ...plain },
    ];
    deepEqual(answerIn(learning.bodies[1])['tool_calls'], written);
    // The next question does not ask in vain, and calls with a signature keep it.
    const kept: KeptReasoning = [
      { type: 'call_signature', afterText: true, afterCalls: 0, fields: google, inFunction: {} },
    ];
    await learning.tested.answer(gateway, { messages: toolLoop(['a', 'b'], kept) });
    equal(learning.bodies.length, 3);
    deepEqual(answerIn(learning.bodies[2])['tool_calls'], [
      { id: 'a', ...plain, ...google },
      { id: 'b', ...plain },
    ]);
  });

  const wordings: readonly (readonly [words: string, form: string | undefined])[] = [
    ['Function call is missing a thought_signature in functionCall parts.', missingSignature],
    ['Missing required field: thought_signature', missingSignature],
    ['function call `look` in the 2. content block is missing a `thought_signature`.', missingSignature],
    ['Gemini 3 requires a thought signature for each function call.', missingSignature],
    ['The thoughtSignature of the call must be passed back.', missingSignature],
    ['函数调用缺少 thought_signature', missingSignature],
    ['工具调用必须携带 thoughtSignature', missingSignature],
    ['Corrupted thought signature.', callSignatures],
    ['Thought signature is not valid', callSignatures],
    ['Invalid value for thought_signature: could not decode', callSignatures],
    ['messages.1.tool_calls.0.extra_content: Extra inputs are not permitted', callSignatures],
    ['Unknown field: provider_specific_fields', callSignatures],
    ['thought_signature 校验失败', callSignatures],
    ['messages[1].reasoning_details: Extra inputs are not permitted', reasoningDetails],
    ['Unrecognized request argument: reasoning_details', reasoningDetails],
    ['不支持的参数 reasoning_details', reasoningDetails],
    ['The signature of your request is missing', undefined],
    ['The request signature does not match', undefined],
  ];
  const sent = new Set([callSignatures, missingSignature, reasoningDetails, toolMessages, 'stream']);
  for (const [words, form] of wordings)
    it(`${form === undefined ? 'is not meant by' : 'is meant by'} “${words}”`, () => {
      equal(findUnsupportedParameter(JSON.stringify({ error: { message: words } }), sent), form);
    });
});

describe('The field reasoning_details', () => {
  const learning = new LearningClient();

  it('is joined from its pieces and goes back whole', async () => {
    const piece = (detail: object): string =>
      event({ choices: [{ index: 0, delta: { content: '', reasoning_details: [detail] } }] });
    const kept = await keptOf(
      piece({ type: 'reasoning.text', index: 0, text: 'First, ', format: 'anthropic-claude-v1' }) +
        piece({ type: 'reasoning.text', index: 0, text: '看一下。', format: 'anthropic-claude-v1' }) +
        piece({ type: 'reasoning.text', index: 0, signature: 'sig', format: 'anthropic-claude-v1' }) +
        piece({ type: 'reasoning.encrypted', index: 1, id: 'rs_1', data: 'gAAA' }) +
        calling({ index: 0, id: 'a', ...plain }),
    );
    const details = [
      {
        type: 'reasoning.text',
        index: 0,
        text: 'First, 看一下。',
        format: 'anthropic-claude-v1',
        signature: 'sig',
      },
      { type: 'reasoning.encrypted', index: 1, id: 'rs_1', data: 'gAAA' },
    ];
    deepEqual(kept, [{ type: 'reasoning_details', afterText: false, afterCalls: 0, details }]);
    await learning.serve(answers);
    await learning.tested.answer({ baseUrl: learning.baseUrl }, { messages: toolLoop(['a'], kept) });
    deepEqual(answerIn(learning.bodies[0])['reasoning_details'], details);
  });

  it('is the same however its texts are cut', () => {
    const detail = fc.record({
      type: fc.constantFrom('reasoning.text', 'reasoning.summary', 'reasoning.encrypted'),
      text: fc.string({ minLength: 1 }),
    });
    fc.assert(
      fc.property(
        fc.array(detail, { maxLength: 6 }),
        fc.array(fc.nat(20), { maxLength: 20 }),
        (wanted, cuts) => {
          const joined = new ReasoningDetails();
          wanted.forEach(({ type, text }, index) => {
            let rest = text;
            for (const cut of cuts) {
              joined.add([{ type, index, text: rest.slice(0, cut) }], false);
              rest = rest.slice(cut);
            }
            joined.add([{ type, index, text: rest, signature: 's' }], false);
          });
          deepEqual(
            joined.all,
            wanted.map(({ type, text }, index) => ({ type, index, text, signature: 's' })),
          );
        },
      ),
    );
  });

  it('is not doubled by a message at the end that repeats it', () => {
    const joined = new ReasoningDetails();
    const whole = [{ type: 'reasoning.text', text: 'Think', index: 0 }];
    joined.add([{ type: 'reasoning.text', text: 'Thi', index: 0 }], false);
    joined.add([{ type: 'reasoning.text', text: 'nk', index: 0 }], false);
    joined.add(whole, true);
    deepEqual(joined.all, whole);
  });
});
