import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanCommitMessage } from '../../../../src/core/sourceControl/cleanCommitMessage';

const message = 'feat(parser): read dates\n\n- Accept ISO 8601\n- Refuse other forms';
const subject = 'Fix the parser';

const answers: readonly (readonly [string, string, string])[] = [
  ['nothing around it', message, message],
  ['a fence', '```\n' + message + '\n```', message],
  ['a fence with a language', '```text\n' + message + '\n```\n', message],
  ['a fence that is not closed', '```\n' + message, message],
  [
    'prose and a fence',
    `Here is the commit message:\n\n\`\`\`\n${message}\n\`\`\`\n\nThis message follows the style.`,
    message,
  ],
  ['Chinese prose and a fence', `以下是提交信息：\n\`\`\`\n修复解析器\n\`\`\``, '修复解析器'],
  ['prose without a fence', `Sure! Here's a commit message for you:\n\n${message}`, message],
  ['a label', `Commit message: ${subject}`, subject],
  ['a bold label', `**Commit message:**\n\n${message}`, message],
  ['a Chinese label', '提交信息：修复解析器', '修复解析器'],
  ['quotation marks', `"${subject}"`, subject],
  ['typographic quotation marks', `“${subject}”`, subject],
  ['backticks', `\`${subject}\``, subject],
  ['bold type', `**${subject}**`, subject],
  ['a heading', `# ${subject}`, subject],
  ['no empty line after the subject', `${subject}\n- one\n- two`, `${subject}\n\n- one\n- two`],
  ['Windows line ends', message.replaceAll('\n', '\r\n'), message],
  ['an epilogue', `${message}\n\nLet me know if you want another style!`, message],
  ['a Chinese epilogue', '修复解析器\n\n- 接受日期\n\n希望这能帮到你', '修复解析器\n\n- 接受日期'],
  ['control characters', 'Fix\u0007 the parser', subject],
  ['too many empty lines', `${subject}\n\n\n\nBecause.`, `${subject}\n\nBecause.`],
];

describe('cleanCommitMessage', () => {
  for (const [what, answer, expected] of answers)
    it(`reads a message with ${what}`, () => {
      assert.equal(cleanCommitMessage(answer, true), expected);
    });

  it('keeps code, quotes and fences that belong to the message', () => {
    for (const kept of [
      'Replace "a" by "b"',
      'Rename `one` to `two`',
      'Document the API\n\nExample:\n\n```\ncall()\n```',
      'fix: **never** drop keys',
      'Heredoc: write the file first',
    ])
      assert.equal(cleanCommitMessage(kept, true), kept);
  });

  it('shows nothing that the whole answer does not begin with, however the answer is cut into pieces', () => {
    for (const [what, answer, expected] of answers)
      for (let end = 0; end <= answer.length; end += 1) {
        const shown = cleanCommitMessage(answer.slice(0, end), false);
        const [line = ''] = shown.split('\n');
        assert.ok(
          expected.startsWith(line.slice(0, Math.min(line.length, 8))),
          `${what}: ${JSON.stringify(shown)}`,
        );
      }
  });

  it('never throws, and is bounded', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('```', '\n', '"', '**', '# ', 'Commit message:', 'Here is: '),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.boolean(), (pieces, isComplete) => {
        const clean = cleanCommitMessage(pieces.join(''), isComplete);
        assert.ok(clean.length <= 10_010);
        assert.ok(clean.replaceAll(/[\n\t]/g, '').search(/\p{Cc}/u) === -1);
      }),
    );
  });
});
