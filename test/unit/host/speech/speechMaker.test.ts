import { deepEqual, equal } from 'node:assert/strict';
import type { Sound } from '../../../../src/gateway/endpoints/speech/readSound';
import type { SpeechReply, SpeechRequest } from '../../../../src/gateway/endpoints/speech/requestSpeech';
import { SpeechMaker, type SpeechPart } from '../../../../src/host/speech/speechMaker';
import type { FailureKind } from '../../../../src/shared/failure/failure';
import { gatewayWith } from '../../gateway/asking';

const sound: Sound = { format: 'mp3', bytes: Buffer.from('ID3') };
const spoken: SpeechReply = { kind: 'sound', sound };
const failed = (kind: FailureKind, facts: object = {}): SpeechReply => ({
  kind: 'failed',
  failure: { kind, retryable: true, ...facts },
  mayBeBilled: true,
});
const part = (text: string, plays: SpeechPart['plays'] = ['mp3', 'wav']): SpeechPart => ({
  gateway: gatewayWith({}),
  modelId: 'tts-1',
  voice: 'alloy',
  text,
  plays,
});

describe('The sounds of a reading', () => {
  let requests: SpeechRequest[];
  let replies: (SpeechReply | Promise<SpeechReply>)[];
  let waits: number[];
  let cached: Map<string, Sound>;
  let maker: SpeechMaker;
  const always = (): boolean => true;

  beforeEach(() => {
    requests = [];
    replies = [];
    waits = [];
    cached = new Map();
    maker = new SpeechMaker({
      speak: async (request) => {
        requests.push(request);
        return (await replies.shift()) ?? spoken;
      },
      cache: {
        find: (name) => Promise.resolve(cached.get(name)),
        keep: (name, kept) => {
          cached.set(name, kept);
          return Promise.resolve();
        },
      },
      wavOnly: new Set<string>(),
      connect: () => 5,
      wait: (milliseconds) => {
        waits.push(milliseconds);
        return Promise.resolve();
      },
    });
  });

  /** Lets everything run that waits for nothing outside. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('are requested once, however often they are wanted', async () => {
    const [first, second] = await Promise.all([maker.make(part('A'), always), maker.make(part('A'), always)]);
    deepEqual([first, second, await maker.make(part('A'), always)], [spoken, spoken, spoken]);
    equal(requests.length, 1);
  });

  it('are requested again for another voice, model or text', async () => {
    await maker.make(part('A'), always);
    await maker.make({ ...part('A'), voice: 'nova' }, always);
    await maker.make({ ...part('A'), modelId: 'tts-2' }, always);
    await maker.make(part('B'), always);
    equal(requests.length, 4);
  });

  it('are requested two at once at most, in their order', async () => {
    const answers = [1, 2, 3].map(() => Promise.withResolvers<SpeechReply>());
    replies = answers.map(({ promise }) => promise);
    const made = ['A', 'B', 'C'].map((text) => maker.make(part(text), always));
    await settle();
    deepEqual(
      requests.map(({ text }) => text),
      ['A', 'B'],
    );
    answers[1]?.resolve(spoken);
    await made[1];
    await settle();
    deepEqual(
      requests.map(({ text }) => text),
      ['A', 'B', 'C'],
    );
    for (const { resolve } of answers) resolve(spoken);
    await Promise.all(made);
  });

  it('are not requested after the reading was stopped', async () => {
    const answers = [1, 2].map(() => Promise.withResolvers<SpeechReply>());
    replies = answers.map(({ promise }) => promise);
    let wanted = true;
    const made = ['A', 'B', 'C'].map((text) => maker.make(part(text), () => wanted));
    await settle();
    wanted = false;
    for (const { resolve } of answers) resolve(spoken);
    deepEqual(
      (await Promise.all(made)).map(({ kind }) => kind),
      ['sound', 'sound', 'dropped'],
    );
    equal(requests.length, 2);
  });

  it('are kept when they arrive after the reading was stopped', async () => {
    const answer = Promise.withResolvers<SpeechReply>();
    replies = [answer.promise];
    let wanted = true;
    const made = maker.make(part('A'), () => wanted);
    await settle();
    wanted = false;
    answer.resolve(spoken);
    await made;
    deepEqual(await maker.make(part('A'), always), spoken);
    equal(requests.length, 1);
  });

  for (const kind of [
    'first-token-timeout',
    'connection-reset',
    'stream-cut',
    'server-error',
    'empty-reply',
  ] as const) {
    it(`are not requested again after ${kind}, unless the user wants it`, async () => {
      replies = [failed(kind)];
      equal((await maker.make(part('A'), always)).kind, 'failed');
      equal(requests.length, 1);
      equal((await maker.make(part('A'), always)).kind, 'sound');
      equal(requests.length, 2);
    });
  }

  it('wait when the gateway refuses because of too many requests', async () => {
    const refused = failed('rate-limited', { status: 429, seconds: 7 });
    replies = [refused, refused];
    equal((await maker.make(part('A'), always)).kind, 'sound');
    deepEqual([waits, requests.length], [[7_000, 7_000], 3]);
  });

  it('fail if the wait would be long, or does not help', async () => {
    replies = [failed('rate-limited', { status: 429, seconds: 600 })];
    equal((await maker.make(part('A'), always)).kind, 'failed');
    replies = [1, 2, 3, 4].map(() => failed('rate-limited', { status: 429 }));
    equal((await maker.make(part('B'), always)).kind, 'failed');
    deepEqual([waits, requests.length], [[5_000, 10_000, 20_000], 5]);
  });

  it('are asked for as WAV if the gateway makes no MP3, and from then on', async () => {
    const failure = { kind: 'bad-request', retryable: false } as const;
    replies = [{ kind: 'format-refused', failure }];
    await maker.make(part('A'), always);
    await maker.make(part('B'), always);
    await maker.make(part('A'), always);
    deepEqual(
      requests.map(({ text, format }) => `${text} ${format}`),
      ['A mp3', 'A wav', 'B wav'],
    );
  });

  it('are asked for as WAV after a sound of the model could not be played', async () => {
    await maker.make(part('A'), always);
    maker.markUnplayable(part('A'));
    await maker.make(part('B'), always);
    deepEqual(
      requests.map(({ format }) => format),
      ['mp3', 'wav'],
    );
  });

  it('are asked for as WAV where VS Code plays no MP3', async () => {
    await maker.make(part('A', ['wav']), always);
    deepEqual(
      requests.map(({ format }) => format),
      ['wav'],
    );
  });
});
