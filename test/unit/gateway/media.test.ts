import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Media } from '../../../src/shared/answer/media';
import { delta, done, event, finish } from './replies';
import { readReply } from './readReply';

const png = 'iVBORw0KGgoAAAANSUhEUg==';
const pngUrl = `data:image/png;base64,${png}`;
const pngMedia: Media = { kind: 'image', url: pngUrl, mimeType: 'image/png' };
const video = 'https://cdn.example/clip.mp4?sign=1';

const inDelta = (content: object): object => ({ choices: [{ index: 0, delta: content }] });
const parts = (...content: readonly object[]): object => inDelta({ content });

describe('Media in an answer', () => {
  const cases: Record<string, [piece: object, media: readonly Media[]]> = {
    'in images, as OpenRouter sends them': [
      inDelta({ content: '', images: [{ type: 'image_url', image_url: { url: pngUrl } }] }),
      [pngMedia],
    ],
    'in images, with addresses': [
      inDelta({ images: [{ url: 'https://cdn.example/a' }, 'http://cdn.example/b.webp'] }),
      [
        { kind: 'image', url: 'https://cdn.example/a' },
        { kind: 'image', url: 'http://cdn.example/b.webp' },
      ],
    ],
    'in images, as base64': [inDelta({ images: [{ b64_json: png }] }), [pngMedia]],
    'in a part image_url': [parts({ type: 'image_url', image_url: { url: pngUrl } }), [pngMedia]],
    'in a part input_image': [parts({ type: 'input_image', image_url: pngUrl }), [pngMedia]],
    'in a part output_image': [parts({ type: 'output_image', url: pngUrl }), [pngMedia]],
    'in a part image with a source': [
      parts({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }),
      [pngMedia],
    ],
    'in a part video_url': [
      parts({ type: 'video_url', video_url: { url: video } }),
      [{ kind: 'video', url: video }],
    ],
    'in a part audio': [
      parts({ type: 'audio', audio: { data: 'SUQzBA==', format: 'mp3' } }),
      [{ kind: 'audio', url: 'data:audio/mpeg;base64,SUQzBA==', mimeType: 'audio/mpeg' }],
    ],
    'in a field video_url of the delta': [inDelta({ video_url: video }), [{ kind: 'video', url: video }]],
    'in a field video_url beside the choices': [
      { video_url: video, choices: [] },
      [{ kind: 'video', url: video }],
    ],
    'in data, as endpoints for images send it': [
      {
        created: 1,
        data: [{ url: 'https://cdn.example/a.png', revised_prompt: 'A cat' }, { b64_json: png }],
      },
      [{ kind: 'image', url: 'https://cdn.example/a.png', name: 'A cat' }, pngMedia],
    ],
    'in data, with a video': [{ data: [{ url: video }] }, [{ kind: 'video', url: video }]],
    'in data wrapped in {code, data}': [{ code: 200, data: { data: [{ b64_json: png }] } }, [pngMedia]],
    'by its MIME type, whatever the field': [
      inDelta({ images: [{ url: 'data:video/mp4;base64,AAAA' }] }),
      [{ kind: 'video', url: 'data:video/mp4;base64,AAAA', mimeType: 'video/mp4' }],
    ],
  };
  for (const [name, [piece, media]] of Object.entries(cases)) {
    it(`is found ${name}`, async () => {
      const { choices, ending } = await readReply(event(piece) + done);
      deepEqual(choices[0]?.media, media);
      equal(ending.outcome, 'completed');
    });
  }

  it('is found in a whole reply', async () => {
    const message = { role: 'assistant', content: 'Here.', images: [{ image_url: { url: pngUrl } }] };
    const { choices } = await readReply(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
    deepEqual([choices[0]?.text, choices[0]?.media], ['Here.', [pngMedia]]);
  });

  it('is an answer if a whole reply has nothing else', async () => {
    const { choices, ending } = await readReply(JSON.stringify({ created: 1, data: [{ b64_json: png }] }));
    deepEqual(choices[0]?.media, [pngMedia]);
    equal(ending.outcome, 'completed');
  });

  it('is shown once for any number of repetitions', async () => {
    const { choices } = await readReply(
      event(inDelta({ images: [{ url: pngUrl }], content: [{ type: 'image_url', image_url: pngUrl }] })) +
        event({ choices: [{ message: { content: 'x', images: [{ url: pngUrl }] }, finish_reason: 'stop' }] }),
    );
    deepEqual(choices[0]?.media, [pngMedia]);
  });

  it('is limited in number', async () => {
    const images = Array.from({ length: 1_000 }, (_, at) => `https://cdn.example/${at}.png`);
    const { choices } = await readReply(event(inDelta({ images })) + finish() + done);
    equal(choices[0]?.media.length, 200);
  });

  it('in Markdown stays text', async () => {
    const text = `![image](https://cdn.example/a.png)\n\n[▶ Watch](${video})`;
    const { choices } = await readReply(delta(text) + finish());
    deepEqual([choices[0]?.text, choices[0]?.media], [text, []]);
  });

  for (const url of [
    'javascript:alert(1)',
    'data:text/html;base64,PGI+',
    'file:///etc/passwd',
    'vscode://x',
    '//cdn.example/a.png',
    'https://',
    '',
  ]) {
    it(`is ignored at ${JSON.stringify(url)}`, async () => {
      const { choices } = await readReply(
        event(inDelta({ content: 'x', images: [{ url }], video_url: url })) + finish(),
      );
      deepEqual(choices[0]?.media, []);
    });
  }

  it('joins a sound from its deltas and shows its transcript', async () => {
    const samples = Buffer.from([1, 0, 2, 0, 3, 0, 4, 0]);
    const piece = (from: number, to: number, transcript: string): string =>
      event(inDelta({ audio: { data: samples.toString('base64', from, to), transcript } }));
    const { choices } = await readReply(piece(0, 4, 'Good ') + piece(4, 8, 'day') + finish());
    const [sound] = choices[0]?.media ?? [];
    deepEqual([choices[0]?.text, choices[0]?.media.length], ['Good day', 1]);
    deepEqual([sound?.kind, sound?.mimeType], ['audio', 'audio/wav']);
    const bytes = Buffer.from(sound?.url.replace('data:audio/wav;base64,', '') ?? '', 'base64');
    equal(bytes.toString('latin1', 0, 4), 'RIFF');
    deepEqual(bytes.subarray(44), samples);
  });

  it('does not change a whole sound', async () => {
    const audio = { id: 'audio_1', data: 'SUQzBAAAAAA=', format: 'mp3', transcript: 'Hello' };
    const { choices } = await readReply(
      JSON.stringify({ choices: [{ message: { content: null, audio }, finish_reason: 'stop' }] }),
    );
    deepEqual(choices[0]?.media, [
      { kind: 'audio', url: 'data:audio/mpeg;base64,SUQzBAAAAAA=', mimeType: 'audio/mpeg' },
    ]);
    equal(choices[0].text, 'Hello');
  });

  it('is kept if the answer ends early', async () => {
    const { ending } = await readReply(event(inDelta({ images: [{ url: pngUrl }] })));
    equal(ending.outcome, 'truncated');
    ok('failure' in ending);
  });
});
