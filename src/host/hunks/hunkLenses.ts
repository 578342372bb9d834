import * as vscode from 'vscode';
import type { FileReview } from './fileReview';
import { linesIn } from './hunkAt';
import type { ShownHunk } from './proposedEdit';

/** The most hunks of a file that have a lens. */
const mostLenses = 500;

/** The commands that links in a hover may run. */
const enabledCommands = ['parley.acceptHunk', 'parley.rejectHunk'];

/**
 * Shows "Accept" and "Reject" at each hunk: above its lines, in the document and in the proposed text, and in a hover. VS Code shows
 * the first in a diff only if `diffEditor.codeLens` is on.
 */
export class HunkLenses implements vscode.CodeLensProvider, vscode.HoverProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private registered: vscode.Disposable | undefined;

  /** @param reviewOf The review of a document or of a proposed text. */
  constructor(private readonly reviewOf: (uri: vscode.Uri) => FileReview | undefined) {}

  /** @param isNeeded False if there is no review: VS Code then does not ask for every document. */
  refresh(isNeeded: boolean): void {
    if (isNeeded)
      this.registered ??= vscode.Disposable.from(
        vscode.languages.registerCodeLensProvider('*', this),
        vscode.languages.registerHoverProvider('*', this),
      );
    else {
      this.registered?.dispose();
      this.registered = undefined;
    }
    this.changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const review = this.reviewOf(document.uri);
    if (review === undefined) return [];
    const { hunks } = review;
    const all = hunks.length < 2 ? [] : wholeFile(review, hunks.length);
    const each = hunks.slice(0, mostLenses).flatMap((hunk) => {
      const { start } = linesIn(review, document, hunk);
      return ofHunk(review, hunk, document).map((command) => lens(document, start, command));
    });
    return [...all.map((command) => lens(document, 0, command)), ...each];
  }

  provideHover(document: vscode.TextDocument, { line }: vscode.Position): vscode.Hover | undefined {
    const review = this.reviewOf(document.uri);
    const hunk = review?.hunks.find((each) => {
      const { start, end } = linesIn(review, document, each);
      return start <= line && line < Math.max(end, start + 1);
    });
    if (review === undefined || hunk === undefined) return undefined;
    const links = new vscode.MarkdownString(
      ofHunk(review, hunk, review.proposed)
        .map(({ title, command, arguments: values }) => {
          const parameters = encodeURIComponent(JSON.stringify(values));
          return `[${title}](command:${command}?${parameters})`;
        })
        .join(' | '),
    );
    links.isTrusted = { enabledCommands };
    return new vscode.Hover(links);
  }

  dispose(): void {
    this.refresh(false);
    this.changed.dispose();
  }
}

function lens(document: vscode.TextDocument, start: number, command: vscode.Command): vscode.CodeLens {
  const line = Math.min(start, document.lineCount - 1);
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command);
}

function wholeFile({ uri }: FileReview, count: number): vscode.Command[] {
  const parameters = [uri.toString()];
  return [
    {
      title: vscode.l10n.t('Accept All {0} Changes', count),
      command: 'parley.acceptChange',
      arguments: parameters,
    },
    { title: vscode.l10n.t('Reject All'), command: 'parley.discardChange', arguments: parameters },
  ];
}

/** The document does not have the proposed lines, so there is a third command, which shows them. */
function ofHunk(review: FileReview, { id }: ShownHunk, document: vscode.TextDocument): vscode.Command[] {
  const parameters = [review.uri.toString(), id];
  const decide = [
    { title: vscode.l10n.t('Accept'), command: 'parley.acceptHunk', arguments: parameters },
    { title: vscode.l10n.t('Reject'), command: 'parley.rejectHunk', arguments: parameters },
  ];
  if (document.uri.toString() === review.uri.toString()) return decide;
  return [
    ...decide,
    { title: vscode.l10n.t('Show Change'), command: 'parley.nextHunk', arguments: parameters },
  ];
}
