import * as vscode from 'vscode';
import { describeProblems } from '../../core/context/describeProblems';
import { describedProblem } from '../workspace/describedProblem';

/** The most problems that go along. */
const mostProblems = 50;

/** The problems that VS Code reports in a range, as a compiler prints them; '' for none. */
export function problemsIn({ uri }: vscode.TextDocument, range: vscode.Range): string {
  const found = diagnosticsIn(uri, range).slice(0, mostProblems);
  return describeProblems(found.map((diagnostic) => describedProblem(uri, diagnostic))).text;
}

/** The diagnostics that touch a range, in the order of VS Code. */
export function diagnosticsIn(uri: vscode.Uri, range: vscode.Range): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ range: at }) => at.intersection(range) !== undefined);
}
