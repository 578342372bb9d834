import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EditPlace } from '../../../../src/core/inlineEdit/editPlace';
import {
  inlineEditMessages,
  type InlineEditQuestion,
} from '../../../../src/core/inlineEdit/inlineEditMessages';
import { shownCode } from '../../../../src/core/inlineEdit/shownCode';

const file = ['import a', 'one();', 'two();', 'three();', 'four();', ''];
const place: EditPlace = { file, start: 2, end: 3, languageId: 'javascript', unit: 2 };

function messagesOf(given: Partial<InlineEditQuestion>): readonly string[] | undefined {
  return inlineEditMessages({
    place,
    path: 'src/a.js',
    instruction: 'Call it twice.',
    problems: '',
    furtherCode: [],
    turns: [],
    instructions: [],
    contextWindow: null,
    ...given,
  })?.map(({ role, content }) => `${role}: ${typeof content === 'string' ? content : ''}`);
}

describe('the request of an inline edit', () => {
  it('has the selection, the code around it, the path, the language and the instruction', () => {
    const [system = '', user = '', ...others] = messagesOf({}) ?? [];
    assert.match(system, /^system: .*one fenced code block/s);
    assert.equal(others.length, 0);
    assert.match(user, /^user: The file is `src\/a\.js` \(javascript\)\./);
    assert.match(user, /before the place:\n```javascript\nimport a\none\(\);\n```/);
    assert.match(user, /after the place:\n```javascript\nthree\(\);\nfour\(\);/);
    assert.match(user, /new code for these lines:\n```javascript\ntwo\(\);\n```/);
    assert.ok(user.endsWith('The instruction: Call it twice.'));
  });

  it('has the instructions of the user and the workspace, and the problems at the place', () => {
    const instructions = [
      { source: 'settings', id: '', name: '', text: 'Write British English.', truncated: false } as const,
      { source: 'file', id: 'x', name: 'AGENTS.md', text: ' ', truncated: false } as const,
    ];
    const [system, user] = messagesOf({ instructions, problems: 'src/a.js:3:1 error No two' }) ?? [];
    assert.ok(system?.endsWith('in the language of the instruction.\n\nWrite British English.'));
    assert.match(user ?? '', /reports here:\n```\nsrc\/a\.js:3:1 error No two\n```/);
  });

  it('has the earlier instruction and its answer before the next instruction', () => {
    const turns = [{ instruction: 'Call it twice.', answer: '```js\ntwo();\ntwo();\n```' }];
    const [, first, second, third] = messagesOf({ turns, instruction: 'Three times.' }) ?? [];
    assert.ok(first?.endsWith('The instruction: Call it twice.'));
    assert.equal(second, 'assistant: ```js\ntwo();\ntwo();\n```');
    assert.match(third ?? '', /^user: Three times\.\n/);
  });

  it('tells where the cursor is if nothing is selected', () => {
    const cursor = { ...place, start: 3, end: 3, cursorColumn: 0 };
    const [, user = ''] = messagesOf({ place: cursor }) ?? [];
    assert.match(user, /before the cursor:\n```javascript\nimport a\none\(\);\ntwo\(\);\n```/);
    assert.match(user, /after the cursor:\n```javascript\nthree\(\);\nfour\(\);/);
    assert.match(user, /Write the code to insert at the cursor\./);
  });

  it('asks for the code of an empty file', () => {
    const empty = { ...place, file: [''], start: 0, end: 0, cursorColumn: 0 };
    assert.match(messagesOf({ place: empty })?.[1] ?? '', /The file is empty\. Write its code\./);
  });

  it('names the selected part of a line and asks for the whole line', () => {
    const part = { ...place, fragment: { startColumn: 0, endColumn: 3 } };
    assert.match(messagesOf({ place: part })?.[1] ?? '', /selected `two`\. Reply with the whole line\./);
  });

  it('leaves out code around the selection that does not fit, but never the selection', () => {
    const long = Array.from({ length: 2_000 }, (_, index) => `line${index}();`);
    const inside = { ...place, file: long, start: 1_000, end: 1_002 };
    const [, user = ''] = messagesOf({ place: inside, contextWindow: 2_000 }) ?? [];
    assert.match(user, /```javascript\nline1000\(\);\nline1001\(\);\n```/);
    assert.match(user, /It begins with:\n```javascript\nline0\(\);/);
    assert.ok(user.includes('line999();') && user.includes('line1002();'));
    assert.ok(!user.includes('line500();') && !user.includes('line1500();'));
  });

  it('is not made if the selection and its new code do not fit into the window', () => {
    const long = Array.from({ length: 2_000 }, (_, index) => `line${index}();`);
    const all = { ...place, file: long, start: 0, end: 2_000 };
    assert.equal(messagesOf({ place: all, contextWindow: 4_000 }), undefined);
  });
});

describe('the code around the place of an inline edit', () => {
  it('is next to the place and never larger than the budget', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(), fc.nat(), fc.nat(3_000), (lines, from, count, budget) => {
        const start = from % (lines.length + 1);
        const end = Math.min(lines.length, start + (count % 5));
        const { head, before, after } = shownCode({ ...place, file: lines, start, end }, budget);
        assert.deepEqual(before, lines.slice(start - before.length, start));
        assert.deepEqual(after, lines.slice(end, end + after.length));
        assert.deepEqual(head, lines.slice(0, head.length));
        assert.ok(head.length + before.length <= start);
      }),
    );
  });
});
