import * as vscode from 'vscode';
import { decideAboutFile } from '../../core/context/decideAboutFile';
import type { Disposable } from '../../shared/kit/disposable';
import { ContextGuard } from '../workspace/contextGuard';
import { findRealPlace } from '../workspace/findRealPlace';
import { WorkspaceRules } from '../workspace/workspaceRules';

/** How long a decision about a file counts, in milliseconds. */
const freshness = 10_000;
const mostDecisions = 300;

/** Decides which documents are completed, and which files may be sent with them. Never asks the user. */
export class CompletionScope implements Disposable {
  private readonly rules = new WorkspaceRules();
  private readonly guard = new ContextGuard(this.rules, () => '');
  private readonly decisions = new Map<
    string,
    { readonly until: number; readonly admits: Promise<boolean> }
  >();

  constructor(private readonly now: () => number) {}

  /** True if the text of a document may be sent to complete it: it can be edited, is not hidden, and cannot hold secrets. */
  async completes(document: vscode.TextDocument): Promise<boolean> {
    const { scheme } = document.uri;
    if (scheme === 'untitled' || scheme === 'vscode-scm') return true;
    const uri = fileOf(document);
    return await this.decide(`edit ${uri.toString()}`, async () => {
      if (await isReadOnly(uri)) return false;
      const place = await findRealPlace(uri);
      const hidden = (await this.rules.hides(uri)) || (!place.outside && (await this.rules.hides(place.uri)));
      // The user has opened the document, maybe from outside the workspace.
      const file = { path: place.uri.path, foundAt: uri.path, outside: false, hidden };
      return decideAboutFile(file, 'listing').kind === 'allowed';
    });
  }

  /** True if a file may be sent with the text of another document. */
  async admits(uri: vscode.Uri): Promise<boolean> {
    return await this.decide(
      `send ${uri.toString()}`,
      async () => (await this.guard.listable([uri])).size > 0,
    );
  }

  dispose(): void {
    this.rules.dispose();
    this.decisions.clear();
  }

  private decide(key: string, judge: () => Promise<boolean>): Promise<boolean> {
    const known = this.decisions.get(key);
    const now = this.now();
    if (known !== undefined && known.until > now) return known.admits;
    // A file that cannot be judged is not sent.
    const admits = judge().catch(() => false);
    this.decisions.delete(key);
    this.decisions.set(key, { until: now + freshness, admits });
    for (const oldest of this.decisions.keys()) {
      if (this.decisions.size <= mostDecisions) break;
      this.decisions.delete(oldest);
    }
    return admits;
  }
}

/** The file of a document; for a cell, the file of its notebook. */
export function fileOf(document: vscode.TextDocument): vscode.Uri {
  if (document.uri.scheme !== 'vscode-notebook-cell') return document.uri;
  const notebook = vscode.workspace.notebookDocuments.find(
    (each) =>
      each.uri.path === document.uri.path && each.getCells().some((cell) => cell.document === document),
  );
  return notebook?.uri ?? document.uri;
}

async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    return permissions === vscode.FilePermission.Readonly;
  } catch {
    // A document whose file was not saved yet or was deleted can be edited.
    return false;
  }
}
