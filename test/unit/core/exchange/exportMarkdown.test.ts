import { equal, ok } from 'node:assert/strict';
import { exportMarkdown } from '../../../../src/core/exchange/exportMarkdown';
import type { Ending } from '../../../../src/shared/answer/ending';
import { emptyConversation } from '../../../../src/shared/conversation/conversation';
import type { ConversationEvent } from '../../../../src/shared/conversation/conversationEvent';
import { reduce } from '../../../../src/shared/conversation/reduce';
import { createTranslate } from '../../../../src/shared/kit/translate';
import { codeAttachment } from '../../../support/messages';
import { answerEvent, endEvent, promptEvent, textEvent } from '../../../support/storage/exampleEvents';

describe('a chat exported as Markdown', () => {
  function exported(...events: ConversationEvent[]): string {
    const conversation = emptyConversation('c', 5);
    for (const event of events) reduce(conversation, event);
    return exportMarkdown(conversation, 'Sky *and* sea', {
      t: createTranslate({}),
      timeOf: (at) => `time ${at}`,
    });
  }

  it('has the title, the authors, the times and the texts', () => {
    equal(
      exported(promptEvent('p'), answerEvent('a', 'p'), textEvent('a', 'Light **scatters**.'), endEvent('a')),
      `# Sky \\*and\\* sea

*time 5*

## You · time 1000

Why is the sky blue?

## Model 1 · time 1001

Light **scatters**.
`,
    );
  });

  it('has attached code in a fence that the code cannot close', () => {
    const text = 'const fence = `\n```\n`;';
    const place = { path: 'src/a_b.ts', startLine: 3, endLine: 5, languageId: 'typescript' };
    const code = codeAttachment({ ...place, text });
    const document = exported(promptEvent('p', '', 1, [code]));
    ok(
      document.includes(`**src/a\\_b.ts, lines 3 to 5**\n\n\`\`\`\`typescript\n${text}\n\`\`\`\``),
      document,
    );
  });

  it('shows an attached picture, and an attached text with its name', () => {
    const document = exported(
      promptEvent('p', 'Look', 1, [
        {
          kind: 'image',
          id: 'x',
          name: 'fox.png',
          url: 'https://pictures.test/a fox.png',
        },
        {
          kind: 'text',
          id: 'y',
          scope: 'paste',
          name: 'notes',
          languageId: 'plaintext',
          text: 'One',
          truncated: false,
        },
      ]),
    );
    ok(document.includes('![fox.png](<https://pictures.test/a%20fox.png>)'), document);
    ok(document.includes('**notes**\n\n```plaintext\nOne\n```'), document);
  });

  it('folds reasoning, which cannot end its section early', () => {
    const document = exported(
      promptEvent('p'),
      answerEvent('a', 'p'),
      { kind: 'reasoning-appended', id: 'a', text: 'So </details> it is', at: 2 },
      textEvent('a', 'Yes.'),
      endEvent('a'),
    );
    ok(
      document.includes(
        '<details>\n<summary>Reasoning</summary>\n\nSo &lt;/details> it is\n\n</details>\n\nYes.',
      ),
      document,
    );
  });

  it('lists the sources and links a medium by its kind or name', () => {
    const document = exported(
      promptEvent('p'),
      answerEvent('a', 'p'),
      { kind: 'media-added', id: 'a', media: { kind: 'image', url: 'https://pictures.test/1.png' }, at: 2 },
      {
        kind: 'media-added',
        id: 'a',
        media: { kind: 'video', url: 'https://pictures.test/2.mp4', name: 'waves' },
        at: 3,
      },
      { kind: 'sources-added', id: 'a', sources: [{ number: 1, url: 'https://sky.test/' }], at: 4 },
    );
    ok(document.includes('![image](<https://pictures.test/1.png>)'), document);
    ok(document.includes('\n[waves](<https://pictures.test/2.mp4>)'), document);
    ok(document.includes('**Sources**\n\n- \\[1\\] [https://sky.test/](<https://sky.test/>)'), document);
  });

  const endings: readonly (readonly [note: string, ending: Ending])[] = [
    ['*Stopped*', { outcome: 'cancelled' }],
    [
      '*The answer was cut off.*',
      { outcome: 'truncated', failure: { kind: 'output-limit', retryable: false } },
    ],
    ['*Failed*', { outcome: 'failed', failure: { kind: 'connection-reset', retryable: true } }],
  ];
  for (const [note, ending] of endings)
    it(`ends with ${note} if the answer was ${ending.outcome}`, () => {
      const document = exported(promptEvent('p'), answerEvent('a', 'p'), textEvent('a', 'Because'), {
        ...{ kind: 'answer-ended', id: 'a', ending, usage: null, servedModel: null, at: 9 },
      });
      ok(document.endsWith(`Because\n\n${note}\n`), document);
    });

  it('says that other versions are not in the file', () => {
    const document = exported(
      promptEvent('p'),
      ...[answerEvent('a', 'p'), textEvent('a', 'First.'), endEvent('a')],
      ...[answerEvent('b', 'p'), textEvent('b', 'Second.'), endEvent('b')],
    );
    ok(document.includes('*Some messages have other versions that are not in this file.*'), document);
    ok(document.includes('Second.') && !document.includes('First.'), document);
  });
});
