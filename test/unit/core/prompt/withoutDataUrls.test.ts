import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { withoutDataUrls } from '../../../../src/core/prompt/withoutDataUrls';

const png = `data:image/png;base64,iVBORw0KGgo${'A'.repeat(200)}=`;
const jpeg = `data:image/jpeg;base64,/9j/4AAQ${'B'.repeat(200)}`;
const svg = `data:image/svg+xml;base64,PHN2Zz${'C'.repeat(200)}`;
const mp3 = `data:audio/mpeg;base64,SUQz${'D'.repeat(200)}`;
const pdf = `data:application/pdf;base64,JVBERi0${'E'.repeat(200)}`;

const changed: Readonly<Record<string, readonly [text: string, sent: string, pictures?: readonly string[]]>> =
  {
    'a Markdown picture': [`Here:\n\n![image](${png})`, 'Here:\n\n[picture]', [png]],
    'a Markdown picture with a name': [`![a red cat](${png})`, '[picture: a red cat]', [png]],
    'a Markdown picture with a title': [`![](${png} "cat")`, '[picture]', [png]],
    'a Markdown picture in angle brackets': [`![](<${png}>)`, '[picture]', [png]],
    'two pictures': [`![a](${png}) and ![b](${jpeg})`, '[picture: a] and [picture: b]', [png, jpeg]],
    'the same picture twice': [`![a](${png})\n![a](${png})`, '[picture: a]\n[picture: a]', [png]],
    'an HTML picture': [`<p><img src="${png}" alt="x"></p>`, '<p>[picture]</p>', [png]],
    'an HTML picture in single quotes': [`<img alt='x' src='${jpeg}' />`, '[picture]', [jpeg]],
    'an HTML picture without quotes': [`<IMG SRC=${png}>`, '[picture]', [png]],
    'a drawing, which models do not take': [`![x](${svg})`, '[picture: x]', []],
    'a sound': [`<audio src="${mp3}"></audio>`, '[sound]</audio>', []],
    'a bare picture': [`Here it is: ${png} Done.`, 'Here it is: [picture] Done.', [png]],
    'a picture in JSON': [`{"image":"${png}"}`, '{"image":"[picture]"}', [png]],
    'a link to a file': [`[report](${pdf})`, '[report]([file])', []],
    'a picture in a list': [`- ![a](${png})\n- b`, '- [picture: a]\n- b', [png]],
    'a picture in a table': [`| ![](${png}) | x |`, '| [picture] | x |', [png]],
    'a picture in Chinese': [`给你：![图片](${png})。`, '给你：[picture]。', [png]],
    'a picture with two signs of padding': [`![](${jpeg}==)${jpeg}===`, '[picture][picture]=', [`${jpeg}==`]],
    'a picture after one that does not end': [
      `![a](${png}![b](${jpeg})`,
      '![a]([picture][picture: b]',
      [jpeg, png],
    ],
    'a picture with Chinese white space after it': [`${png}\u3000好`, '[picture]\u3000好', [png]],
    'a tag without an end': [`<img src="${png}" <b>`, '<img src="[picture]" <b>', [png]],
    'a reference': [`![cat][1]\n\n[1]: ${png}`, '![cat][1]\n\n[1]: [picture]', [png]],
  };

/** These texts stay: code is meant as text, and an address costs few tokens. */
const kept: readonly string[] = [
  'No picture.',
  `\`\`\`css\na { background: url(${png}) }\n\`\`\``,
  `~~~\n<img src="${png}">\n~~~`,
  `\`![x](${png})\``,
  `Use \`${png}\` as the source.`,
  `\`\`\`\n![x](${png})`,
  '![cat](https://files.example.test/cat.png)',
  '<img src="https://files.example.test/cat.png">',
  'A data URL begins with data:image/png;base64, and goes on.',
  'data:text/plain,hello',
  'The field is called data:image in the log.',
  'metadata:image/png is no URL',
  'data: image/png',
  '{"data":"abc"}',
  'Write ![alt](url) for a picture.',
  'data:image/png;base64,short',
];

describe('A picture with a data URL in a text', () => {
  for (const [name, [text, sent, pictures = []]] of Object.entries(changed)) {
    it(`is replaced by a note: ${name}`, () => {
      deepEqual(withoutDataUrls(text, true), { text: sent, pictures });
    });
  }

  for (const text of kept) {
    it(`is not found in ${JSON.stringify(text).slice(0, 60)}`, () => {
      deepEqual(withoutDataUrls(text, true), { text, pictures: [] });
    });
  }

  it("stays when the user's own text is a bare data URL", () => {
    const text = `What is wrong with ${png}?`;
    equal(withoutDataUrls(text, false).text, text);
    equal(withoutDataUrls(`![x](${png})`, false).text, '[picture: x]');
  });

  it('is searched for in linear time in long hostile texts', () => {
    for (const text of [
      '![](data:image/png;base64,'.repeat(50_000),
      '<img src="data:'.repeat(80_000),
      `<img ${'src '.repeat(200_000)}data:x`,
      'data:image/png;base64,'.repeat(60_000),
      `data:image/png;base64,${'A'.repeat(1_500_000)}`,
      `![${'['.repeat(500_000)}data:image/png`,
      `data:x/y${';a=b'.repeat(300_000)}`,
    ]) {
      ok(withoutDataUrls(text, true).text.length <= text.length);
    }
  }).timeout(10_000);

  it('is replaced if it has 20 million characters', () => {
    const url = `data:image/png;base64,${'A'.repeat(20_000_000)}==`;
    const { text, pictures } = withoutDataUrls(`${url} x`, true);
    equal(text, '[picture] x');
    ok(pictures[0] === url);
  }).timeout(20_000);

  it('is replaced without an error in any text', () => {
    const piece = fc.constantFrom('![', '](', ')', png, '<img src="', '">', '`', '```\n', '\n', 'data:', ' ');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        for (const picture of withoutDataUrls(text, true).pictures) ok(text.includes(picture));
      }),
    );
  });
});
