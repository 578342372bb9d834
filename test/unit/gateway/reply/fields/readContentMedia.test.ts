import { deepEqual, ok } from 'node:assert/strict';
import { readContentMedia } from '../../../../../src/gateway/reply/fields/readContentMedia';

/** The URLs of the pictures in a delta whose picture has this content in base64. */
function urlsOf(base64: string): readonly string[] {
  return readContentMedia({ images: [{ b64_json: base64 }] }).map(({ url }) => url);
}

describe('A picture in base64', () => {
  for (const base64 of ['iVBORw0KGgoAAAA', 'AAAA==', 'a+b/', 'a-b_', 'QUJD\nREVG', 'AAAA====']) {
    it(`is read from ${JSON.stringify(base64)}`, () => {
      deepEqual(urlsOf(base64), [`data:image/png;base64,${base64.replaceAll('\n', '')}`]);
    });
  }

  for (const base64 of ['=', '====', 'AA=A', 'not base64!', 'AAAA,', '图片']) {
    it(`is not read from ${JSON.stringify(base64)}`, () => {
      deepEqual(urlsOf(base64), []);
    });
  }

  it('is read if it has 20 million characters', () => {
    const base64 = `${'A'.repeat(20_000_000)}=`;
    const [url] = urlsOf(base64);
    ok(url === `data:image/png;base64,${base64}`);
    const [given] = readContentMedia({ image_url: { url } }).map((media) => media.url);
    ok(given === url);
  }).timeout(20_000);

  it('has a type of any length only if it is a picture, a sound or a video', () => {
    deepEqual(readContentMedia({ image_url: `data:image/${'x'.repeat(5_000_000)}` }), []);
  });
});
