import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pictureFromBytes, pictureFromUrl } from '../../../../src/host/context/pictureFromBytes';

const signatures: Readonly<Record<string, readonly number[]>> = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/gif': [0x47, 0x49, 0x46, 0x38],
  'image/webp': [0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50],
};

describe('pictureFromBytes', () => {
  for (const [mimeType, signature] of Object.entries(signatures)) {
    it(`accepts ${mimeType} under any file name and keeps every byte`, () => {
      fc.assert(
        fc.property(fc.string(), fc.uint8Array(), (name, rest) => {
          const bytes = Uint8Array.from([...signature, ...rest]);
          const picture = pictureFromBytes(name, bytes);
          assert.equal(picture?.name, name);
          const [head, body = ''] = picture.url.split(',');
          assert.equal(head, `data:${mimeType};base64`);
          assert.deepEqual(new Uint8Array(Buffer.from(body, 'base64')), bytes);
        }),
      );
    });

    it(`refuses an incomplete signature of ${mimeType}`, () => {
      assert.equal(pictureFromBytes('x.png', Uint8Array.from(signature.slice(0, -1))), undefined);
    });
  }

  it('reads only its own part of a larger buffer', () => {
    const buffer = Buffer.from([1, 2, 3, ...(signatures['image/gif'] ?? []), 9, 9]);
    assert.equal(pictureFromBytes('a', buffer.subarray(3, 7))?.url, 'data:image/gif;base64,R0lGOA==');
  });

  it('refuses a text file that is named .png', () => {
    assert.equal(pictureFromBytes('notes.png', new TextEncoder().encode('<svg></svg>')), undefined);
  });
});

describe('pictureFromUrl', () => {
  for (const [text, name, url] of [
    ['https://example.com/a/cat.png?size=1', 'cat.png', 'https://example.com/a/cat.png?size=1'],
    [' http://example.com/ ', 'example.com', 'http://example.com/'],
  ] as const) {
    it(`names the picture at ${text.trim()} by the last part of the URL`, () => {
      const picture = pictureFromUrl(text);
      assert.deepEqual([picture?.name, picture?.url], [name, url]);
    });
  }

  for (const text of [
    '',
    'cat.png',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(pictureFromUrl(text), undefined);
    });
  }
});
