import * as vscode from 'vscode';
import { placeFinding } from '../../core/sourceControl/placeFinding';
import type { ChangedFile } from '../../core/sourceControl/readDiff';
import type { Finding } from '../../core/sourceControl/readFindings';
import { codeSpan, escapeMarkdown } from '../../core/text/escapeMarkdown';

/** A finding with the diff that it is about. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly file: ChangedFile | undefined;
  readonly uri: vscode.Uri;
}

/** True while there are findings. Read by the menus in package.json. */
const findingsKey = 'parley.hasFindings';

/** Shows findings as comments on their lines. VS Code lists them in the Comments panel, too. */
export class FindingThreads implements vscode.Disposable {
  private readonly controller = vscode.comments.createCommentController('parley.review', 'Parley');
  private readonly findings = new Map<vscode.CommentThread, PlacedFinding>();

  /** Adds a comment for each finding. Returns how many have a place: the file of the others is gone or not a text file. */
  async show(findings: readonly PlacedFinding[], author: string): Promise<number> {
    let count = 0;
    for (const placed of findings) {
      const document = await openText(placed.uri);
      if (document === undefined) continue;
      const line = lineOf(placed, document);
      const thread = this.controller.createCommentThread(placed.uri, new vscode.Range(line, 0, line, 0), [
        { body: bodyOf(placed.finding.text), mode: vscode.CommentMode.Preview, author: { name: author } },
      ]);
      thread.canReply = false;
      thread.contextValue = 'finding';
      thread.label = vscode.l10n.t('Review');
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
      this.findings.set(thread, placed);
      count += 1;
    }
    await this.tellMenus();
    return count;
  }

  /** The finding of a comment, and the comment; undefined if it was dismissed or is not a finding. */
  find(
    thread: unknown,
  ): { readonly thread: vscode.CommentThread; readonly placed: PlacedFinding } | undefined {
    for (const [known, placed] of this.findings) if (known === thread) return { thread: known, placed };
    return undefined;
  }

  /** Removes the comment of a finding. */
  async dismiss(thread: unknown): Promise<void> {
    const found = this.find(thread);
    if (found === undefined) return;
    this.findings.delete(found.thread);
    found.thread.dispose();
    await this.tellMenus();
  }

  /** Removes all comments. */
  async dismissAll(): Promise<void> {
    for (const thread of this.findings.keys()) thread.dispose();
    this.findings.clear();
    await this.tellMenus();
  }

  dispose(): void {
    this.controller.dispose();
  }

  private async tellMenus(): Promise<void> {
    await vscode.commands.executeCommand('setContext', findingsKey, this.findings.size > 0);
  }
}

/** The line of a finding in its document as it is now, counted from 0. */
export function lineOf({ finding, file }: PlacedFinding, document: vscode.TextDocument): number {
  return placeFinding(document.getText().split(/\r\n|\n|\r/), file, finding.line ?? 1);
}

/** Opens a text file; undefined if it is gone or not a text file. */
export async function openText(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // VS Code has no text of it.
    return undefined;
  }
}

/** The words of a model as text: no links, no pictures, no HTML. Code in backticks stays code. */
function bodyOf(text: string): vscode.MarkdownString {
  const lines = text.split('\n').map((line) =>
    line
      .split(/(`[^`]+`)/)
      .map((part) => (/^`[^`]+`$/.test(part) ? codeSpan(part.slice(1, -1)) : spaced(part)))
      .join(''),
  );
  return new vscode.MarkdownString(lines.join('\n\n').replaceAll(/\n{3,}/g, '\n\n'));
}

function spaced(text: string): string {
  const escaped = escapeMarkdown(text);
  return escaped === '' ? ' ' : `${/^\s/.test(text) ? ' ' : ''}${escaped}${/\s$/.test(text) ? ' ' : ''}`;
}
