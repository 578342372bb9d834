import { ok } from 'node:assert/strict';
import { join } from 'node:path';
import { ESLint, RuleTester } from 'eslint';
import typescript from 'typescript-eslint';
import { fileNamedAfterExport } from '../../../scripts/eslint/fileNamedAfterExport.mjs';

const top = join(import.meta.dirname, '..', '..', '..');

const tester = new RuleTester({ languageOptions: { parser: typescript.parser } });

const valid = [
  { filename: 'src/storage/journal.ts', code: 'export class Journal {}' },
  { filename: 'src/storage/journal.ts', code: 'export function journal() {}' },
  { filename: 'src/storage/journal.ts', code: 'export const other = 1; export type Journal = string;' },
  { filename: 'src/storage/journal.ts', code: 'export const one = 1, journal = 2;' },
  { filename: 'src/storage/journal.ts', code: 'const inner = 1; export { inner as journal };' },
  { filename: 'src/storage/journal.ts', code: "export { journal } from './other';" },
  { filename: 'src\\storage\\journal.ts', code: 'export interface Journal {}' },
  { filename: 'src/webview/history/historyPanel.tsx', code: 'export const HistoryPanel = () => null;' },
  { filename: 'src/core/sse.ts', code: 'export enum Sse {}' },
  { filename: 'src/core/x.ts', code: 'export type X = 1;' },
];

const invalid = [
  ['src/storage/journal.ts', 'export class JournalFile {}', 'JournalFile'],
  ['src/storage/journal.ts', 'export class Journals {} export const JOURNAL = 1;', 'Journals, JOURNAL'],
  ['src/storage/journal.ts', 'export default class Journal {}', 'default'],
  ['src/storage/journal.ts', "export * as log from './journal2'; const journal = 1;", 'log'],
  ['src/storage/journalFile.ts', 'export const journalfile = 1;', 'journalfile'],
  ['src/core/x.ts', 'export const y = 1;', 'y'],
] as const;

describe('the rule that a file is named after its main export', () => {
  // RuleTester brings its own `describe` and `it`, which mocha provides.
  tester.run('file-named-after-export', fileNamedAfterExport, {
    valid,
    invalid: [
      ...invalid.map(([filename, code, names]) => ({
        name: `${filename} with ${names}`,
        filename,
        code,
        errors: [
          {
            messageId: 'otherName',
            data: { stem: filename.replace(/^.*\/|\.ts$/g, ''), names },
          },
        ],
      })),
      {
        filename: 'src/storage/journal.ts',
        code: "import './other';",
        errors: [{ messageId: 'noExport', data: { stem: 'journal' } }],
      },
    ],
  });

  it('is part of npm run check for src, except where a file only runs or only declares', async () => {
    const eslint = new ESLint({ cwd: top });
    for (const [file, isChecked] of [
      ['src/shared/reduce.ts', true],
      ['src/webview/panel.tsx', true],
      ['src/extension.ts', false],
      ['src/webview/main.tsx', false],
      ['src/webview/other.d.ts', false],
      ['test/unit/scripts/releaseProblem.test.ts', false],
    ] as const) {
      const { rules } = (await eslint.calculateConfigForFile(join(top, file))) as {
        rules: Record<string, [severity: number] | undefined>;
      };
      ok((rules['parley/file-named-after-export']?.[0] === 2) === isChecked, file);
    }
  });
});
