import * as vscode from 'vscode';
import type { EditPlace } from '../../core/inlineEdit/editPlace';
import type { EarlierTurn } from '../../core/inlineEdit/inlineEditMessages';
import { baseName } from '../../core/text/baseName';
import type { Memory } from '../memory/storedValue';
import { plainText } from '../ui/plainText';
import { ContextGuard } from '../workspace/contextGuard';
import { WorkspaceRules } from '../workspace/workspaceRules';
import { EditRequests, type EditRequestPorts } from './editRequests';
import { InstructionPrompt } from './instructionPrompt';
import { isReadOnly } from './isReadOnly';
import { placeOf } from './placeOf';
import { RunningEdit, type EditTask, type Reviews } from './runningEdit';

/** What `InlineEdits` needs from the rest of the host. */
export interface InlineEditPorts extends EditRequestPorts {
  readonly reviews: () => Promise<Reviews>;
  /** Keeps earlier prompts. */
  readonly memory: Memory;
  /** The name of the model of the next request. */
  readonly modelName: () => string;
}

/** The texts of the box for an instruction. */
interface BoxTexts {
  readonly title: string;
  readonly placeholder: string;
  /** The first value; '' if absent. */
  readonly value?: string;
}

/** True while an answer streams. Read by the key binding of Escape in package.json. */
const streamingKey = 'parley.editingInline';

/** Edits code in editors as the user says. */
export class InlineEdits implements vscode.Disposable {
  readonly guard: ContextGuard;
  /** The edits that the user can refine, by the URI of their document. */
  private readonly edits = new Map<string, RunningEdit>();
  private readonly requests: EditRequests;
  private readonly rules = new WorkspaceRules();
  private readonly prompt: InstructionPrompt;
  private readonly closing: vscode.Disposable;

  constructor(private readonly ports: InlineEditPorts) {
    this.guard = new ContextGuard(this.rules, ports.modelName);
    this.requests = new EditRequests(ports);
    this.prompt = new InstructionPrompt(ports.memory, ports.log);
    this.closing = vscode.workspace.onDidCloseTextDocument((document) => {
      this.documentClosed(document);
    });
  }

  /** Asks what to change in the selection or to write at the cursor, or how to refine the edit that is shown, and does it. */
  async start(): Promise<void> {
    const shown = this.shownEdit();
    if (shown !== undefined) {
      await this.refine(shown);
      return;
    }
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a file first, then place the cursor in the code.'),
      );
      return;
    }
    const { document, selection } = editor;
    if (!(await this.mayEdit(document))) return;
    const place = placeOf(document, selection);
    const instruction = selection.isEmpty
      ? await this.ask({
          title: vscode.l10n.t('Write Code in {0}', plainText(baseName(document.uri.path))),
          placeholder: vscode.l10n.t('What should be written here?'),
        })
      : await this.askAbout(document, place, vscode.l10n.t('What should change?'));
    if (instruction !== undefined) await this.edit(document, place, { instruction });
  }

  /** Asks what to do with a place. Returns undefined if the user cancels. */
  async askAbout(
    document: vscode.TextDocument,
    { start, end }: EditPlace,
    placeholder: string,
    value = '',
  ): Promise<string | undefined> {
    const name = plainText(baseName(document.uri.path));
    const title =
      end - start === 1
        ? vscode.l10n.t('Edit {0}, Line {1}', name, end)
        : vscode.l10n.t('Edit {0}, Lines {1}–{2}', name, start + 1, end);
    return await this.ask({ title, placeholder, value });
  }

  /** Edits a place. The user has already said what to do. An earlier edit of the document is stopped. */
  async edit(
    document: vscode.TextDocument,
    place: EditPlace,
    task: EditTask,
    turns: readonly EarlierTurn[] = [],
  ): Promise<void> {
    const key = document.uri.toString();
    this.edits.get(key)?.stopping.abort();
    const edit = new RunningEdit(document, place, turns, this.ports.reviews, () => {
      if (this.edits.get(key) === edit) this.edits.delete(key);
    });
    this.edits.set(key, edit);
    await this.run(edit, task);
  }

  /**
   * Checks that a document can be edited and may be sent to a model. Tells the user if it cannot be edited, and asks about a file
   * that may hold secrets.
   */
  async mayEdit(document: vscode.TextDocument): Promise<boolean> {
    if (!(await isReadOnly(document))) return await this.guard.admits(document.uri, 'editor');
    void vscode.window.showWarningMessage(
      vscode.l10n.t("Couldn't make the change. {0} is read-only.", plainText(baseName(document.uri.path))),
    );
    return false;
  }

  /** Stops the edit of the active document; if it has none, all edits. */
  stop(): void {
    const active = this.shownEdit();
    const stopped = active?.isStreaming === true ? [active] : [...this.edits.values()];
    for (const edit of stopped) edit.stopping.abort();
  }

  dispose(): void {
    for (const edit of this.edits.values()) edit.stopping.abort();
    this.edits.clear();
    this.closing.dispose();
    this.rules.dispose();
  }

  private async ask(texts: BoxTexts): Promise<string | undefined> {
    const prompt = vscode.l10n.t(
      '{0} shows the change as a diff. Nothing is written before you accept it.',
      plainText(this.ports.modelName()),
    );
    return await this.prompt.ask({ prompt, ...texts });
  }

  private async refine(edit: RunningEdit): Promise<void> {
    const last = edit.turns.at(-1)?.instruction ?? '';
    const instruction = await this.prompt.ask({
      title: vscode.l10n.t('Refine the Edit of {0}', plainText(baseName(edit.document.uri.path))),
      prompt: vscode.l10n.t('Before: {0}', plainText(last.replaceAll(/\s+/g, ' ').slice(0, 200))),
      placeholder: vscode.l10n.t('What should be different?'),
    });
    if (instruction === undefined) return;
    // An answer that still streams is stopped. What it has written so far goes along.
    edit.stopping.abort();
    await edit.streamed;
    if (edit.isPending) await this.run(edit, { instruction });
    else await this.edit(edit.document, edit.place, { instruction }, edit.turns);
  }

  private async run(edit: RunningEdit, task: EditTask): Promise<void> {
    const again = (): Promise<void> => this.edit(edit.document, edit.place, task, edit.turns);
    edit.streamed = this.requests.run(edit, task, again, () => {
      this.tellMenus();
    });
    await edit.streamed;
  }

  /** The edit that the active editor or the active diff shows. */
  private shownEdit(): RunningEdit | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const uri =
      input instanceof vscode.TabInputTextDiff
        ? input.original
        : vscode.window.activeTextEditor?.document.uri;
    const edit = uri && this.edits.get(uri.toString());
    return edit?.isPending === true ? edit : undefined;
  }

  private documentClosed(document: vscode.TextDocument): void {
    const edit = this.edits.get(document.uri.toString());
    if (edit?.isStreaming !== true) return;
    edit.stopping.abort();
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'The edit of {0} was stopped because the file was closed.',
        plainText(baseName(document.uri.path)),
      ),
    );
  }

  private tellMenus(): void {
    const isStreaming = [...this.edits.values()].some((edit) => edit.isStreaming);
    void vscode.commands.executeCommand('setContext', streamingKey, isStreaming);
  }
}
