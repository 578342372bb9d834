import * as vscode from 'vscode';
import { InlineEdits, type InlineEditPorts } from '../inlineEdit/inlineEdits';
import { placeOf } from '../inlineEdit/placeOf';
import { diagnosticsIn, problemsIn } from '../inlineEdit/problemsIn';
import { enclosingSymbol, linesOf, subjectRange } from './subjectRange';
import { TestWriter } from './testWriter';

/** A command of the editor. Named as the command is, without `parley.` */
export type EditorAction =
  'inlineEdit' | 'stopInlineEdit' | 'fixProblems' | 'refactor' | 'document' | 'writeTests';

/** What `EditorActions` needs from the rest of the host. */
export interface EditorActionPorts extends InlineEditPorts {
  /** Asks for tests in the panel. Used if no file for them is known. */
  readonly writeTestsInPanel: () => Promise<void>;
}

/** A document and the part of it that an action is about. */
interface Subject {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** Lines before and after a problem that may change, if it is in no short function or type. */
const aroundProblem = 8;

/** Edits code in editors. In a bundle of its own, which is loaded on first use. */
export class EditorActions implements vscode.Disposable {
  private readonly edits: InlineEdits;
  private readonly tests: TestWriter;

  constructor(private readonly ports: EditorActionPorts) {
    this.edits = new InlineEdits(ports);
    this.tests = new TestWriter(this.edits);
  }

  /** @param parameters What a menu or a code action passes: the document's URI and a range. */
  async run(action: EditorAction, parameters: readonly unknown[]): Promise<void> {
    if (action === 'stopInlineEdit') {
      this.edits.stop();
      return;
    }
    if (action === 'inlineEdit') {
      await this.edits.start();
      return;
    }
    const subject = await readSubject(parameters);
    if (subject === undefined || !(await this.edits.mayEdit(subject.document))) return;
    if (action === 'fixProblems') await this.fix(subject);
    else await this.change(action, subject);
  }

  dispose(): void {
    this.edits.dispose();
  }

  /** Fixes the problems in the selection or in the line of the cursor; otherwise the next problem in the file. */
  private async fix({ document, range }: Subject): Promise<void> {
    const line = range.isEmpty ? linesOf(document, range.start.line, range.start.line) : range;
    const [next] = vscode.languages
      .getDiagnostics(document.uri)
      .toSorted((left, right) => distance(left, range) - distance(right, range));
    const problem = diagnosticsIn(document.uri, line)[0] ?? next;
    if (problem === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('VS Code reports no problems here.'));
      return;
    }
    const first = Math.max(0, problem.range.start.line - aroundProblem);
    const last = Math.min(document.lineCount - 1, problem.range.end.line + aroundProblem);
    const around =
      range.isEmpty || !range.contains(problem.range)
        ? ((await enclosingSymbol(document, problem.range.start)) ?? linesOf(document, first, last))
        : range;
    await this.edits.edit(document, placeOf(document, around), {
      instruction: vscode.l10n.t('Fix these problems. Change nothing else.'),
      problems: problemsIn(document, diagnosticsIn(document.uri, line).length > 0 ? line : problem.range),
    });
  }

  private async change(action: 'refactor' | 'document' | 'writeTests', subject: Subject): Promise<void> {
    const { document } = subject;
    const range = await subjectRange(document, subject.range);
    if (range === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Select code first, or place the cursor in a function or a type.'),
      );
      return;
    }
    if (action === 'writeTests') {
      if (!(await this.tests.write(document, range))) await this.ports.writeTestsInPanel();
      return;
    }
    const place = placeOf(document, range);
    const instruction =
      action === 'document'
        ? vscode.l10n.t(
            'Write doc comments for this code in the usual form of its language. Change nothing else.',
          )
        : await this.edits.askAbout(
            document,
            place,
            vscode.l10n.t('What should change?'),
            vscode.l10n.t('Make this code simpler and easier to read without changing what it does.'),
          );
    if (instruction !== undefined) await this.edits.edit(document, place, { instruction });
  }
}

/** The document and the range that a command is about; the active editor's if it gets none. */
async function readSubject([uri, range]: readonly unknown[]): Promise<Subject | undefined> {
  if (uri instanceof vscode.Uri && range instanceof vscode.Range)
    return { document: await vscode.workspace.openTextDocument(uri), range };
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) return { document: editor.document, range: editor.selection };
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Open a file first, then place the cursor in the code.'),
  );
  return undefined;
}

/** How far a problem is from a range, in lines. The problems after the range come first. */
function distance({ range }: vscode.Diagnostic, { start }: vscode.Range): number {
  const lines = range.start.line - start.line;
  return lines >= 0 ? lines : Number.MAX_SAFE_INTEGER + lines;
}
