import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MediaFiles } from '../../../../src/storage/media/mediaFiles';
import { MemoryFileSystem } from '../../../support/storage/memoryFileSystem';

const day = 24 * 60 * 60 * 1000;

function open(): { files: MemoryFileSystem; media: MediaFiles; warnings: string[] } {
  const files = new MemoryFileSystem();
  const warnings: string[] = [];
  const silent = (): void => undefined;
  const log = { info: silent, error: silent, warn: (message: string) => warnings.push(message) };
  return { files, media: new MediaFiles('/library/media', files, log), warnings };
}

function dataUrl(bytes: Uint8Array, mimeType = 'image/png'): string {
  return `data:${mimeType};base64,${Buffer.from(bytes).toString('base64')}`;
}

describe('MediaFiles', () => {
  it('reads back what it keeps, and keeps the same content once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.uint8Array({ maxLength: 400 }),
        async (one, two) => {
          const { files, media } = open();
          const address = await media.keep('chat', dataUrl(one));
          const other = await media.keep('chat', dataUrl(two));
          assert.equal(await media.keep('chat', dataUrl(one)), address);
          assert.equal(await media.read('chat', address), dataUrl(one));
          assert.equal(await media.read('chat', other), dataUrl(two));
          assert.equal(files.files.size, Buffer.from(one).equals(Buffer.from(two)) ? 1 : 2);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the kind of a file, and reads a kind that it does not know as bytes', async () => {
    const { media } = open();
    const kinds = ['image/jpeg', 'video/mp4', 'audio/mpeg', 'image/webp'];
    for (const kind of kinds) {
      const address = await media.keep('chat', dataUrl(Buffer.from(kind), kind));
      assert.match((await media.read('chat', address)) ?? '', new RegExp(`^data:${kind};`));
    }
    const unknown = await media.keep('chat', 'data:application/x-new;charset=utf-8;base64,AAAA');
    assert.match((await media.read('chat', unknown)) ?? '', /^data:application\/octet-stream;/);
  });

  it('reads no file by an address that it did not write', async () => {
    const { files, media } = open();
    files.files.set('/library/conversations/chat.jsonl', { bytes: Buffer.from('secret'), modifiedAt: 1 });
    for (const address of [
      'parley-media:../conversations/chat.jsonl',
      'parley-media:',
      'parley-media:0123456789abcdef0123456789abcdef.png/../../x',
      'https://example.com/0123456789abcdef0123456789abcdef.png',
    ])
      assert.equal(await media.read('chat', address), undefined);
    await assert.rejects(media.keep('../chat', dataUrl(Buffer.from('x'))));
  });

  it('rejects what is no base64, and writes nothing', async () => {
    const { files, media } = open();
    await assert.rejects(media.keep('chat', 'https://example.com/a.png'));
    await assert.rejects(media.keep('chat', 'data:image/svg+xml,<svg/>'));
    assert.equal(files.files.size, 0);
  });

  it('copies the media of a fork and of nothing else', async () => {
    const { files, media } = open();
    const address = await media.keep('chat', dataUrl(Buffer.from('fox')));
    await media.keep('chat-2', dataUrl(Buffer.from('hat')));
    await media.copy('chat', 'fork');
    assert.equal(await media.read('fork', address), dataUrl(Buffer.from('fox')));
    assert.equal(files.files.size, 3);
  });

  it('deletes the media of chats without a journal after a day, and no others', async () => {
    const { files, media } = open();
    const address = await media.keep('gone', dataUrl(Buffer.from('a')));
    for (const id of ['here', 'deleted', 'damaged']) await media.keep(id, dataUrl(Buffer.from('a')));
    for (const [folder, id] of [
      ['conversations', 'here'],
      ['trash', 'deleted'],
      ['damaged', 'damaged'],
    ])
      files.files.set(`/library/${folder}/${id}.jsonl`, { bytes: Buffer.from(''), modifiedAt: 1 });
    const folders = ['conversations', 'trash', 'damaged'].map((name) => `/library/${name}`);
    const [written] = [...files.files.values()];
    const now = written?.modifiedAt ?? 0;
    await media.removeUnused(folders, now + day - 1);
    assert.notEqual(
      await media.read('gone', address),
      undefined,
      'its journal may be written a moment later',
    );
    await media.removeUnused(folders, now + 2 * day);
    assert.equal(await media.read('gone', address), undefined);
    for (const id of ['here', 'deleted', 'damaged'])
      assert.notEqual(await media.read(id, address), undefined);
  });
});
