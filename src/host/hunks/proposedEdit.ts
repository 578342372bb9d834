import * as vscode from 'vscode';
import { splitText, type LineEdit } from '../../core/edits/lines/lineEdit';
import { rebaseChange } from '../../core/edits/plan/rebaseChange';
import { changeBase, moveToBase } from '../../core/edits/proposal/changeBase';
import { changeProposed, placedHunks } from '../../core/edits/proposal/changeProposed';
import {
  acceptHunks,
  isInConflict,
  proposedLines,
  proposeEdit,
  rejectHunks,
  sameLines,
  type EditProposal,
} from '../../core/edits/proposal/editProposal';
import { writeChange } from '../documents/writeChange';

/** The most lines of earlier states that are kept, so that undo finds its way back. */
const mostPastLines = 500_000;
const mostPastStates = 50;

/** How often a proposed text is written again that the user edits at the same time. */
const mostAttempts = 10;

/** A hunk, and its lines in the document and in the proposed text. The ends are not included. */
export interface ShownHunk {
  readonly id: number;
  readonly document: { readonly start: number; readonly end: number };
  readonly proposed: { readonly start: number; readonly end: number };
}

/**
 * A proposed change of an open document. The document has the accepted text only; the proposed text is a document of its own, and
 * the hunks are what differs. So what happens to either of the two documents – typing, undo, formatting, saving, a change on disk –
 * never brings text into the document that was not accepted.
 */
export class ProposedEdit {
  /** The lines of the document's text that the proposal was made for. */
  private readonly origin: readonly string[];
  /** The proposals that earlier texts of the document had. Valid until the proposed text is edited. */
  private past: EditProposal[] = [];
  /** The proposal that is reached when the accepted hunks have been written. */
  private expected: EditProposal | undefined;
  /** The lines of the proposed text when it was last read or written. */
  private shown: readonly string[];
  /** The lines that are being written. The hunks may have moved on since. */
  private written: readonly string[] | undefined;
  private writing: Promise<void> = Promise.resolve();
  private isHidden = false;

  /**
   * @param proposal The proposal, which may be that of an earlier window.
   * @param proposed The document with the proposed text.
   */
  constructor(
    private proposal: EditProposal,
    private proposed: vscode.TextDocument,
  ) {
    this.origin = proposal.base;
    this.shown = proposedLines(proposal);
  }

  /** The hunks with their lines, to be stored. */
  get current(): EditProposal {
    return this.proposal;
  }

  /** The text with every hunk. The document with the proposed text has it too, as soon as it is shown. */
  get text(): string {
    return proposedLines(this.proposal).join(this.proposed.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
  }

  get hunks(): readonly ShownHunk[] {
    return placedHunks(this.proposal).map(({ hunk, start, end }) => ({
      id: hunk.id,
      document: { start: hunk.start, end: hunk.end },
      proposed: { start, end },
    }));
  }

  /** Follows a change of the document: hunks move with their lines, and the proposed text gets what was typed. */
  documentChanged({ contentChanges, document, reason }: vscode.TextDocumentChangeEvent): void {
    const before = this.proposal;
    const edited = contentChanges.reduce(
      (proposal, change) => changeBase(proposal, lineEdit(proposal.base, change)),
      before,
    );
    this.proposal =
      edited.base.length === document.lineCount
        ? edited
        : moveToBase(before, splitText(document.getText()).lines);
    const { base } = this.proposal;
    if (this.expected !== undefined && sameLines(base, this.expected.base)) this.proposal = this.expected;
    else if (reason !== undefined)
      this.proposal = this.past.find((earlier) => sameLines(earlier.base, base)) ?? this.proposal;
    this.expected = undefined;
    this.past.unshift(before);
    this.past.length = Math.min(
      this.past.length,
      mostPastStates,
      1 + Math.floor(mostPastLines / base.length),
    );
    void this.write();
  }

  /**
   * Stops writing to the proposed text while no tab shows it, and saves it to memory: VS Code opens a tab for unsaved text that no tab
   * shows. What a formatter changes while it is saved is not read.
   */
  async hide(): Promise<void> {
    if (this.isHidden) return;
    this.isHidden = true;
    if (this.proposed.isDirty) await this.proposed.save();
    this.shown = splitText(this.proposed.getText()).lines;
  }

  /** Brings the proposed text to where the hunks are. A tab shows it again. */
  async show(): Promise<void> {
    if (!this.isHidden) return;
    this.isHidden = false;
    this.shown = splitText(this.proposed.getText()).lines;
    await this.write();
  }

  /** Reads the proposed text after it has changed. What the user edited becomes part of the hunks. */
  proposedChanged(): void {
    if (this.isHidden) return;
    const { lines } = splitText(this.proposed.getText());
    const { shown } = this;
    if (sameLines(lines, shown)) return;
    this.shown = lines;
    if (this.written !== undefined && sameLines(lines, this.written)) return;
    const wanted = proposedLines(this.proposal);
    if (sameLines(lines, wanted)) return;
    // What was typed into the document may not have reached the proposed text yet.
    const merged = proposedLines(moveToBase(proposeEdit(shown, lines), wanted));
    this.proposal = changeProposed(this.proposal, merged);
    this.past = [];
    void this.write();
  }

  /** Goes on with a document of the proposed text that VS Code opened after it had closed the earlier one. */
  attach(proposed: vscode.TextDocument): void {
    this.proposed = proposed;
    this.shown = splitText(proposed.getText()).lines;
    void this.write();
  }

  /** Follows changes of the document that came without an event, such as those on disk while it was closed. */
  catchUp(document: vscode.TextDocument): void {
    this.proposedChanged();
    const { lines } = splitText(document.getText());
    if (sameLines(lines, this.proposal.base)) return;
    this.proposal = moveToBase(this.proposal, lines);
    void this.write();
  }

  /** Replaces the proposed text, while an answer streams. What was typed into the document since it was made is kept. */
  async propose(text: string): Promise<void> {
    const { base } = this.proposal;
    this.proposal = moveToBase(proposeEdit(this.origin, splitText(text).lines), base);
    this.past = [];
    await this.write();
  }

  /** The lines that hunks bring. @param only The id of the hunk; all if absent. */
  linesOf(only: number | undefined): readonly string[] {
    return this.proposal.hunks.filter(({ id }) => id === (only ?? id)).flatMap(({ lines }) => lines);
  }

  /** True if accepting all would replace what the user typed, or if the place of a hunk is ambiguous. */
  isInConflict(document: vscode.TextDocument): boolean {
    const { lines } = splitText(document.getText());
    if (rebaseChange(this.proposal.base, proposedLines(this.proposal), lines) === undefined) return true;
    this.catchUp(document);
    return this.proposal.hunks.some((hunk) => isInConflict(this.proposal, hunk));
  }

  /**
   * Writes hunks into the document as one edit.
   *
   * @param only The id of the hunk; all if absent.
   * @returns The first changed line, or false if the document is read-only.
   */
  async accept(document: vscode.TextDocument, only: number | undefined): Promise<vscode.Range | false> {
    this.catchUp(document);
    const { hunks } = this.proposal;
    const next = acceptHunks(
      this.proposal,
      new Set(hunks.map(({ id }) => id).filter((id) => id === (only ?? id))),
    );
    this.expected = next;
    const range = await writeChange(document, next.base);
    this.expected = undefined;
    return range;
  }

  /** Takes hunks out of the proposed text. */
  async reject(ids: ReadonlySet<number>): Promise<void> {
    this.proposal = rejectHunks(this.proposal, ids);
    this.past = [];
    await this.write();
  }

  /** Brings the proposed text to where the hunks are. One at a time: VS Code refuses an edit of a text that has changed since. */
  private write(): Promise<void> {
    this.writing = this.writing.then(async () => {
      for (let attempt = 0; attempt < mostAttempts && !this.proposed.isClosed && !this.isHidden; attempt++) {
        const wanted = proposedLines(this.proposal);
        if (sameLines(splitText(this.proposed.getText()).lines, wanted)) return;
        this.written = wanted;
        await writeChange(this.proposed, wanted);
        this.proposedChanged();
        this.written = undefined;
      }
    });
    return this.writing;
  }
}

/** The lines that a change of a document replaces. */
function lineEdit(
  base: readonly string[],
  { range: { start, end }, text }: vscode.TextDocumentContentChangeEvent,
): LineEdit {
  const before = base[start.line]?.slice(0, start.character) ?? '';
  const after = base[end.line]?.slice(end.character) ?? '';
  return { start: start.line, end: end.line + 1, lines: splitText(before + text + after).lines };
}
