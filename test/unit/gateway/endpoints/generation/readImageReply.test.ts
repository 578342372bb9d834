import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { readImageEvent } from '../../../../../src/gateway/endpoints/generation/images/readImageEvent';
import { readImageReply } from '../../../../../src/gateway/endpoints/generation/images/readImageReply';
import { pixel, pixelUrl } from './generating';

const link = 'https://cdn.example.com/fox.png';
const picture = { base64: pixel };

/** Replies with pictures, as gateways send them. */
const withPictures: readonly (readonly [name: string, body: unknown, media: readonly object[]])[] = [
  ['b64_json', { created: 1, data: [{ b64_json: pixel }] }, [picture]],
  ['a link', { created: 1, data: [{ url: link }] }, [{ url: link }]],
  ['several pictures', { data: [{ b64_json: pixel }, { url: link }] }, [picture, { url: link }]],
  ['both keys, the link empty', { data: [{ b64_json: pixel, url: '' }] }, [picture]],
  ['both keys, the content empty', { data: [{ b64_json: '', url: link }] }, [{ url: link }]],
  ['both keys, the link null', { data: [{ b64_json: pixel, url: null }] }, [picture]],
  ['both keys filled', { data: [{ b64_json: pixel, url: link }] }, [picture]],
  ['a data URL in b64_json', { data: [{ b64_json: pixelUrl }] }, [picture]],
  ['a data URL in url', { data: [{ url: pixelUrl }] }, [picture]],
  ['a link in b64_json', { data: [{ b64_json: link }] }, [{ url: link }]],
  ['no created', { data: [{ url: link }] }, [{ url: link }]],
  ['an envelope', { code: 200, data: [{ url: link }] }, [{ url: link }]],
  [
    'an envelope around the reply',
    { code: 200, data: { created: 1, data: [{ b64_json: pixel }] } },
    [picture],
  ],
  ['an envelope of SiliconFlow', { code: 20000, message: 'Ok', data: [{ url: link }] }, [{ url: link }]],
  ['an object instead of a list', { data: { url: link } }, [{ url: link }]],
  ['a list of links in url', { data: [{ url: [link, `${link}?2`] }] }, [{ url: link }, { url: `${link}?2` }]],
  ['links as texts', { data: [link] }, [{ url: link }]],
  ['images', { images: [{ url: link }], timings: { inference: 1.2 } }, [{ url: link }]],
  ['images beside data', { images: [{ url: link }], data: [{ url: link }] }, [{ url: link }]],
  [
    'a finished task',
    { id: 'a', status: 'completed', result: { images: [{ url: [link] }] } },
    [{ url: link }],
  ],
  ['a link in result_url', { task_id: 'a', status: 'success', data: null, url: link }, [{ url: link }]],
  [
    'a revised prompt',
    { data: [{ url: link, revised_prompt: 'A fox' }] },
    [{ url: link, revisedPrompt: 'A fox' }],
  ],
  ['metadata', { data: [{ url: link }], metadata: { size: '1024x1024' } }, [{ url: link }]],
  ['NaN beside it', `{"cost": NaN, "data": [{"url": "${link}"}]}`, [{ url: link }]],
];

/** Replies with a task instead of pictures. */
const withTasks: readonly (readonly [name: string, body: unknown, taskId: string])[] = [
  ['APIMart', { code: 200, data: [{ status: 'submitted', task_id: 'task_1' }] }, 'task_1'],
  [
    'APIMart, the older form',
    { code: 200, data: { id: 'task_2', object: 'image.generation.task', status: 'pending', progress: 0 } },
    'task_2',
  ],
  ['APIPod', { code: 200, data: { task_id: 'abc' } }, 'abc'],
  ['a flat task', { id: 'x', task_id: 'task_3', status: 'queued', progress: '0%' }, 'task_3'],
  ['an id of 19 digits', '{"task_id": 1234567890123456789, "status": "queued"}', '1234567890123456789'],
];

/** Replies without pictures and without a task. */
const others: readonly (readonly [name: string, body: unknown, expected: object])[] = [
  ['no pictures', { created: 1, data: [] }, { kind: 'nothing', words: '' }],
  ['an empty picture', { data: [{ b64_json: '', url: '' }] }, { kind: 'nothing', words: '' }],
  ['a reason', { data: [], raiFilteredReason: 'Blocked' }, { kind: 'nothing', words: 'Blocked' }],
  [
    'a reason within',
    { data: [{ url: '', revised_prompt: 'I cannot.' }] },
    { kind: 'nothing', words: 'I cannot.' },
  ],
  ['an empty body', '', { kind: 'nothing', words: '' }],
  ['words', 'busy', { kind: 'nothing', words: 'busy' }],
];

/** Errors with the status of a success. */
const errors: readonly (readonly [name: string, body: unknown, message: string])[] = [
  ['an error object', { error: { message: 'No channel', code: 'x' } }, 'No channel'],
  [
    'an error object with an id',
    { id: 'r', status: 'failed', error: { message: 'No channel' } },
    'No channel',
  ],
  ['a text', { error: 'No channel' }, 'No channel'],
  ['code and message', { code: 500, message: 'No channel', data: null }, 'No channel'],
  ['success false', { success: false, message: 'No channel' }, 'No channel'],
  ['a failed task', { task_id: 'a', status: 'FAILURE', fail_reason: 'No channel' }, 'No channel'],
];

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

describe('readImageReply', () => {
  for (const [name, body, media] of withPictures) {
    it(`reads pictures: ${name}`, () => {
      deepEqual(readImageReply(textOf(body)), { kind: 'media', media, usage: undefined });
    });
  }
  for (const [name, body, taskId] of withTasks) {
    it(`reads a task: ${name}`, () => {
      deepEqual(readImageReply(textOf(body)), { kind: 'task', taskId });
    });
  }
  for (const [name, body, expected] of others) {
    it(`finds nothing: ${name}`, () => {
      deepEqual(readImageReply(textOf(body)), expected);
    });
  }
  for (const [name, body, message] of errors) {
    it(`finds an error: ${name}`, () => {
      const reply = readImageReply(textOf(body));
      equal(reply.kind === 'error' ? reply.error.message : reply.kind, message);
    });
  }

  it('reads the usage', () => {
    const usage = { input_tokens: 12, output_tokens: 1_056, total_tokens: 1_068 };
    const reply = readImageReply(JSON.stringify({ data: [{ b64_json: pixel }], usage }));
    const expected = { promptTokens: 12, completionTokens: 1_056, totalTokens: 1_068 };
    deepEqual(reply.kind === 'media' && reply.usage, expected);
  });

  it('reads any text without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readImageReply(text);
        readImageReply(`{"data": ${text}}`);
      }),
    );
  });
});

describe('readImageEvent', () => {
  it('reads a partial picture by the type in its data', () => {
    const data = JSON.stringify({
      type: 'image_generation.partial_image',
      b64_json: pixel,
      partial_image_index: 0,
    });
    deepEqual(readImageEvent(data, undefined), { kind: 'partial', medium: picture });
  });

  it('reads a partial picture by the type of its event', () => {
    const event = readImageEvent(JSON.stringify({ b64_json: pixel }), 'image_edit.partial_image');
    deepEqual(event, { kind: 'partial', medium: picture });
  });

  it('reads the last picture with its usage', () => {
    const data = { type: 'image_generation.completed', b64_json: pixel, usage: { total_tokens: 5 } };
    const event = readImageEvent(JSON.stringify(data), 'image_generation.completed');
    deepEqual(event, { kind: 'media', media: [picture], usage: { totalTokens: 5 } });
  });

  it('ignores [DONE]', () => {
    equal(readImageEvent('[DONE]', undefined), undefined);
  });
});
