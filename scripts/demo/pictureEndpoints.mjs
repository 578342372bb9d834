import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { birdVideo } from './birdVideo.mjs';

/** The models that make pictures at once, with masks, later, and in Midjourney's way, and the model that makes videos. */
export const pictureModels = [
  'flux-kingfisher',
  'gpt-image-wagtail',
  'flux-heron-later',
  'mj_imagine',
  'sora-swallow',
];

/** @typedef {{ model?: string, prompt?: string, n?: number, taskId?: string, customId?: string }} Body */

/**
 * The endpoints of a gateway that paints pictures from the letters of the prompt: `/v1/images/generations`, at once or as a task,
 * `/v1/images/edits` and Midjourney's `/mj`. `/v1/videos` always makes the same video. Deterministic; the progress of a task moves on
 * each time that it is asked about.
 *
 * @param {number} [steps] How often a task is asked about before it is done.
 * @param {(form: FormData) => void} [onEdit] Gets the form of each edit.
 * @returns {readonly (readonly [path: string, handler: import('@copilotkit/aimock').Mountable])[]}
 */
export function pictureEndpoints(steps = 3, onEdit = () => undefined) {
  /** @type {Map<string, { prompt: string, looks: number }>} */
  const tasks = new Map();
  /** @param {string} prompt */
  const submit = (prompt) => {
    const id = `${1_320_098_173_412_546_000n + BigInt(tasks.size)}`;
    tasks.set(id, { prompt, looks: 0 });
    return id;
  };
  /**
   * @param {(path: string, body: Body) => unknown} answer
   * @returns {import('@copilotkit/aimock').Mountable}
   */
  const handler = (answer) => ({
    handleRequest: async (request, response) => {
      const text = Buffer.concat(await Array.fromAsync(request)).toString();
      /** @type {unknown} */
      const body = text === '' ? {} : JSON.parse(text);
      const reply = answer(request.url ?? '', /** @type {Body} */ (body));
      response.writeHead(reply === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply ?? { error: { message: 'There is no such task here.' } }));
      return true;
    },
  });
  /** @param {string} path */
  const look = (path) => {
    const id = /(\d{19})/.exec(path)?.[1] ?? '';
    const task = tasks.get(id);
    if (task === undefined) return undefined;
    task.looks += 1;
    return { id, prompt: task.prompt, percent: Math.min(100, Math.round((task.looks * 100) / steps)) };
  };
  return [
    [
      '/v1/images/generations',
      handler((_, { model, prompt = '', n = 1 }) =>
        model?.endsWith('-later') === true
          ? { code: 200, data: [{ status: 'submitted', task_id: submit(prompt) }] }
          : {
              created: 0,
              data: Array.from({ length: n }, (_, at) => ({ b64_json: paint(`${prompt} ${at}`) })),
            },
      ),
    ],
    [
      '/v1/images/edits',
      {
        handleRequest: async (request, response) => {
          const { 'content-type': type = '' } = request.headers;
          const bytes = Buffer.concat(await Array.fromAsync(request));
          const form = await new globalThis.Response(bytes, { headers: { 'content-type': type } }).formData();
          onEdit(form);
          response.writeHead(200, { 'content-type': 'application/json' });
          const prompt = form.get('prompt');
          const picture = paint(`${typeof prompt === 'string' ? prompt : ''} edited`);
          response.end(JSON.stringify({ created: 0, data: [{ b64_json: picture }] }));
          return true;
        },
      },
    ],
    [
      '/v1/videos',
      {
        handleRequest: (request, response) => {
          const { url = '', method } = request;
          if (url.endsWith('/content')) {
            response.writeHead(200, { 'content-type': 'video/webm' });
            response.end(birdVideo);
            return Promise.resolve(true);
          }
          const task = method === 'POST' ? { id: submit(''), percent: 0 } : look(url);
          response.writeHead(task === undefined ? 404 : 200, { 'content-type': 'application/json' });
          const status = task?.percent === 0 ? 'queued' : task?.percent === 100 ? 'completed' : 'in_progress';
          response.end(JSON.stringify({ object: 'video', id: task?.id, status, progress: task?.percent }));
          return Promise.resolve(true);
        },
      },
    ],
    [
      '/v1/tasks',
      handler((path) => {
        const task = look(path);
        if (task === undefined) return undefined;
        const isDone = task.percent === 100;
        const result = isDone ? { images: [{ url: [asUrl(paint(task.prompt))] }] } : {};
        return {
          code: 200,
          data: { status: isDone ? 'completed' : 'processing', progress: task.percent, result },
        };
      }),
    ],
    [
      '/mj',
      handler((path, { prompt, taskId = '', customId = '' }) => {
        if (path.includes('/submit/')) {
          // It asks for a prompt before it is made.
          if (customId.startsWith('MJ::CustomZoom'))
            return {
              code: 21,
              description: 'Waiting for window confirm',
              result: submit(''),
              properties: {},
            };
          const subject = prompt ?? `${tasks.get(taskId)?.prompt ?? ''} ${customId}`;
          return { code: 1, description: 'Submit success', result: submit(subject), properties: {} };
        }
        const task = look(path);
        if (task === undefined) return undefined;
        const isDone = task.percent === 100;
        return {
          id: task.id,
          action: 'IMAGINE',
          status: isDone ? 'SUCCESS' : 'IN_PROGRESS',
          progress: `${task.percent}%`,
          imageUrl: isDone ? asUrl(paint(task.prompt)) : '',
          buttons: isDone ? gridButtons : [],
        };
      }),
    ],
  ];
}

const gridButtons = [
  ...[1, 2, 3, 4].map((at) => ({ customId: `MJ::JOB::upsample::${at}::demo`, emoji: '', label: `U${at}` })),
  { customId: 'MJ::JOB::reroll::0::demo::SOLO', emoji: '🔄', label: '' },
  ...[1, 2, 3, 4].map((at) => ({ customId: `MJ::JOB::variation::${at}::demo`, emoji: '', label: `V${at}` })),
  { customId: 'MJ::CustomZoom::demo', emoji: '🔍', label: 'Custom Zoom' },
];

/** @param {string} base64 */
function asUrl(base64) {
  return `data:image/png;base64,${base64}`;
}

/**
 * Paints a gradient between two colours of the prompt.
 *
 * @param {string} prompt
 * @returns {string} A PNG of 256 by 256 pixels in base64.
 */
function paint(prompt) {
  const size = 256;
  const colours = createHash('sha256').update(prompt).digest();
  const rows = Buffer.alloc((size * 3 + 1) * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size * 3; x += 1) {
      const share = (y + Math.floor(x / 3)) / (2 * size);
      const [from = 0, to = 0] = [colours[x % 3], colours[3 + (x % 3)]];
      rows[y * (size * 3 + 1) + 1 + x] = Math.round(from + (to - from) * share);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]).toString('base64');
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
