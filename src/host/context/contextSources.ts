import * as vscode from 'vscode';
import type { Attachment } from '../../shared/conversation/attachment';
import type { ContextSource } from '../../shared/messages/toView';
import { attachFile, attachSelections, attachSubject, attachSymbol, isShort } from './attachSelections';
import type { ContextGuard } from '../workspace/contextGuard';
import { attachChanges } from './attachChanges';
import { attachProblems } from './attachProblems';
import { attachTerminal } from '../terminal/attachTerminal';

/**
 * Gathers the context that `#` lists. If a source has nothing to attach, a notification says so.
 */
export class ContextSources {
  /** @param searchCodebase Asks for a question if none is given. */
  constructor(
    private readonly guard: ContextGuard,
    private readonly searchCodebase: (question: string | undefined) => Promise<readonly Attachment[]>,
  ) {}

  /** @param text The prompt so far. `#codebase` searches for it. */
  async attach(source: ContextSource, text?: string): Promise<readonly Attachment[]> {
    switch (source) {
      case 'selection':
        return await this.selection();
      case 'file':
        return await this.file();
      case 'problems':
        return await this.problems();
      case 'changes':
        return attachmentsOf(await attachChanges());
      case 'terminal':
        return attachmentsOf(await attachTerminal());
      case 'codebase':
        return await this.searchCodebase(text);
    }
  }

  /**
   * The selected code; without a selection, the code around the cursor.
   *
   * @returns undefined if there is no editor, or if its file must not be attached.
   */
  async subject(): Promise<readonly Attachment[] | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a file first, then place the cursor in the code.'),
      );
      return undefined;
    }
    return (await this.guard.admits(editor.document.uri, 'editor')) ? await attachSubject(editor) : undefined;
  }

  /** The function or type around the cursor of the active editor. Empty if the cursor is in neither. */
  async symbol(): Promise<readonly Attachment[]> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !(await this.guard.admits(editor.document.uri, 'editor'))) return [];
    return await attachSymbol(editor);
  }

  /** The problems of the active file, and the whole file if it is short. Each problem has the lines around it. */
  async problemsWithCode(): Promise<readonly Attachment[]> {
    const document = vscode.window.activeTextEditor?.document;
    const problems = await this.problems();
    const isAttached = problems.length > 0 && document !== undefined && isShort(document);
    return isAttached ? [attachFile(document), ...problems] : problems;
  }

  /** The problems of the active file. Shows no notification if there are none. */
  async quietProblems(): Promise<readonly Attachment[]> {
    const problems = await attachProblems(this.guard);
    return problems === undefined ? [] : [problems];
  }

  private async selection(): Promise<readonly Attachment[]> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.selections.every(({ isEmpty }) => isEmpty)) {
      return attachmentsOf({ problem: vscode.l10n.t('Nothing is selected in the editor.') });
    }
    return (await this.guard.admits(editor.document.uri, 'editor')) ? attachSelections(editor) : [];
  }

  private async file(): Promise<readonly Attachment[]> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined)
      return attachmentsOf({ problem: vscode.l10n.t('No file is open in an editor.') });
    return (await this.guard.admits(document.uri, 'editor')) ? [attachFile(document)] : [];
  }

  private async problems(): Promise<readonly Attachment[]> {
    const document = vscode.window.activeTextEditor?.document;
    if (document !== undefined && !(await this.guard.admits(document.uri, 'editor'))) return [];
    const problems = await attachProblems(this.guard);
    return attachmentsOf(problems ?? { problem: vscode.l10n.t('VS Code reports no problems here.') });
  }
}

/** Returns an attachment as a list. Shows a problem as a notification and returns an empty list. */
function attachmentsOf(result: Attachment | { readonly problem: string }): readonly Attachment[] {
  if ('kind' in result) return [result];
  void vscode.window.showInformationMessage(result.problem);
  return [];
}
