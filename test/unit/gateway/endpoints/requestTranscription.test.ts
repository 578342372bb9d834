import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type {
  TranscriptionReply,
  TranscriptionRequest,
} from '../../../../src/gateway/endpoints/transcription/requestTranscription';
import { RawServer } from '../../../support/rawServer';
import { canaryKey, gatewayWith, TestClient } from '../asking';
import { reply } from '../replies';

const answer = (body: string, type = 'application/json', status = '200 OK'): Uint8Array =>
  reply(body, { status, headers: [`Content-Type: ${type}`] });
const json = (value: unknown, status?: string): Uint8Array =>
  answer(JSON.stringify(value), undefined, status);
const srt = '1\n00:00:00,000 --> 00:00:01,500\nIt rains.\n\n2\n00:00:01,500 --> 00:01:02,000\n下雨了。\n';
const vtt = 'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nIt rains.\n\n00:00:01.500 --> 00:01:02.000\n下雨了。\n';
const segments = [
  { id: 0, start: 0, end: 1.5, text: ' It rains.' },
  { id: 1, start: 1.5, end: 62, text: ' 下雨了。' },
];

describe('POST /audio/transcriptions', () => {
  const client = new TestClient();
  let server: RawServer | undefined;
  after(() => client.client.dispose());
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function transcribe(
    bytes: Uint8Array,
    request: Partial<TranscriptionRequest> = {},
  ): Promise<TranscriptionReply> {
    server = await RawServer.start(async (exchange) => {
      await exchange.write(bytes);
      exchange.end();
    });
    return await client.client.transcribe({
      gateway: gatewayWith({ baseUrl: server.baseUrl }),
      modelId: 'whisper-1',
      file: { name: 'talk "1".mp3', mimeType: 'audio/mpeg', bytes: Buffer.from('ID3 sound') },
      task: 'transcribe',
      format: 'json',
      connect: 5,
      signal: new AbortController().signal,
      ...request,
    });
  }

  it('sends the file with its name, the model and the language', async () => {
    await transcribe(json({ text: 'Hi' }), { language: 'de' });
    const { head = '', body = '' } = server?.requests[0] ?? {};
    ok(head.startsWith('POST /v1/audio/transcriptions HTTP/1.1'));
    ok(head.includes(`Bearer ${canaryKey}`));
    match(head, /content-type: multipart\/form-data; boundary=/i);
    match(body, /name="model"\r\n\r\nwhisper-1\r\n/);
    match(body, /name="response_format"\r\n\r\njson\r\n/);
    match(body, /name="language"\r\n\r\nde\r\n/);
    match(body, /name="file"; filename="talk %221%22.mp3"\r\nContent-Type: audio\/mpeg\r\n\r\nID3 sound\r\n/);
  });

  it('translates at its own endpoint, which takes no language', async () => {
    await transcribe(json({ text: 'Hi' }), { task: 'translate', language: 'de' });
    const { head = '', body = '' } = server?.requests[0] ?? {};
    ok(head.startsWith('POST /v1/audio/translations HTTP/1.1'));
    ok(!body.includes('name="language"'));
  });

  const texts: Record<string, [bytes: Uint8Array, text: string]> = {
    JSON: [json({ text: ' It rains. ', usage: { type: 'duration', seconds: 2 } }), 'It rains.'],
    'an envelope': [json({ code: 200, data: { text: 'It rains.' } }), 'It rains.'],
    'a JSON string': [json('It rains.'), 'It rains.'],
    'plain text': [answer('It rains.\n', 'text/plain'), 'It rains.'],
    'a text that is a number': [answer('42', 'text/plain'), '42'],
    'a sound without words': [json({ text: '' }), ''],
  };
  for (const [name, [bytes, text]] of Object.entries(texts)) {
    it(`reads ${name}`, async () => {
      deepEqual(await transcribe(bytes), { kind: 'text', text });
    });
  }

  const subtitles: Record<string, [bytes: Uint8Array, format: 'srt' | 'vtt', text: string]> = {
    SRT: [answer(srt, 'text/plain'), 'srt', srt],
    VTT: [answer(vtt, 'text/vtt'), 'vtt', vtt],
    'SRT in a JSON string': [json(srt), 'srt', srt],
    'SRT in the text of JSON': [json({ text: srt }), 'srt', srt],
    'segments of a verbose reply, as SRT': [json({ text: 'It rains. 下雨了。', segments }), 'srt', srt],
    'segments of a verbose reply, as VTT': [json({ text: 'It rains. 下雨了。', segments }), 'vtt', vtt],
  };
  for (const [name, [bytes, format, text]] of Object.entries(subtitles)) {
    it(`reads subtitles from ${name}`, async () => {
      deepEqual(await transcribe(bytes, { format }), { kind: 'text', text });
    });
  }

  it('gives the text if the model tells no times', async () => {
    const transcript = await transcribe(json({ text: 'It rains.' }), { format: 'srt' });
    deepEqual(transcript, { kind: 'no-times', text: 'It rains.' });
  });

  const error = (message: string): object => ({ error: { message, type: 'new_api_error' } });
  const failures: Record<string, [bytes: Uint8Array, kind: string, mayBeBilled: boolean]> = {
    'a file that is too large': [
      json(error('Maximum content size limit (26214400) exceeded'), '413 Payload Too Large'),
      'request-too-large',
      false,
    ],
    'a wrong format': [
      json(error('Invalid file format. Supported formats: flac'), '400 Bad Request'),
      'bad-request',
      false,
    ],
    'an error with HTTP 200': [json(error('The model is overloaded.')), 'server-error', false],
    'a login page': [answer('<!doctype html><title>Log in</title>', 'text/html'), 'not-an-api', true],
    'an empty reply': [answer('', 'text/plain'), 'empty-reply', true],
    'broken JSON': [answer('{"text": "It ra'), 'malformed-reply', true],
    'an endpoint that is not implemented': [
      json(error('Not implemented'), '501 Not Implemented'),
      'no-such-endpoint',
      false,
    ],
    'a page of Cloudflare after a time-out': [
      answer('<html><title>524</title></html>', 'text/html', '524 A Timeout Occurred'),
      'server-error',
      true,
    ],
  };
  for (const [name, [bytes, kind, mayBeBilled]] of Object.entries(failures)) {
    it(`fails with ${kind} for ${name}, and sends nothing again`, async () => {
      const transcript = await transcribe(bytes);
      equal(transcript.kind === 'failed' ? transcript.failure.kind : transcript.kind, kind);
      equal(transcript.kind === 'failed' && transcript.mayBeBilled, mayBeBilled);
      equal(server?.requests.length, 1);
    });
  }

  it('closes the connection when it is cancelled, and sends nothing again', async () => {
    const abort = new AbortController();
    const started = await RawServer.start(async ({ closed }) => {
      abort.abort();
      await closed;
    });
    server = started;
    const transcript = await client.client.transcribe({
      gateway: gatewayWith({ baseUrl: started.baseUrl }),
      modelId: 'whisper-1',
      file: { name: 'talk.mp3', mimeType: 'audio/mpeg', bytes: Buffer.from('ID3 sound') },
      task: 'transcribe',
      format: 'json',
      connect: 5,
      signal: abort.signal,
    });
    deepEqual(transcript, { kind: 'cancelled' });
    const [request] = started.requests;
    await request?.closed;
    equal(started.requests.length, 1);
  });

  it('sends nothing if it was cancelled before', async () => {
    const abort = new AbortController();
    abort.abort();
    deepEqual(await transcribe(json({ text: 'Hi' }), { signal: abort.signal }), { kind: 'cancelled' });
    equal(server?.requests.length, 0);
  });
});
