import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { TextAttachment } from '../../../../src/shared/conversation/attachment';
import { attachmentWords } from '../../../../src/shared/conversation/attachmentWords';
import { createTranslate } from '../../../../src/shared/kit/translate';
import { codeAttachment } from '../../../support/messages';

const t = createTranslate({});
const labelOf = (attachment: Parameters<typeof attachmentWords>[0]): string =>
  attachmentWords(attachment, 'en', t).label;
const text = (fields: Partial<TextAttachment>): TextAttachment => ({
  kind: 'text',
  id: 't',
  scope: 'folder',
  name: 'src/',
  languageId: '',
  text: '',
  truncated: false,
  ...fields,
});

describe('The words of an attachment', () => {
  it('name the lines of a file and how many it has', () => {
    const huge = { name: 'huge.ts', lineCount: 12_000 };
    equal(
      labelOf(codeAttachment({ ...huge, startLine: 5_700, endLine: 6_300 })),
      'huge.ts 5,700–6,300 of 12,000',
    );
    equal(labelOf(codeAttachment({ ...huge, startLine: 7, endLine: 7 })), 'huge.ts 7 of 12,000');
    const cut = { ...huge, scope: 'file' as const, startLine: 1, endLine: 1_204, truncated: true };
    equal(labelOf(codeAttachment(cut)), 'huge.ts 1–1,204 of 12,000');
    ok(attachmentWords(codeAttachment(cut), 'en', t).description.includes('The rest was left out'));
  });

  it('are the name alone for a whole file', () => {
    equal(labelOf(codeAttachment({ name: 'a.ts', scope: 'file', endLine: 80, lineCount: 80 })), 'a.ts');
  });

  it('say that a text was cut where the numbers do not show it', () => {
    const cut = codeAttachment({ name: 'min.js', scope: 'file', lineCount: 1, truncated: true });
    equal(labelOf(cut), 'min.js 1 of 1 (truncated)');
    equal(labelOf(codeAttachment({ name: 'old.ts', endLine: 9, truncated: true })), 'old.ts 1–9 (truncated)');
    equal(labelOf(text({ scope: 'paste', name: 'Pasted text', truncated: true })), 'Pasted text (truncated)');
  });

  it('say how many files, problems and lines there are, and how many are attached', () => {
    equal(labelOf(text({ amount: { shown: 2, total: 3 }, truncated: true })), 'src/ · 2 of 3 files');
    equal(labelOf(text({ amount: { shown: 3, total: 3 } })), 'src/ · 3 files');
    const one = { shown: 1, total: 1 };
    equal(
      labelOf(text({ scope: 'changes', name: 'Changes in demo', amount: one })),
      'Changes in demo · 1 file',
    );
    equal(labelOf(text({ scope: 'problems', name: 'Problems', amount: one })), 'Problems · 1 problem');
    const many = { shown: 900, total: 1_200 };
    equal(
      labelOf(text({ scope: 'terminal', name: 'Terminal bash', amount: many })),
      'Terminal bash · 900 of 1,200 lines',
    );
  });

  it('never lose the name, also of an attachment of an older chat', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('paste', 'folder', 'problems', 'changes', 'terminal'),
        fc.constantFrom('selection', 'symbol', 'file'),
        fc.boolean(),
        fc.nat(),
        (name, scope, codeScope, truncated, line) => {
          for (const attachment of [
            text({ name, scope, truncated }),
            codeAttachment({ name, scope: codeScope, truncated, startLine: line, endLine: line + 3 }),
          ])
            ok(labelOf(attachment).startsWith(name));
        },
      ),
    );
  });
});
