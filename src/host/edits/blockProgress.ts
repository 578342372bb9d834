import * as vscode from 'vscode';
import { codeBlockKey } from '../../shared/conversation/codeBlockKey';
import type { AnswerCode, FilePart } from '../../core/edits/plan/filePart';
import type { AppliedCode } from './appliedCode';

/** What is known about a block whose parts are being reviewed. */
interface Progress {
  /** The parts that have not been decided. */
  open: number;
  isDiscarded: boolean;
  readonly files: Set<string>;
}

/** Counts which parts of blocks were accepted, and remembers the blocks whose parts all were. */
export class BlockProgress {
  private readonly blocks = new Map<AnswerCode, Progress>();

  constructor(
    private readonly applied: AppliedCode,
    parts: readonly FilePart[],
  ) {
    for (const { block } of parts) {
      const known = this.blocks.get(block);
      if (known === undefined) this.blocks.set(block, { open: 1, isDiscarded: false, files: new Set() });
      else known.open += 1;
    }
  }

  /** @param file The file that has the part now; undefined if the part was discarded. */
  settle({ block }: FilePart, file: vscode.Uri | undefined): void {
    const progress = this.blocks.get(block);
    if (progress === undefined) return;
    progress.open -= 1;
    if (file === undefined) progress.isDiscarded = true;
    else progress.files.add(vscode.workspace.asRelativePath(file));
    if (progress.open > 0 || progress.isDiscarded) return;
    this.blocks.delete(block);
    this.applied.add({
      answer: block.answer,
      block: codeBlockKey(block),
      files: [...progress.files],
    });
  }

  /** Settles a part that is in an untitled file, when the user has saved that file. */
  settleWhenSaved(part: FilePart, file: vscode.Uri): void {
    const watcher = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.toString() !== file.toString()) return;
      watcher.dispose();
      this.settle(part, file);
    });
  }
}
