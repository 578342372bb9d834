import * as vscode from 'vscode';
import { chooseTestFile, testFilePattern, type TestFile } from '../../core/quickActions/chooseTestFile';
import { cutText } from '../../core/text/cutText';
import type { FurtherCode } from '../../core/inlineEdit/inlineEditMessages';
import type { InlineEdits } from '../inlineEdit/inlineEdits';
import { placeOf } from '../inlineEdit/placeOf';
import { pathWithin } from '../workspace/workspaceRules';
import { linesOf } from './subjectRange';

/** The most test files of the project that are looked at. */
const mostTests = 500;
/** A longer test file gets its new tests at its end, in lines. */
const longestTestFile = 300;
/** How much of another test file goes along as an example, in UTF-16 units. */
const longestExample = 4_000;

/** Writes tests into the test file of a source file. */
export class TestWriter {
  constructor(private readonly edits: InlineEdits) {}

  /**
   * Writes tests for a part of a document: into its test file, or into a new one where the project's tests are.
   *
   * @returns false if no file for the tests is known.
   */
  async write(document: vscode.TextDocument, range: vscode.Range): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const path = folder && pathWithin(folder.uri, document.uri);
    if (folder === undefined || path === undefined || document.uri.scheme === 'vscode-notebook-cell')
      return false;
    const file = await this.findTestFile(folder, path);
    if (file === undefined) return false;
    const uri = vscode.Uri.joinPath(folder.uri, file.path);
    const tests = await vscode.workspace.openTextDocument(
      file.exists ? uri : uri.with({ scheme: 'untitled' }),
    );
    if (!(await this.edits.mayEdit(tests))) return true;
    const last = tests.lineCount - 1;
    const isShort = tests.lineCount <= longestTestFile && tests.getText().trim() !== '';
    const end = tests.lineAt(last).range.end;
    const at = isShort ? linesOf(tests, 0, last) : new vscode.Range(end, end);
    const subject: FurtherCode = {
      title: `The code to test, from ${path}:`,
      text: document.getText(range),
      languageId: document.languageId,
    };
    const example = file.exists ? undefined : await this.readExample(folder, file.example);
    await this.edits.edit(tests, placeOf(tests, at), {
      instruction: vscode.l10n.t(
        'Write tests for the code to test, in the style of the project. Cover common cases, edge cases and failures. Keep the tests that exist.',
      ),
      furtherCode: example === undefined ? [subject] : [subject, example],
    });
    return true;
  }

  private async findTestFile(folder: vscode.WorkspaceFolder, path: string): Promise<TestFile | undefined> {
    const pattern = testFilePattern(path);
    if (pattern === undefined) return undefined;
    const found = await vscode.workspace.findFiles(
      new vscode.RelativePattern(folder, pattern),
      '**/{node_modules,vendor,dist,build,out}/**',
      mostTests,
    );
    const listable = await this.edits.guard.listable(found);
    return chooseTestFile(
      path,
      [...listable].map((uri) => pathWithin(folder.uri, uri)),
    );
  }

  /** The beginning of another test file, which shows the framework and the style. */
  private async readExample(
    folder: vscode.WorkspaceFolder,
    path: string | undefined,
  ): Promise<FurtherCode | undefined> {
    if (path === undefined) return undefined;
    const { languageId, ...other } = await openExample(vscode.Uri.joinPath(folder.uri, path));
    return {
      title: `Another test file of the project, ${path}:`,
      text: cutText(other.text, longestExample),
      languageId,
    };
  }
}

async function openExample(uri: vscode.Uri): Promise<{ readonly text: string; readonly languageId: string }> {
  const document = await vscode.workspace.openTextDocument(uri);
  return { text: document.getText(), languageId: document.languageId };
}
