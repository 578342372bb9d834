import * as vscode from 'vscode';
import type { Problem } from '../../core/context/describeProblems';

const severities = ['error', 'warning', 'information', 'hint'] as const;

/** A diagnostic of a file, without the code around it. */
export function describedProblem(
  uri: vscode.Uri,
  { range, severity, message, source, code }: vscode.Diagnostic,
): Problem {
  return {
    path: vscode.workspace.asRelativePath(uri),
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity: severities[severity],
    message,
    source: source ?? '',
    code: String(typeof code === 'object' ? code.value : (code ?? '')),
    around: undefined,
  };
}
