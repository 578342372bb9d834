import assert from 'node:assert/strict';
import {
  commitMessagePrompt,
  type CommitFacts,
} from '../../../../src/core/sourceControl/commitMessagePrompt';
import { readDiff } from '../../../../src/core/sourceControl/readDiff';
import { styleExamples } from '../../../../src/core/sourceControl/styleExamples';

const diff = 'diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-one\n+two\n';
const facts: CommitFacts = {
  files: readDiff(diff),
  isStaged: true,
  branch: 'fix/PAR-12-dates',
  examples: { own: [], others: [] },
  begun: '',
  template: '',
  conventions: '',
  instructions: [],
  merges: undefined,
  language: 'Chinese',
};
const count = (text: string): number => Math.ceil(text.length / 4);
const limits = { count, isIgnored: () => false };

/** The text of the user's message. */
function ask(changes: Partial<CommitFacts>, room = 4_000): string {
  const { messages } = commitMessagePrompt({ ...facts, ...changes }, room, limits);
  const content = messages.at(-1)?.content;
  assert.ok(typeof content === 'string');
  return content;
}

describe('commitMessagePrompt', () => {
  it('says whether the changes are staged, and on which branch', () => {
    assert.match(ask({}), /# Branch\n\nfix\/PAR-12-dates\n\n# The staged changes\n\n## a\.ts/);
    assert.match(ask({ isStaged: false }), /# The changes \(nothing is staged/);
    assert.ok(!ask({ branch: undefined }).includes('# Branch'));
  });

  it('asks for the language of earlier messages, and without any for the language of VS Code', () => {
    const examples = { own: ['feat: 新增入口'], others: ['Fix typo'] };
    assert.match(
      ask({ examples }),
      /<message>\nfeat: 新增入口\n<\/message>[^]*- Fix typo[^]*language of the earlier messages\.$/,
    );
    assert.match(ask({}), /write in Chinese\./);
  });

  it('asks to continue what the user has begun', () => {
    assert.match(ask({ begun: 'fix(dates): ' }), /must begin with exactly this text[^]*\n\nfix\(dates\): $/);
  });

  it('passes on conventions, templates and the merge', () => {
    const text = ask({
      conventions: 'Use gitmoji',
      template: '# type: subject',
      merges: 'abc (main)',
      instructions: ['Be brief'],
    });
    for (const part of ['Use gitmoji', '# type: subject', 'a merge of abc (main)', 'Be brief'])
      assert.ok(text.includes(part), part);
  });

  it('cuts long instructions, so that the changes have room', () => {
    const text = ask({ instructions: ['word '.repeat(20_000)] }, 2_000);
    assert.ok(count(text) < 2_000);
    assert.match(text, /The rest is left out/);
    assert.match(text, /\+two/);
  });
});

describe('styleExamples', () => {
  it('takes whole messages of the user and subjects of others, without automatic ones, trailers and keys', () => {
    const examples = styleExamples(
      [
        { message: 'Merge branch "main"', authorEmail: 'me@x.y' },
        { message: 'feat: add dates\n\nBecause.\n\nSigned-off-by: Me <me@x.y>', authorEmail: 'ME@x.y' },
        { message: 'Fix it\n\nLong story', authorEmail: 'other@x.y' },
        { message: 'Bump left-pad from 1 to 2', authorEmail: 'bot@x.y' },
        { message: 'Rotate sk-abcdefgh12345678abcdefgh', authorEmail: 'other@x.y' },
      ],
      'me@x.y',
    );
    assert.deepEqual(examples.own, ['feat: add dates\n\nBecause.']);
    assert.equal(examples.others[0], 'Fix it');
    assert.ok(!String(examples.others[1]).includes('12345678'));
    assert.equal(examples.others.length, 2);
  });

  it('treats all messages as those of others if the address of the user is unknown', () => {
    assert.deepEqual(styleExamples([{ message: 'Add it' }], ''), { own: [], others: ['Add it'] });
  });
});
