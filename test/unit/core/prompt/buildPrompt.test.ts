import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import {
  buildPrompt,
  composeContinuation,
  userText,
  type PromptStyle,
} from '../../../../src/core/prompt/buildPrompt';
import { wireMessage } from '../../../../src/gateway/endpoints/wireMessage';
import { settingsInstructions } from '../../../support/corePorts';
import { answerMessage, codeAttachment, userMessage } from '../../../support/messages';

const plain = (instructions: string): PromptStyle => ({
  instructions: settingsInstructions(instructions),
  wantsReasoning: false,
});

describe('buildPrompt', () => {
  it('puts the instructions first, as the system message', () => {
    const prompt = buildPrompt([userMessage({ text: 'Hello' })], plain('  Be brief.  '));
    assert.deepEqual(prompt, [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ]);
  });

  it('sends no system message without instructions', () => {
    assert.deepEqual(buildPrompt([userMessage({ text: 'Hello' })], plain(' \n ')), [
      { role: 'user', content: 'Hello' },
    ]);
  });

  it('leaves out answers without text and keeps the user messages around them separate', () => {
    const prompt = buildPrompt(
      [
        userMessage({ text: 'First' }),
        answerMessage({ text: '' }),
        userMessage({ text: 'Second' }),
        answerMessage({ text: 'Answer' }),
        userMessage({ text: 'Third' }),
      ],
      plain(''),
    );
    assert.deepEqual(prompt, [
      { role: 'user', content: 'First' },
      { role: 'user', content: 'Second' },
      { role: 'assistant', content: 'Answer' },
      { role: 'user', content: 'Third' },
    ]);
  });

  it('does not send reasoning back', () => {
    const prompt = buildPrompt(
      [userMessage({ text: 'Why?' }), answerMessage({ text: 'So.', reasoning: 'Hmm' })],
      plain(''),
    );
    assert.equal(JSON.stringify(prompt.map(wireMessage)).includes('Hmm'), false);
  });

  it('writes path, language, lines and code of an attachment before the text', () => {
    const attachment = codeAttachment({ path: 'src/add.ts', text: 'a + b', startLine: 3, endLine: 3 });
    const [message] = buildPrompt(
      [userMessage({ text: 'Explain this code.', attachments: [attachment] })],
      plain(''),
    );
    assert.equal(
      message?.content,
      '`src/add.ts` (typescript, line 3):\n```typescript\na + b\n```\n\nExplain this code.',
    );
  });

  it('names the symbol of an attachment and says when its end was cut', () => {
    const attachment = codeAttachment({
      scope: 'symbol',
      name: 'add',
      startLine: 1,
      endLine: 9,
      truncated: true,
    });
    assert.match(userText({ text: '', attachments: [attachment] }), /lines 1-9, `add`, cut to fit\)/);
  });

  it('fences any code so that a Markdown parser returns exactly that code', () => {
    const code = fc
      .array(fc.constantFrom('`', '```', '~~~', '````', 'a', '\n', ' ', '    ', 'js', '\t'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(code, (text) => {
        const fences = new MarkdownIt()
          .parse(userText({ text: '', attachments: [codeAttachment({ text })] }), {})
          .filter((token) => token.type === 'fence');
        assert.equal(fences.length, 1);
        assert.equal(fences[0]?.content, text.endsWith('\n') ? text : `${text}\n`);
      }),
    );
  });

  it('ends the request for the rest of an answer with the partial answer', () => {
    const answer = answerMessage({ text: 'Once upon a' });
    const path = [userMessage({ text: 'A story' }), answer];
    const prompt = composeContinuation(path, answer, plain('')).map(({ message }) => message);
    assert.deepEqual(
      prompt.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
    assert.equal(prompt[1]?.content, 'Once upon a');
  });

  const red = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==';
  const blue = 'data:image/webp;base64,UklGRgAA';
  const picture = (url: string): object => ({ type: 'image_url', image_url: { url } });

  it("sends the model's own pictures before the text of the next user message, and attached pictures after it", () => {
    const prompt = buildPrompt(
      [
        userMessage({ text: 'Draw' }),
        answerMessage({ text: 'Here.', media: [{ kind: 'image', url: red }] }),
        userMessage({
          text: 'Like this',
          attachments: [{ kind: 'image', id: 'i', name: 'b.webp', url: blue }],
        }),
      ],
      plain(''),
    );
    assert.deepEqual(prompt.slice(1), [
      { role: 'assistant', content: 'Here.\n\n[picture]' },
      { role: 'user', content: [picture(red), { type: 'text', text: 'Like this' }, picture(blue)] },
    ]);
  });

  it('sends only the newest of many pictures that the model made, and a note for each other picture', () => {
    const path = Array.from({ length: 12 }, (_, at) => [
      userMessage({ id: `u${at}`, text: 'Draw' }),
      answerMessage({
        id: `a${at}`,
        media: [{ kind: 'image', url: `https://files.example.test/${at}.png` }],
      }),
    ]).flat();
    const prompt = JSON.stringify(buildPrompt([...path, userMessage({ text: 'More' })], plain('')));
    assert.equal(prompt.match(/image_url"/g)?.length, 16);
    assert.ok(prompt.includes('/11.png') && prompt.includes('/4.png') && !prompt.includes('/3.png'));
    assert.equal(prompt.match(/\[picture\]/g)?.length, 12);
  });

  it('writes a note for sounds, videos and pictures in formats that no model accepts', () => {
    const media = [
      { kind: 'audio' as const, url: 'https://files.example.test/a.mp3' },
      { kind: 'video' as const, url: 'https://files.example.test/a.mp4', name: 'waves' },
      { kind: 'image' as const, url: 'data:image/svg+xml;base64,AAAA' },
    ];
    const prompt = buildPrompt(
      [userMessage({ text: 'Show' }), answerMessage({ media }), userMessage({ text: 'More' })],
      plain(''),
    );
    assert.deepEqual(prompt.slice(1), [
      { role: 'assistant', content: '[sound] [video: waves] [picture]' },
      { role: 'user', content: 'More' },
    ]);
  });

  it('keeps the link to a picture in the text', () => {
    const url = 'https://files.example.test/cat.png';
    const prompt = buildPrompt(
      [
        userMessage({ text: 'Draw' }),
        answerMessage({ text: `![cat](${url})`, media: [{ kind: 'image', url }] }),
        userMessage({ text: 'More' }),
      ],
      { ...plain(''), takesPictures: true },
    );
    assert.deepEqual(prompt.slice(1), [
      { role: 'assistant', content: `![cat](${url})` },
      { role: 'user', content: 'More' },
    ]);
  });

  it('sends a picture that the user pasted as Markdown as a picture, and keeps one in code', () => {
    const [first, second] = buildPrompt(
      [
        userMessage({ text: `What is this? ![](${red})` }),
        userMessage({ text: `Why is this wrong?\n\`\`\`\n![](${red})\n\`\`\`` }),
      ],
      plain(''),
    );
    assert.deepEqual(first?.content, [picture(red), { type: 'text', text: 'What is this? [picture]' }]);
    assert.equal(second?.content, `Why is this wrong?\n\`\`\`\n![](${red})\n\`\`\``);
  });

  it("keeps thinking marks in the user's text and removes reasoning from an answer's text", () => {
    const thought = '<think>\nHm.\n</think>\n\nHi!';
    const prompt = buildPrompt(
      [userMessage({ text: thought }), answerMessage({ text: thought }), userMessage({ text: 'More' })],
      plain(''),
    );
    assert.deepEqual(
      prompt.map(({ content }) => content),
      [thought, 'Hi!', 'More'],
    );
  });
});
