import { deepEqual, equal } from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sound } from '../../../../src/gateway/endpoints/speech/readSound';
import { SpeechCache } from '../../../../src/host/speech/speechCache';

const soundOf = (size: number): Sound => ({
  format: 'mp3',
  bytes: Buffer.concat([Buffer.from('ID3'), Buffer.alloc(size - 3)]),
});

describe('The cache of spoken sounds', () => {
  let folder: string;
  const warnings: string[] = [];
  const silent = (): void => undefined;
  const log = { info: silent, warn: (message: string) => void warnings.push(message), error: silent };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-speech-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('finds what another window has kept', async () => {
    await new SpeechCache(folder, log).keep('a', soundOf(10));
    deepEqual(await new SpeechCache(folder, log).find('a'), soundOf(10));
    equal(await new SpeechCache(folder, log).find('b'), undefined);
  });

  it('deletes the sounds that were used longest ago when it is full', async () => {
    const cache = new SpeechCache(folder, log, 100);
    for (const [name, minutes] of [
      ['old', 3],
      ['used', 2],
    ] as const) {
      await cache.keep(name, soundOf(40));
      const time = new Date(Date.now() - minutes * 60_000);
      await utimes(join(folder, name), time, time);
    }
    await cache.find('old');
    await cache.keep('new', soundOf(40));
    deepEqual((await readdir(folder)).toSorted(), ['new', 'old']);
  });

  it('keeps a sound in memory if it cannot be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const cache = new SpeechCache(file, log);
    await cache.keep('a', soundOf(10));
    deepEqual(await cache.find('a'), soundOf(10));
    equal(warnings.length, 1);
  });
});
