import * as vscode from 'vscode';
import { describeChanges } from '../../core/context/diffText';
import type { CompletionPlace } from '../../core/completions/completionPlace';
import { importedPaths } from '../../core/completions/importedPaths';
import { RelatedTexts, type RelatedFile, type RelatedText } from '../../core/completions/relatedTexts';
import { gitApi } from '../workspace/gitApi';
import { readWorkspaceText } from '../workspace/readWorkspaceText';
import { withinTime } from '../workspace/withinTime';
import { fileOf, type CompletionScope } from './completionScope';

/** The most files that are looked at for one completion. */
const mostFiles = 8;
const mostEdited = 12;
/** The largest file that is read for a completion, in bytes, and the longest text of an open one, in UTF-16 units. */
const largestFile = 60_000;
const longestOpen = 200_000;
/** How long a file or a diff that was read counts, in milliseconds, and how long reading may take. */
const freshness = 15_000;
const longestRead = 400;
const mostRead = 40;

/** Finds texts for a completion: in the files that were edited last, are imported or are open; for the commit box, the changes. */
export class RelatedFiles {
  /** Where a document was edited last, by its URI. The newest edit is the last. */
  private readonly edited = new Map<string, number>();
  private readonly texts = new RelatedTexts();
  private readonly read = new Map<
    string,
    { readonly until: number; readonly text: Promise<string | undefined> }
  >();

  constructor(
    private readonly scope: CompletionScope,
    private readonly now: () => number,
  ) {}

  /** Remembers where a document was edited. */
  noteEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const [change] = contentChanges;
    if (change === undefined || document.uri.scheme === 'output') return;
    const key = document.uri.toString();
    this.edited.delete(key);
    this.edited.set(key, change.range.start.line);
    for (const oldest of this.edited.keys()) {
      if (this.edited.size <= mostEdited) break;
      this.edited.delete(oldest);
    }
  }

  /** Finds the texts, within a number of tokens. Files that are hidden, may hold secrets or are outside the workspace are left out. */
  async find(
    document: vscode.TextDocument,
    place: CompletionPlace,
    tokens: number,
  ): Promise<readonly RelatedText[]> {
    // The files of a workspace that is not trusted could be made to mislead the model.
    if (!vscode.workspace.isTrusted) return [];
    if (document.uri.scheme === 'vscode-scm') return await this.changesFor(document);
    const found = await withinTime(this.filesFor(document), longestRead, []);
    return this.texts.choose(found, place.before, tokens);
  }

  private async filesFor(document: vscode.TextDocument): Promise<readonly RelatedFile[]> {
    const files = new Map<string, () => Promise<RelatedFile | undefined>>();
    for (const cells of earlierCells(document)) files.set('', () => Promise.resolve(cells));
    const own = fileOf(document).toString();
    for (const other of this.openDocuments(document)) {
      const key = other.uri.toString();
      files.set(key, async () =>
        (await this.scope.admits(other.uri))
          ? { label: labelOf(other.uri), text: other.getText(), editedLine: this.edited.get(key) }
          : undefined,
      );
    }
    for (const candidates of importedPaths(
      document.getText(new vscode.Range(0, 0, 200, 0)),
      document.languageId,
    )) {
      const uris = candidates.map((path) => vscode.Uri.joinPath(fileOf(document), '..', path));
      if (uris.some((uri) => files.has(uri.toString()))) continue;
      files.set(uris[0]?.toString() ?? '', () => this.readFirst(uris));
    }
    files.delete(own);
    const chosen = [...files.values()].slice(0, mostFiles);
    return (await Promise.all(chosen.map((read) => read()))).filter((file) => file !== undefined);
  }

  /** Other open documents: the last edited ones first, then those that are visible, then those of the same language. */
  private openDocuments(document: vscode.TextDocument): readonly vscode.TextDocument[] {
    const edited = [...this.edited.keys()];
    const visible = new Set(vscode.window.visibleTextEditors.map((editor) => editor.document));
    const rank = (other: vscode.TextDocument): number =>
      (edited.indexOf(other.uri.toString()) + 1) * 4 +
      (visible.has(other) ? 2 : 0) +
      (other.languageId === document.languageId ? 1 : 0);
    return vscode.workspace.textDocuments
      .filter(
        (other) =>
          other !== document &&
          !other.isClosed &&
          ['file', 'vscode-remote'].includes(other.uri.scheme) &&
          rank(other) > 0 &&
          other.offsetAt(new vscode.Position(other.lineCount, 0)) <= longestOpen,
      )
      .toSorted((left, right) => rank(right) - rank(left))
      .slice(0, mostFiles - 2);
  }

  private async readFirst(uris: readonly vscode.Uri[]): Promise<RelatedFile | undefined> {
    for (const uri of uris) {
      const text = await this.textOf(uri.toString(), async () =>
        (await this.scope.admits(uri)) ? await readWorkspaceText(uri, largestFile) : undefined,
      );
      if (text !== undefined) return { label: labelOf(uri), text };
    }
    return undefined;
  }

  /** The changes that the message in the commit box is about: the staged ones, or all if nothing is staged. */
  private async changesFor({ uri }: vscode.TextDocument): Promise<readonly RelatedText[]> {
    const root = new URLSearchParams(uri.query).get('rootUri');
    const text = await withinTime(
      this.textOf(`changes ${root ?? ''}`, async () => {
        const repository = (await gitApi())?.repositories.find(({ rootUri }) => rootUri.toString() === root);
        if (repository === undefined) return undefined;
        const staged = await repository.diff(true);
        return staged.trim() === '' ? await repository.diff(false) : staged;
      }),
      longestRead,
      undefined,
    );
    const { text: changes } = describeChanges([{ title: 'Changes', diff: text ?? '' }]);
    return changes === '' ? [] : [{ label: '', text: changes }];
  }

  private textOf(key: string, read: () => Promise<string | undefined>): Promise<string | undefined> {
    const known = this.read.get(key);
    const now = this.now();
    if (known !== undefined && known.until > now) return known.text;
    const text = read().catch(() => undefined);
    this.read.delete(key);
    this.read.set(key, { until: now + freshness, text });
    for (const oldest of this.read.keys()) {
      if (this.read.size <= mostRead) break;
      this.read.delete(oldest);
    }
    return text;
  }
}

function labelOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

/** The code cells above a cell of a notebook, as one file; empty for other documents. */
function earlierCells(document: vscode.TextDocument): readonly RelatedFile[] {
  if (document.uri.scheme !== 'vscode-notebook-cell') return [];
  const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.path === document.uri.path);
  const cells = notebook?.getCells() ?? [];
  const index = cells.findIndex((cell) => cell.document === document);
  const text = cells
    .slice(0, Math.max(0, index))
    .filter(({ kind }) => kind === vscode.NotebookCellKind.Code)
    .map((cell) => cell.document.getText())
    .join('\n')
    .slice(-longestOpen);
  return text === '' ? [] : [{ label: 'Cells above', text, editedLine: text.split('\n').length - 1 }];
}
