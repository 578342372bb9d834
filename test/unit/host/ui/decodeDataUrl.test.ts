import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { decodeDataUrl, mediaFileName } from '../../../../src/host/ui/decodeDataUrl';

describe('decodeDataUrl', () => {
  it('returns the bytes of a base64 URL', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const content = decodeDataUrl(`data:image/png;base64,${Buffer.from(bytes).toString('base64')}`);
        equal(content?.mimeType, 'image/png');
        deepStrictEqual(new Uint8Array(content.bytes), bytes);
      }),
    );
  });

  it('returns the text of a percent-encoded URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const content = decodeDataUrl(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`);
        equal(Buffer.from(content?.bytes ?? []).toString('utf8'), text);
      }),
    );
  });

  it('returns undefined for any other text and never throws', () => {
    for (const url of ['https://example.com/a,b', 'data:image/png;base64', 'data:,%', '']) {
      equal(decodeDataUrl(url), undefined, url);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        decodeDataUrl(`data:${text}`);
      }),
    );
  });
});

describe('mediaFileName', () => {
  it('adds the extension of the MIME type', () => {
    equal(mediaFileName('A red square', 'image/png'), 'A red square.png');
    equal(mediaFileName('cat.JPG', 'image/jpeg'), 'cat.JPG');
    equal(mediaFileName('', 'video/mp4'), 'parley.mp4');
    equal(mediaFileName('data', 'application/x-unknown'), 'data');
  });

  it('contains no path for any name', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('../../etc/passwd', '..\\..\\a', '.bashrc')),
        (name) => {
          const file = mediaFileName(name, 'image/png');
          ok(!/[\\/:]/.test(file) && !file.startsWith('.') && file.length <= 70, file);
        },
      ),
    );
  });
});
