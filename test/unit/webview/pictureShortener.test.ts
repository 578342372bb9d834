import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { PictureShortener } from '../../../src/webview/transcript/pictureShortener';

function shorten(...pieces: readonly string[]): string {
  const shortener = new PictureShortener();
  return pieces.map((piece) => shortener.push(piece)).join('');
}

const long = 'iVBORw0K'.repeat(20_000);
const short = long.slice(0, 1_000);

describe('The shortener of pictures', () => {
  const pictures: readonly (readonly [before: string, after: string])[] = [
    ['好的：\n\n![图](data:image/png;base64,', ')\n\n还要改吗？'],
    ['![](data:image/jpeg;base64,', ') more'],
    ['![a](<data:image/webp;base64,', '> "title") more'],
    ['![a]( data:image/png;charset=utf-8;base64,', ' )'],
    ['- ![a](data:image/gif;base64,', ')\n- b'],
    ['| ![a](data:image/png;base64,', ') | b |'],
    ['> ![a](data:image/svg+xml;base64,', ')'],
    ['[link](data:image/png;base64,', ')'],
    ['```\ncode\n```\n![a](data:image/png;base64,', ')'],
    ['Data: `x` ![a](DATA:IMAGE/PNG;BASE64,'.replace(';BASE64', ';base64'), ')'],
    ['~~~\n```\n~~~\n![a](data:image/png;base64,', ''],
  ];
  for (const [before, after] of pictures) {
    it(`leaves out most of the data in ${JSON.stringify(before)}, however it comes`, () => {
      const expected = before + short + after;
      equal(shorten(before + long + after), expected);
      equal(shorten(before, long, after), expected);
      equal(shorten(...Array.from(before), long.slice(0, 500), long.slice(500), after), expected);
      const whole = before + long + after;
      equal(shorten(...(whole.match(/[^]{1,777}/g) ?? [])), expected);
    });
  }

  it('leaves out the data of each picture', () => {
    const picture = `![a](data:image/png;base64,${long})`;
    const shown = `![a](data:image/png;base64,${short})`;
    equal(shorten(`${picture} and ${picture}`), `${shown} and ${shown}`);
  });

  const others: readonly string[] = [
    `\`\`\`html\n![a](data:image/png;base64,${long})\n\`\`\`\n`,
    `~~~\n![a](data:image/png;base64,${long})\n~~~\n`,
    `> \`\`\`\n> ![a](data:image/png;base64,${long})\n> \`\`\`\n`,
    `- \`\`\`\n  ![a](data:image/png;base64,${long})\n  \`\`\`\n`,
    `const image = "data:image/png;base64,${long}";`,
    `![a](data:text/html;base64,${long})`,
    `![a](https://example.org/${long})`,
    `;base64,${long}`,
    `![a](data:image/png;base64,${short})`,
    long,
  ];
  for (const text of others) {
    it(`leaves ${JSON.stringify(text.slice(0, 40))} as it is`, () => {
      equal(shorten(text), text);
      equal(shorten(...(text.match(/[^]{1,97}/g) ?? [])), text);
    });
  }

  it('does the same however a text is cut', () => {
    const part = fc.constantFrom(
      '![a](data:image/png;base64,',
      'abcd',
      long.slice(0, 1_100),
      ')',
      '\n',
      '```',
      ' ',
      '](',
      'x',
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 20 }),
        fc.array(fc.nat(300), { minLength: 1 }),
        (parts, cuts) => {
          const text = parts.join('');
          const pieces: string[] = [];
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const length = 1 + (cuts[turn % cuts.length] ?? 0);
            pieces.push(text.slice(at, at + length));
            at += length;
          }
          equal(shorten(...pieces), shorten(text));
        },
      ),
    );
  });
});
