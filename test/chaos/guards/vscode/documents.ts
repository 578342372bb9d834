import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noteEffect } from '../effects';
import { stage } from './stage';
import { Uri } from './uri';
import { EndOfLine, FileSystemError, Range, Selection, type Position } from './values';

/** A text that is open. */
export class TextDocument {
  readonly languageId = 'typescript';
  readonly eol = EndOfLine.LF;
  readonly version = 1;
  readonly isDirty = false;
  private readonly lines: readonly string[];
  constructor(
    readonly uri: Uri,
    text: string,
  ) {
    this.lines = text.split('\n');
  }
  get fileName(): string {
    return this.uri.fsPath;
  }
  get isUntitled(): boolean {
    return this.uri.scheme === 'untitled';
  }
  get lineCount(): number {
    return this.lines.length;
  }
  getText(range?: Range): string {
    return range === undefined
      ? this.lines.join('\n')
      : this.lines.slice(range.start.line, range.end.line + 1).join('\n');
  }
  lineAt(place: number | Position): { text: string; range: Range } {
    const line = typeof place === 'number' ? place : place.line;
    const text = this.lines[line] ?? '';
    return { text, range: new Range(line, 0, line, text.length) };
  }
  validateRange(range: Range): Range {
    const last = Math.min(range.end.line, this.lines.length - 1);
    const start = Math.min(range.start.line, last);
    return new Range(start, 0, last, (this.lines[last] ?? '').length);
  }
  save(): Promise<boolean> {
    noteEffect('write file', this.uri);
    return Promise.resolve(true);
  }
}

/** An editor with the cursor at the beginning. */
export function editorOf(document: TextDocument): object {
  const selection = new Selection(0, 0, 0, 6);
  return {
    document,
    selection,
    selections: [selection],
    options: { insertSpaces: true, indentSize: 2, tabSize: 2 },
    viewColumn: 1,
    setDecorations: () => undefined,
    revealRange: () => undefined,
    edit: () => {
      noteEffect('edit', document.uri);
      return Promise.resolve(true);
    },
  };
}

let activeDocument: TextDocument | undefined;

/** Who serves the documents of a scheme. */
export const providers = new Map<
  string,
  { readFile?: (uri: Uri) => Uint8Array; provideTextDocumentContent?: (uri: Uri) => string }
>();

/** The document of the active editor. */
export function opened(): TextDocument {
  const uri = Uri.file(join(stage().workspace, 'maths.ts'));
  activeDocument ??= new TextDocument(uri, readFileSync(uri.fsPath, 'utf8'));
  return activeDocument;
}

/** Opens a document, or makes one that is nowhere yet. */
export async function openTextDocument(what: Uri | { readonly content?: string }): Promise<TextDocument> {
  if (!(what instanceof Uri)) {
    noteEffect('open document', 'untitled');
    return new TextDocument(Uri.from({ scheme: 'untitled', path: 'Untitled-1' }), what.content ?? '');
  }
  noteEffect('open document', what);
  const provider = providers.get(what.scheme);
  const served = provider?.provideTextDocumentContent?.(what) ?? provider?.readFile?.(what);
  if (served !== undefined)
    return new TextDocument(what, typeof served === 'string' ? served : Buffer.from(served).toString());
  if (what.scheme === 'untitled') return new TextDocument(what, '');
  if (what.scheme !== 'file' || !existsSync(what.fsPath))
    throw new FileSystemError(`cannot open ${what.toString()}`);
  return await Promise.resolve(new TextDocument(what, readFileSync(what.fsPath, 'utf8')));
}
