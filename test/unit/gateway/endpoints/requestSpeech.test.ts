import { deepEqual, equal, ok } from 'node:assert/strict';
import type { SpeechReply, SpeechRequest } from '../../../../src/gateway/endpoints/speech/requestSpeech';
import { RawServer, type RawScript } from '../../../support/rawServer';
import { testSound } from '../../../support/testSound';
import { canaryKey, gatewayWith, TestClient } from '../asking';
import { event, reply } from '../replies';

const wav = testSound(0.1);
const mp3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.alloc(40)]);
const sized = (body: Uint8Array, type: string): Uint8Array =>
  reply(body, { headers: [`Content-Type: ${type}`] });
const json = (value: unknown, status = '200 OK'): Uint8Array =>
  reply(JSON.stringify(value), { status, headers: ['Content-Type: application/json'] });

describe('POST /audio/speech', () => {
  const client = new TestClient();
  let server: RawServer | undefined;
  after(() => client.client.dispose());
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function speak(
    script: RawScript | Uint8Array,
    request: Partial<SpeechRequest> = {},
  ): Promise<SpeechReply> {
    server = await RawServer.start(async (exchange) => {
      if (typeof script === 'function') await script(exchange);
      else {
        await exchange.write(script);
        exchange.end();
      }
    });
    return await client.client.speak({
      gateway: gatewayWith({ baseUrl: server.baseUrl }),
      modelId: 'tts-1',
      text: 'It rains. 下雨了。',
      voice: 'alloy',
      format: 'mp3',
      connect: 5,
      ...request,
    });
  }

  function requestBody(): unknown {
    return JSON.parse(server?.requests[0]?.body ?? '');
  }

  it('sends the smallest body that every gateway takes, with the key in its header', async () => {
    await speak(sized(mp3, 'audio/mpeg'));
    const head = server?.requests[0]?.head ?? '';
    ok(head.startsWith('POST /v1/audio/speech HTTP/1.1'));
    ok(head.includes(`Bearer ${canaryKey}`));
    deepEqual(requestBody(), {
      model: 'tts-1',
      input: 'It rains. 下雨了。',
      voice: 'alloy',
      response_format: 'mp3',
    });
  });

  it('sends no voice if the gateway chooses one', async () => {
    server = await RawServer.start(async (exchange) => {
      await exchange.write(sized(wav, 'audio/wav'));
      exchange.end();
    });
    const gateway = gatewayWith({ baseUrl: server.baseUrl });
    await client.client.speak({ gateway, modelId: 'm', text: 'Hi', format: 'wav', connect: 5 });
    deepEqual(requestBody(), { model: 'm', input: 'Hi', response_format: 'wav' });
  });

  const sounds: Record<string, [answer: Uint8Array, format: string]> = {
    'an MP3 file': [sized(mp3, 'audio/mpeg'), 'mp3'],
    'an MP3 stream without a tag': [
      sized(Buffer.from([0xff, 0xfb, 0x90, 0, 1, 2, 3, 4, 5, 6, 7, 8]), 'audio/mpeg'),
      'mp3',
    ],
    'a file whose Content-Type is wrong': [sized(wav, 'application/octet-stream'), 'wav'],
    'a WAV file although MP3 was asked for': [sized(wav, 'audio/mpeg'), 'wav'],
    'an Ogg file': [sized(Buffer.from('OggS\0\0\0\0\0\0\0\0\0', 'latin1'), 'audio/ogg'), 'ogg'],
    'an AAC stream': [
      sized(Buffer.from([0xff, 0xf1, 0x50, 0x80, 0, 0, 0, 0, 0, 0, 0, 0]), 'audio/aac'),
      'aac',
    ],
    'a FLAC file called JSON': [
      sized(Buffer.from('fLaC\0\0\0\x22\0\0\0\0', 'latin1'), 'application/json'),
      'flac',
    ],
    'samples without a header': [sized(Buffer.alloc(480), 'audio/pcm; rate=16000'), 'wav'],
    'base64 in JSON': [json({ audio: wav.toString('base64') }), 'wav'],
    'base64 in an envelope': [json({ code: 200, data: { audio: mp3.toString('base64') } }), 'mp3'],
    'a data URL in JSON': [
      json({ data: [{ b64_json: `data:audio/wav;base64,${wav.toString('base64')}` }] }),
      'wav',
    ],
    'hexadecimal digits in JSON': [
      json({ data: { audio: wav.toString('hex') }, base_resp: { status_code: 0 } }),
      'wav',
    ],
    'the events of a stream': [
      reply(
        event({ type: 'speech.audio.delta', audio: wav.subarray(0, 300).toString('base64') }) +
          event({ type: 'speech.audio.delta', audio: wav.subarray(300).toString('base64') }) +
          event({ type: 'speech.audio.done', usage: { total_tokens: 3 } }),
      ),
      'wav',
    ],
  };
  for (const [name, [answer, format]] of Object.entries(sounds)) {
    it(`reads ${name}`, async () => {
      const spoken = await speak(answer);
      equal(spoken.kind === 'sound' ? spoken.sound.format : spoken, format);
    });
  }

  it('repairs the sizes in a WAV file that was streamed', async () => {
    const streamed = Buffer.from(wav);
    streamed.writeUInt32LE(0xffffffff, 4);
    streamed.writeUInt32LE(0xffffffff, 40);
    const spoken = await speak(sized(streamed, 'audio/wav'));
    deepEqual(spoken.kind === 'sound' && Buffer.from(spoken.sound.bytes), wav);
  });

  it('gives samples without a header the header of a WAV file', async () => {
    const spoken = await speak(sized(Buffer.alloc(480), 'audio/L16; rate=16000'));
    const bytes = Buffer.from(spoken.kind === 'sound' ? spoken.sound.bytes : []);
    deepEqual([bytes.length, bytes.readUInt32LE(24), bytes.readUInt32LE(40)], [524, 16_000, 480]);
  });

  const refusal = (message: string, code = ''): object => ({
    error: { message, code, type: 'new_api_error' },
  });
  const failures: Record<string, [answer: Uint8Array, kind: string, mayBeBilled: boolean]> = {
    'an error with HTTP 200': [json(refusal('The model is overloaded.')), 'server-error', false],
    'a code and a message with HTTP 200': [
      json({ code: 500, message: 'It broke', data: null }),
      'server-error',
      false,
    ],
    'a text that is too long for One API': [
      json(refusal('input is too long (request id: 1)', 'text_too_long'), '400 Bad Request'),
      'request-too-large',
      false,
    ],
    'an unknown endpoint': [
      json(refusal('Invalid URL (POST /v1/audio/speech)'), '404 Not Found'),
      'no-such-endpoint',
      false,
    ],
    'an endpoint that is not implemented': [
      json(refusal('API not implemented', 'api_not_implemented'), '501 Not Implemented'),
      'no-such-endpoint',
      false,
    ],
    'too many requests': [
      json(refusal('Rate limit reached'), '429 Too Many Requests'),
      'rate-limited',
      false,
    ],
    'an empty sound': [sized(Buffer.alloc(0), 'audio/mpeg'), 'empty-reply', true],
    'a login page': [
      reply('<!doctype html><title>Log in</title>', { headers: ['Content-Type: text/html'] }),
      'not-an-api',
      true,
    ],
    'JSON without a sound': [json({ ok: true }), 'malformed-reply', true],
    'bytes that are not a sound': [
      sized(Buffer.from([1, 2, 3, 4, 5]), 'audio/mpeg'),
      'malformed-reply',
      true,
    ],
    'a page of Cloudflare after a time-out': [
      reply('<html><title>524: A timeout occurred</title></html>', { status: '524 A Timeout Occurred' }),
      'server-error',
      true,
    ],
  };
  for (const [name, [answer, kind, mayBeBilled]] of Object.entries(failures)) {
    it(`fails with ${kind} for ${name}, and sends nothing again`, async () => {
      const spoken = await speak(answer);
      equal(spoken.kind === 'failed' ? spoken.failure.kind : spoken.kind, kind);
      equal(spoken.kind === 'failed' && spoken.mayBeBilled, mayBeBilled);
      equal(server?.requests.length, 1);
    });
  }

  it('says that the format was refused, so that another one may be asked for', async () => {
    for (const message of [
      "Invalid value for 'response_format': 'mp3'.",
      'Unsupported audio format: mp3, use wav',
    ]) {
      equal((await speak(json(refusal(message), '400 Bad Request'))).kind, 'format-refused', message);
      await server?.stop();
    }
  });

  it('may be billed when the connection is lost after the request, at every byte of the reply', async () => {
    const whole = Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: ${wav.length}\r\n\r\n`),
      wav.subarray(0, 60),
    ]);
    for (let length = 0; length < whole.length; length += 13) {
      const spoken = await speak(async (exchange) => {
        await exchange.write(whole.subarray(0, length));
        exchange.end();
      });
      deepEqual([spoken.kind, spoken.kind === 'failed' && spoken.mayBeBilled], ['failed', true], `${length}`);
      equal(server?.requests.length, 1);
      await server.stop();
    }
  });

  it('is not billed if the gateway cannot be reached', async () => {
    const spoken = await client.client.speak({
      gateway: gatewayWith({ baseUrl: 'http://127.0.0.1:9/v1' }),
      modelId: 'tts-1',
      text: 'Hi',
      format: 'mp3',
      connect: 5,
    });
    deepEqual([spoken.kind, spoken.kind === 'failed' && spoken.mayBeBilled], ['failed', false]);
  });
});
