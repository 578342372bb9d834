import * as vscode from 'vscode';
import {
  changeBetween,
  movedRegion,
  type TextChange,
  type TextRegion,
} from '../../core/sourceControl/textRegion';
import { DisposableStore } from '../../shared/kit/disposable';
import type { Repository } from '../workspace/gitApi';

/** So often an edit is tried again that met a change of the user on its way. */
const mostTries = 20;

/**
 * Writes a text that grows into the box of a repository's commit message, and keeps what the user types meanwhile.
 *
 * VS Code has the box as a document (`vscode-scm:`). Edits of the document keep the cursor, can be undone, and are refused
 * when the user types at the same moment. The document is connected to the box only while Source Control is visible, so the
 * text goes through the Git extension's `inputBox` otherwise; the user cannot type into the box then.
 */
export class CommitBox implements vscode.Disposable {
  private readonly subscriptions = new DisposableStore();
  private readonly document: vscode.TextDocument | undefined;
  private region: TextRegion;
  private written = '';
  private wanted = '';
  /** The text of `inputBox` after the last write, if the text goes there. */
  private value: string | undefined;
  /** The edit of the document that is on its way. */
  private own: TextChange | undefined;
  private writing: Promise<void> | undefined;
  private isTouched = false;

  /** @param offset Where the text goes: an offset in `begun`. */
  constructor(
    private readonly repository: Repository,
    offset: number,
    /** Called once when the user changes what was written. Nothing more is written then. */
    private readonly onTouched: () => void,
  ) {
    const text = repository.inputBox.value;
    this.document = documentOf(repository);
    if (this.document === undefined || lineFeeds(this.document.getText()) !== lineFeeds(text))
      this.value = text;
    const start = this.value === undefined ? this.inDocument(text.slice(0, offset)).length : offset;
    this.region = { start, end: start };
    this.subscriptions.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document === this.document && this.value === undefined) this.follow(contentChanges);
      }),
    );
  }

  /** Replaces what was written before by `text`, as soon as possible. Only the part that differs is written. */
  write(text: string): void {
    this.wanted = text;
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
    });
  }

  /** Resolves when the last text has been written. Never rejects. */
  async settled(): Promise<void> {
    while (this.writing !== undefined) await this.writing;
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async writeAll(): Promise<void> {
    for (let attempt = 0; attempt < mostTries && !this.isTouched && this.wanted !== this.written;) {
      const { wanted } = this;
      const isWritten = this.value === undefined ? await this.editDocument(wanted) : this.setValue(wanted);
      if (isWritten) this.written = wanted;
      attempt = isWritten ? 0 : attempt + 1;
    }
  }

  private async editDocument(wanted: string): Promise<boolean> {
    const { document } = this;
    if (document === undefined) return false;
    const [before, after] = [this.inDocument(this.written), this.inDocument(wanted)];
    const change = changeBetween(before, after);
    if (change === undefined) return true;
    const offset = this.region.start + change.offset;
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + change.removed));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, change.inserted);
    this.own = { ...change, offset };
    const isApplied = await vscode.workspace.applyEdit(edit);
    this.own = undefined;
    if (!isApplied || this.isTouched) return false;
    this.region = { start: this.region.start, end: this.region.start + after.length };
    if (lineFeeds(this.repository.inputBox.value) === lineFeeds(document.getText())) return true;
    // Source Control is hidden, so the document is not the box.
    const { start } = this.region;
    const text = lineFeeds(document.getText());
    this.region = { start: lineFeeds(document.getText().slice(0, start)).length, end: 0 };
    this.region = { start: this.region.start, end: this.region.start + wanted.length };
    this.repository.inputBox.value = text;
    this.value = text;
    return true;
  }

  private setValue(wanted: string): boolean {
    const current = this.repository.inputBox.value;
    const typed = changeBetween(this.value ?? '', current);
    if (typed !== undefined && !this.move(typed)) return false;
    const { start, end } = this.region;
    const text = current.slice(0, start) + wanted + current.slice(end);
    this.region = { start, end: start + wanted.length };
    this.repository.inputBox.value = text;
    this.value = text;
    return true;
  }

  private follow(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    for (const { rangeOffset, rangeLength, text } of changes) {
      const { own } = this;
      if (own?.offset === rangeOffset && own.removed === rangeLength && own.inserted === text)
        this.own = undefined;
      else if (!this.move({ offset: rangeOffset, removed: rangeLength, inserted: text })) return;
    }
  }

  private move(change: TextChange): boolean {
    const moved = movedRegion(this.region, change);
    if (moved !== undefined) {
      this.region = moved;
      return true;
    }
    if (!this.isTouched) {
      this.isTouched = true;
      this.onTouched();
    }
    return false;
  }

  private inDocument(text: string): string {
    const isWindows = this.document?.eol === vscode.EndOfLine.CRLF;
    return isWindows ? lineFeeds(text).replaceAll('\n', '\r\n') : text;
  }
}

function lineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** The document of a repository's box. Its URI names the repository in the query. */
function documentOf({ rootUri }: Repository): vscode.TextDocument | undefined {
  const query = `rootUri=${encodeURIComponent(rootUri.toString())}`;
  return vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'vscode-scm' && uri.query === query);
}
