import * as vscode from 'vscode';
import { baseName } from '../../core/text/baseName';
import { filesNamedIn } from '../../core/context/filesNamedIn';
import { fillPrompt, type FilledPrompt } from '../../core/context/fillPrompt';
import type { Attachment } from '../../shared/conversation/attachment';
import type { ToView } from '../../shared/messages/toView';
import { findNamedFiles } from '../workspace/findNamedFiles';
import { attachSubject } from './attachSelections';
import type { BuiltInPrompt } from './builtInPrompts';
import type { ContextGuard } from '../workspace/contextGuard';
import type { ContextReader } from './contextReader';
import type { ContextSources } from './contextSources';
import type { KnownPrompt, PromptLibrary } from './promptLibrary';

/** A prompt for the message field, and its attachments. */
interface ChosenPrompt {
  readonly insert: ToView['insert-text'];
  readonly attachments: readonly Attachment[];
}

/** Prepares a prompt that was chosen with `/`: fills its variables and gathers its attachments. */
export class PromptActions {
  constructor(
    private readonly library: PromptLibrary,
    private readonly sources: ContextSources,
    private readonly reader: ContextReader,
    private readonly guard: ContextGuard,
  ) {}

  /**
   * Prepares the prompt with this id.
   *
   * @param hasAttachments True if the message has attachments already. Code without a selection is not attached then.
   * @returns undefined if no prompt was listed under this id.
   */
  async choose(id: string, hasAttachments: boolean): Promise<ChosenPrompt | undefined> {
    const known = this.library.lookUp(id);
    if (known === undefined) return undefined;
    return known.source === 'built-in'
      ? await this.chooseBuiltIn(known.prompt, hasAttachments)
      : await this.chooseFile(known);
  }

  private async chooseBuiltIn(
    { body, attaches }: BuiltInPrompt,
    hasAttachments: boolean,
  ): Promise<ChosenPrompt> {
    const filled = fillPrompt(body, { selection: '', file: '', fileName: '' });
    return { insert: insertOf(filled), attachments: await this.gather(attaches, hasAttachments) };
  }

  private async gather(
    attaches: BuiltInPrompt['attaches'],
    hasAttachments: boolean,
  ): Promise<readonly Attachment[]> {
    if (attaches === 'changes') return await this.sources.attach('changes');
    const code = await this.code(!hasAttachments);
    if (attaches === 'code' || code.length === 0) return code;
    return [...code, ...(await this.sources.quietProblems())];
  }

  private async chooseFile({
    source,
    uri,
    prompt,
  }: Extract<KnownPrompt, { source: 'workspace' | 'personal' }>): Promise<ChosenPrompt> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const file = active === undefined ? '' : vscode.workspace.asRelativePath(active);
    const wants = fillPrompt(prompt.body, { selection: '', file, fileName: '' });
    const code = wants.usesSelection ? await this.code(true) : [];
    const whole = wants.usesFile && active !== undefined ? await this.sources.attach('file') : [];
    const links = await this.linked(prompt.body, source === 'workspace' ? uri : undefined);
    const filled = fillPrompt(prompt.body, {
      selection: code.map(nameOf).join(', '),
      file,
      fileName: baseName(file),
    });
    return { insert: insertOf(filled), attachments: [...code, ...whole, ...links] };
  }

  /** The selected code; without a selection, the code around the cursor if `orAroundCursor` is true. */
  private async code(orAroundCursor: boolean): Promise<readonly Attachment[]> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || (editor.selection.isEmpty && !orAroundCursor)) return [];
    if (!(await this.guard.admits(editor.document.uri, 'editor'))) return [];
    return await attachSubject(editor);
  }

  /**
   * Attaches the files that a prompt file names. Links are relative to the prompt's folder. `#file:` paths are looked up in the
   * workspace folders first. In personal prompts both are relative to the first workspace folder. Files outside the workspace
   * are not read.
   *
   * @param promptFile The workspace's prompt file; undefined for a personal prompt.
   */
  private async linked(body: string, promptFile: vscode.Uri | undefined): Promise<readonly Attachment[]> {
    if (!vscode.workspace.isTrusted) return [];
    const own = promptFile === undefined ? undefined : vscode.workspace.getWorkspaceFolder(promptFile);
    const top = (own ?? vscode.workspace.workspaceFolders?.[0])?.uri;
    const folder = promptFile === undefined ? top : vscode.Uri.joinPath(promptFile, '..');
    if (top === undefined || folder === undefined) return [];
    const uris = await Promise.all(
      filesNamedIn(body).map(async ({ path, form }) => {
        if (path.startsWith('/')) return vscode.Uri.joinPath(top, path);
        const inWorkspace = form === 'reference' ? await findNamedFiles(path) : [];
        return inWorkspace.find(({ exists }) => exists)?.uri ?? vscode.Uri.joinPath(folder, path);
      }),
    );
    const distinct = new Map(uris.map((uri) => [uri.toString(), uri]));
    return await this.reader.readAll([...distinct.values()], 'listing');
  }
}

function insertOf({ text, selectStart, selectEnd }: FilledPrompt): ToView['insert-text'] {
  return { text, selectStart, selectEnd };
}

function nameOf(attachment: Attachment): string {
  return attachment.kind === 'code'
    ? `\`${attachment.path}:${attachment.startLine}-${attachment.endLine}\``
    : attachment.name;
}
