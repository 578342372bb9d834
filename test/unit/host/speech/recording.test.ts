import { deepStrictEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRecorders, type Recorder } from '../../../../src/host/speech/findRecorders';
import { recorderCommands } from '../../../../src/host/speech/recorderCommands';
import { Recording } from '../../../../src/host/speech/recording';
import { readSound } from '../../../../src/gateway/endpoints/speech/readSound';
import { writeFakeRecorder } from '../../../support/fakeRecorder';

const patient = { start: 30_000, length: 300_000, end: 20_000 };

describe('a recording', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-recorders-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const fake = async (
    name: string,
    options?: Parameters<typeof writeFakeRecorder>[2],
  ): Promise<Recorder> => ({
    program: await writeFakeRecorder(folder, name, options),
    parameters: [],
    output: 'samples',
  });

  /** Starts a recording. `longEnough` resolves when it may be stopped. */
  function record(
    recorders: readonly Recorder[],
    limits: Partial<typeof patient> = {},
  ): { recording: Recording; started: Promise<void> } {
    let start = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    const recording = new Recording(
      recorders,
      () => {
        start();
      },
      { ...patient, ...limits },
    );
    return { recording, started };
  }

  /** Resolves when the fake has recorded half a second: five pieces. */
  async function untilHeard(recording: Recording): Promise<void> {
    while (recording.level === undefined || recording.length < 16_000) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function hasEnded(name: string): Promise<boolean> {
    const pid = Number(await readFile(join(folder, `${name}.pid`), 'utf8'));
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  }

  it('becomes a WAV file when it is stopped, and its program has ended then', async () => {
    const { recording, started } = record([await fake('one')]);
    await started;
    await untilHeard(recording);
    ok((recording.level ?? 0) > 0.3);
    recording.stop();
    const sound = await recording.ended;
    ok(sound.kind === 'sound');
    equal(readSound(sound.bytes, '')?.format, 'wav');
    const bytes = Buffer.from(sound.bytes);
    equal(bytes.readUInt32LE(24), 16_000);
    equal(bytes.readUInt32LE(40), bytes.length - 44);
    ok(bytes.length >= 16_000);
    ok(await hasEnded('one'));
  });

  it('is discarded when it is cancelled, and its program has ended then', async () => {
    const { recording, started } = record([await fake('one', { hangs: true })]);
    await started;
    recording.cancel();
    deepStrictEqual(await recording.ended, { kind: 'cancelled' });
    ok(await hasEnded('one'));
  });

  it('kills a program that does not end, and keeps what it has recorded', async () => {
    const { recording } = record([await fake('one', { hangs: true })], { end: 50 });
    await untilHeard(recording);
    recording.stop();
    equal((await recording.ended).kind, 'sound');
    ok(await hasEnded('one'));
  });

  it('takes the next recorder if one cannot record', async () => {
    const refusing = await fake('one', { refusal: 'Connection refused' });
    const { recording } = record([
      refusing,
      { ...refusing, program: join(folder, 'missing') },
      await fake('two'),
    ]);
    await untilHeard(recording);
    recording.stop();
    equal((await recording.ended).kind, 'sound');
  });

  it('tells why no recorder can record', async () => {
    const { recording } = record([await fake('one', { refusal: 'No such device\nhw:0 is busy' })]);
    deepStrictEqual(await recording.ended, { kind: 'failed', detail: 'hw:0 is busy' });
  });

  it('tells that the microphone gives only silence', async () => {
    const { recording } = record([await fake('one', { amplitude: 0 })]);
    await untilHeard(recording);
    recording.stop();
    deepStrictEqual(await recording.ended, { kind: 'silent' });
  });

  it('ends by itself at its limit, and keeps what was said', async () => {
    const { recording } = record([await fake('one')], { length: 300 });
    const { kind } = await recording.ended;
    ok(kind === 'sound' || kind === 'too-short');
    ok(await hasEnded('one'));
  });

  it('gives up on a recorder that never gives a sound', async () => {
    const mute = join(folder, 'mute.mjs');
    await writeFile(mute, 'setInterval(() => {}, 1000);');
    const recorder: Recorder = { program: process.execPath, parameters: [mute], output: 'samples' };
    const { recording } = record([recorder], { start: 100 });
    deepStrictEqual(await recording.ended, { kind: 'failed', detail: '' });
  });

  it('takes the file of a recorder that ends when its input ends, and leaves no file behind', async () => {
    const script = join(folder, 'windows.mjs');
    await writeFile(
      script,
      `import { readFileSync, writeFileSync } from 'node:fs';
      const file = process.env.PARLEY_RECORDING;
      console.error('recording');
      for await (const _ of process.stdin);
      const wav = Buffer.alloc(44 + 32000, 1);
      wav.write('RIFF'); wav.write('WAVE', 8);
      writeFileSync(file, wav);
      process.stdout.write(readFileSync(file));
      writeFileSync('${join(folder, 'place')}', file);`,
    );
    const recorder: Recorder = { program: process.execPath, parameters: [script], output: 'file' };
    const { recording, started } = record([recorder]);
    await started;
    recording.stop();
    const sound = await recording.ended;
    ok(sound.kind === 'sound');
    equal(sound.bytes.length, 32_044);
    const file = await readFile(join(folder, 'place'), 'utf8');
    await rejects(stat(file), { code: 'ENOENT' });
    await rejects(stat(dirname(file)), { code: 'ENOENT' });
  });
});

describe('the recorders of a system', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-recorders-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are the programs on PATH, best first', async () => {
    await writeFakeRecorder(folder, 'arecord');
    await writeFakeRecorder(folder, 'parec');
    await writeFile(join(folder, 'rec'), 'This file must not be run.');
    const found = await findRecorders({ platform: 'linux', env: { PATH: `/nowhere:${folder}` } });
    deepStrictEqual(
      found.map(({ program }) => program),
      [join(folder, 'parec'), join(folder, 'arecord')],
    );
  });

  it('are never looked for in a relative folder, which may be in a workspace', async () => {
    await writeFakeRecorder(folder, 'arecord');
    const relative = folder.slice(1);
    deepStrictEqual(await findRecorders({ platform: 'linux', env: { PATH: `.:${relative}` } }), []);
  });

  it('are known for Linux, macOS and Windows, and need no file on the first two', () => {
    for (const platform of ['linux', 'darwin'] as const) {
      const commands = recorderCommands(platform);
      ok(commands.length > 0);
      for (const { parameters, output } of commands) {
        equal(output, 'samples');
        match(parameters.join(' '), /16000/);
      }
    }
    equal(recorderCommands('win32').length, 1);
    deepStrictEqual(recorderCommands('aix'), []);
  });
});
