import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mediaInText } from '../../../../src/core/text/mediaInText';

describe('mediaInText', () => {
  it("finds the picture in an image model's Markdown", () => {
    assert.deepEqual(
      mediaInText('Here you are:\n\n![a red cat](https://files.example.test/cat.png "cat")\n'),
      [{ kind: 'image', url: 'https://files.example.test/cat.png', name: 'a red cat' }],
    );
  });

  it('finds a picture with a data URL', () => {
    const url = 'data:image/png;base64,iVBORw0KGgo=';
    assert.deepEqual(mediaInText(`![](${url})`), [{ kind: 'image', url }]);
  });

  it('finds each linked video and sound once', () => {
    const url = 'https://cdn.example.test/out/video.mp4?token=a1';
    assert.deepEqual(mediaInText(`Done: [download](${url}) or ${url} and https://a.example.test/b.mp3.`), [
      { kind: 'video', url },
      { kind: 'audio', url: 'https://a.example.test/b.mp3' },
    ]);
  });

  it('finds at most 200 media', () => {
    const text = Array.from({ length: 1_000 }, (_, at) => `![x](https://a.example.test/${at}.png)`).join(
      '\n',
    );
    assert.equal(mediaInText(text).length, 200);
  });

  it('ignores pictures in code and links to other files', () => {
    const text =
      '```md\n![x](https://a.example.test/x.png)\n```\n`![y](https://a.example.test/y.png)` [z](https://a.example.test/z)';
    assert.deepEqual(mediaInText(text), []);
  });

  it('ignores addresses with other schemes', () => {
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      'data:image/svg+xml,x',
    ]) {
      assert.deepEqual(mediaInText(`![x](${url})`), []);
    }
  });

  it('reads long hostile texts in linear time', () => {
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

  it('finds only addresses that are in the text, for any text', () => {
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
