import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { describeProblems, type Problem } from '../../core/context/describeProblems';
import type { TextAttachment } from '../../shared/conversation/attachment';
import type { ContextGuard } from '../workspace/contextGuard';
import { describedProblem } from '../workspace/describedProblem';

/** The most problems that are attached. */
const mostProblems = 200;
/** How many lines of code are included before and after a problem's line. */
const linesAround = 2;

/**
 * Attaches the problems of the active file, or of the whole workspace if no file is active. The most severe come first.
 *
 * @returns undefined if there are no problems.
 */
export async function attachProblems(guard: ContextGuard): Promise<TextAttachment | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const found: [vscode.Uri, readonly vscode.Diagnostic[]][] =
    document === undefined
      ? vscode.languages.getDiagnostics()
      : [[document.uri, vscode.languages.getDiagnostics(document.uri)]];
  const listable = await guard.listable(found.map(([uri]) => uri));
  const admitted = found.filter(([uri]) => document !== undefined || listable.has(uri));
  const all = admitted.flatMap(([uri, diagnostics]) =>
    diagnostics.map((diagnostic) => ({ uri, diagnostic })),
  );
  const worstFirst = all.toSorted((left, right) => left.diagnostic.severity - right.diagnostic.severity);
  const problems = await Promise.all(
    worstFirst.slice(0, mostProblems).map(({ uri, diagnostic }) => asProblem(uri, diagnostic)),
  );
  if (problems.length === 0) return undefined;
  const { text, count } = describeProblems(problems);
  return {
    kind: 'text',
    id: crypto.randomUUID(),
    scope: 'problems',
    name:
      document === undefined
        ? vscode.l10n.t('Problems')
        : vscode.l10n.t('Problems in {0}', baseName(document.uri.path)),
    languageId: 'text',
    text,
    truncated: count < all.length,
    amount: { shown: count, total: all.length },
  };
}

async function asProblem(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Promise<Problem> {
  return { ...describedProblem(uri, diagnostic), around: await linesOf(uri, diagnostic.range.start.line) };
}

async function linesOf(uri: vscode.Uri, line: number): Promise<Problem['around']> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const first = Math.max(0, line - linesAround);
    const last = Math.min(document.lineCount - 1, line + linesAround);
    const lines = Array.from({ length: last - first + 1 }, (_, index) => document.lineAt(first + index).text);
    return { firstLine: first + 1, lines };
  } catch {
    // The file was deleted, or the problem belongs to something other than a text file.
    return undefined;
  }
}
