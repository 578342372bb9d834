import { deepEqual, equal } from 'node:assert/strict';
import type { Gateway } from '../../../src/core/models/gateway';
import { effortSentMark } from '../../../src/shared/failure/nameOfUnsupportedParameter';
import { summary, type Answer } from './asking';
import { LearningClient, type RequestFields } from './learningClient';
import { delta, done, finish, reply } from './replies';

describe('The thinking effort on the wire', () => {
  const client = new LearningClient();

  /** Answers, or refuses with the message that `refuse` returns. */
  async function serve(refuse: (body: RequestFields) => string | undefined = () => undefined): Promise<void> {
    await client.serve(async (exchange) => {
      const message = refuse(JSON.parse(exchange.body) as RequestFields);
      await exchange.write(
        message === undefined
          ? reply(delta('Hi') + finish() + done)
          : reply(JSON.stringify({ error: { message, type: 'invalid_request_error' } }), {
              status: '400 No',
              headers: ['Content-Type: application/json'],
            }),
      );
      exchange.end();
    });
  }

  async function ask(
    effort: string | undefined,
    modelId = 'some-model',
    gateway: Partial<Gateway> = {},
  ): Promise<Answer> {
    const answer = await client.tested.answer(
      { baseUrl: client.baseUrl, ...gateway },
      { modelId, parameters: effort === undefined ? {} : { reasoning_effort: effort } },
    );
    equal(summary(answer), 'completed stop');
    return answer;
  }

  /** The fields of all requests that ask for thinking, as JSON. */
  const sent = (): readonly string[] =>
    client.bodies.map((body) => {
      const usual = new Set(['model', 'messages', 'stream', 'stream_options', 'return_progress']);
      const fields = Object.entries(body).filter(([name]) => !usual.has(name));
      return JSON.stringify(Object.fromEntries(fields));
    });

  const adapted = ({ parts }: Answer): readonly string[] =>
    parts.flatMap((part) => (part.kind === 'adapted' ? [part.part] : []));

  const refusing =
    (...fields: readonly string[]) =>
    (body: RequestFields): string | undefined => {
      const field = fields.find((one) => one in body);
      return field === undefined ? undefined : `Unsupported parameter: '${field}'`;
    };

  it('is not sent if the user chose none', async () => {
    await serve();
    const answer = await ask(undefined, 'qwen3-32b', { id: 'vllm' });
    deepEqual(sent(), ['{}']);
    deepEqual(adapted(answer), []);
  });

  it('is sent in the usual form to a model of an unknown family, without a note', async () => {
    await serve();
    deepEqual(adapted(await ask('high')), []);
    deepEqual(sent(), ['{"reasoning_effort":"high"}']);
  });

  it('is sent in the form of the model, and the answer says so', async () => {
    await serve();
    const answer = await ask('none', 'qwen3-32b');
    deepEqual(sent(), ['{"enable_thinking":false}']);
    deepEqual(adapted(answer), [`${effortSentMark}{"enable_thinking":false}`]);
  });

  it('is sent in the next form after a refusal, which is remembered', async () => {
    await serve(refusing('reasoning_effort', 'reasoning'));
    const answer = await ask('none');
    const last = '{"thinking":{"type":"disabled"}}';
    deepEqual(sent(), ['{"reasoning_effort":"none"}', '{"reasoning":{"effort":"none"}}', last]);
    deepEqual(adapted(answer).at(-1), effortSentMark + last);
    await ask('none');
    deepEqual(sent().slice(3), [last]);
  });

  it('is left out once every form was refused, and each answer says so', async () => {
    await serve(refusing('reasoning_effort', 'reasoning', 'thinking'));
    deepEqual(adapted(await ask('low')).at(-1), 'reasoning_effort');
    deepEqual(sent().at(-1), '{}');
    deepEqual(adapted(await ask('low')), ['reasoning_effort']);
    equal(sent().length, 5);
  });

  it('leaves out only the field that the model refuses beside the switch', async () => {
    await serve(refusing('reasoning_effort'));
    await ask('high', 'deepseek-v4-pro');
    deepEqual(sent(), [
      '{"thinking":{"type":"enabled"},"reasoning_effort":"high"}',
      '{"thinking":{"type":"enabled"}}',
    ]);
  });

  for (const message of [
    "Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'low', 'medium', and 'high'.",
    "Invalid value: 'none'. Supported values are: 'low', 'medium' and 'high' (reasoning_effort).",
    'reasoning_effort 必须取值为 low、medium 或 high，不支持 none',
  ])
    it(`keeps the form for other levels if only one is refused: ${message}`, async () => {
      await serve((body) => (body['reasoning_effort'] === 'none' ? message : undefined));
      await ask('none');
      deepEqual(sent(), ['{"reasoning_effort":"none"}', '{"reasoning":{"effort":"none"}}']);
      await ask('high');
      deepEqual(sent().at(-1), '{"reasoning_effort":"high"}');
      await ask('none');
      deepEqual(sent().at(-1), '{"reasoning":{"effort":"none"}}');
    });

  it('is understood as refused by the name of an inner field', async () => {
    await serve((body) => ('thinking' in body ? 'thinking.type: unknown field' : undefined));
    await ask('none', 'glm-4.7');
    deepEqual(sent()[1], '{"chat_template_kwargs":{"enable_thinking":false,"thinking":false}}');
  });

  it('keeps a field that the user set in another way', async () => {
    await serve();
    await ask('none', 'qwen3-32b', { extraBody: { enable_thinking: true } });
    deepEqual(sent(), ['{"enable_thinking":true}']);
  });

  it('does not take a word of the prompt for the effort', async () => {
    await serve();
    await client.tested.answer(
      { baseUrl: client.baseUrl },
      { modelId: 'qwen3', messages: [{ role: 'user', content: 'Set "reasoning_effort" to "low".' }] },
    );
    deepEqual(sent(), ['{}']);
  });

  it('costs no further request for a model that refuses another field', async () => {
    await serve(refusing('temperature'));
    const answer = await client.tested.answer(
      { baseUrl: client.baseUrl },
      { parameters: { temperature: 1, reasoning_effort: 'low' } },
    );
    equal(summary(answer), 'completed stop');
    deepEqual(sent(), ['{"temperature":1,"reasoning_effort":"low"}', '{"reasoning_effort":"low"}']);
  });
});
