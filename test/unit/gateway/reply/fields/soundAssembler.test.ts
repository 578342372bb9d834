import { equal, ok } from 'node:assert/strict';
import { SoundAssembler } from '../../../../../src/gateway/reply/fields/soundAssembler';

describe('SoundAssembler', () => {
  it('limits the size of a sound, which stays playable', () => {
    const sound = new SoundAssembler();
    const piece = Buffer.alloc(999_999).toString('base64');
    for (let count = 0; count < 60; count += 1) sound.add({ data: piece, format: 'pcm16' });
    const url = sound.finish()?.url ?? '';
    ok(url.startsWith('data:audio/wav;base64,UklGR'));
    ok(url.length < 64_000_000, `${url.length}`);
    equal(Buffer.from(url.split(',')[1] ?? '', 'base64').length, 44 + 40 * 999_999);
  });
});
