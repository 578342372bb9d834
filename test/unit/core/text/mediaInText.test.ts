import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mediaInText } from '../../../../src/core/text/mediaInText';

describe('media in text', () => {
  it("finds the picture of an image model's Markdown", () => {
    assert.deepEqual(
      mediaInText('Here you are:\n\n![a red cat](https://files.example.test/cat.png "cat")\n'),
      [{ kind: 'image', url: 'https://files.example.test/cat.png', name: 'a red cat' }],
    );
  });

  it('finds a picture that came whole', () => {
    const url = 'data:image/png;base64,iVBORw0KGgo=';
    assert.deepEqual(mediaInText(`![](${url})`), [{ kind: 'image', url }]);
  });

  it("finds the video of a video model's link, once, and sounds", () => {
    const url = 'https://cdn.example.test/out/video.mp4?token=a1';
    assert.deepEqual(mediaInText(`Done: [download](${url}) or ${url} and https://a.example.test/b.mp3.`), [
      { kind: 'video', url },
      { kind: 'audio', url: 'https://a.example.test/b.mp3' },
    ]);
  });

  it('finds no more than anybody looks at', () => {
    const text = Array.from({ length: 1_000 }, (_, at) => `![x](https://a.example.test/${at}.png)`).join(
      '\n',
    );
    assert.equal(mediaInText(text).length, 200);
  });

  it('takes no picture out of code, and no other links', () => {
    const text =
      '```md\n![x](https://a.example.test/x.png)\n```\n`![y](https://a.example.test/y.png)` [z](https://a.example.test/z)';
    assert.deepEqual(mediaInText(text), []);
  });

  it('takes nothing with another scheme', () => {
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      'data:image/svg+xml,x',
    ]) {
      assert.deepEqual(mediaInText(`![x](${url})`), []);
    }
  });

  it('looks at no character again and again: what would take hours is done at once', () => {
    for (const text of [
      'https://'.repeat(1_000_000),
      `https://a.b/${'c.mp4'.repeat(500_000)}`,
      `![x](https://a.b/c)\n${'`'.repeat(1_000_000)}`,
      `![x](https://a.b/c)\n${'~'.repeat(1_000_000)}`,
      `https://a.b\n${'```\n'.repeat(300_000)}`,
      '![](https://a.b/'.repeat(300_000),
      `![](https://a.b/ "${'x'.repeat(1_000_000)}`,
      `![](${' '.repeat(1_000_000)}https://`,
    ]) {
      assert.ok(mediaInText(text).length <= 1, text.slice(0, 40));
    }
  });

  it('survives any text, and finds only what stands in it', () => {
    const piece = fc.constantFrom(
      '![',
      '](',
      ')',
      'https://a.b/c.png',
      'https://a.b/c.mp4',
      '`',
      '```\n',
      '\n',
      'data:image/png;base64,AA',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        for (const { url } of mediaInText(text)) assert.ok(text.includes(url));
      }),
    );
  });
});
