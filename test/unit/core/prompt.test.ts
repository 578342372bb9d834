import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import {
  buildContinuationPrompt,
  buildPrompt,
  describeAttachment,
  type PromptStyle,
} from '../../../src/core/prompt';
import { wireMessage } from '../../../src/gateway/wireMessages';
import { answerMessage, codeAttachment, userMessage } from '../../support/messages';

const plain = (instructions: string): PromptStyle => ({ instructions, wantsReasoning: false });

describe('prompt', () => {
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

  it('leaves out answers without text and keeps the prompts around them apart', () => {
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

  it('carries path, language, lines and code of an attachment before the words', () => {
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

  it('says so when a piece is a symbol, and when its end was cut', () => {
    const attachment = codeAttachment({
      scope: 'symbol',
      name: 'add',
      startLine: 1,
      endLine: 9,
      truncated: true,
    });
    assert.match(describeAttachment(attachment), /lines 1-9, `add`, cut to fit\)/);
  });

  it('fences any code so that a Markdown reader gets back exactly that code', () => {
    const code = fc
      .array(fc.constantFrom('`', '```', '~~~', '````', 'a', '\n', ' ', '    ', 'js', '\t'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(code, (text) => {
        const fences = new MarkdownIt()
          .parse(describeAttachment(codeAttachment({ text })), {})
          .filter((token) => token.type === 'fence');
        assert.equal(fences.length, 1);
        assert.equal(fences[0]?.content, text.endsWith('\n') ? text : `${text}\n`);
      }),
    );
  });

  it('shows the model its partial answer last when it has to go on', () => {
    const answer = answerMessage({ text: 'Once upon a' });
    const prompt = buildContinuationPrompt([userMessage({ text: 'A story' }), answer], answer, plain(''));
    assert.deepEqual(
      prompt.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
    assert.equal(prompt[1]?.content, 'Once upon a');
  });
});
