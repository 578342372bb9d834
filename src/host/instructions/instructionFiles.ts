import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import * as v from 'valibot';
import type { Log } from '../../core/ports/log';
import { DisposableStore } from '../../shared/kit/disposable';
import { Emitter } from '../../shared/kit/emitter';
import type { AttachmentChip } from '../../shared/messages/toView';
import { holdsUnseen } from '../../shared/text/visibleParts';
import { readWorkspaceText } from '../workspace/readWorkspaceText';

/** In characters; a longer file is cut: it goes along with every prompt. */
const longestFile = 40_000;
/** In bytes; a longer one is no instructions. */
const largestFile = 1_000_000;
const memoryKey = 'removedInstructions';
/** Conversations whose removals are remembered. */
const mostRemembered = 200;

/** What reading instructions needs. */
export interface InstructionPorts {
  /** Whether the user wants them. */
  readonly wanted: () => boolean;
  readonly memory: vscode.Memento;
  readonly log: Log;
}

interface InstructionFile {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly path: string;
  readonly text: string;
  readonly truncated: boolean;
}

/**
 * The workspace's own instructions: AGENTS.md at the top and nearest to the active file, and
 * .github/copilot-instructions.md. Read in trusted workspaces only; followed as they change.
 */
export class InstructionFiles implements vscode.Disposable {
  /** Fires when other instructions count. */
  readonly changed: Emitter<void>;
  private files: readonly InstructionFile[] = [];
  private candidates = '';
  private reading: Promise<void>;
  private readonly subscriptions = new DisposableStore();

  constructor(private readonly ports: InstructionPorts) {
    this.changed = new Emitter((error) => {
      ports.log.error(`A listener of the instructions failed: ${String(error)}`);
    });
    const readAgain = (): void => {
      this.reading = this.reading.then(() => this.read());
    };
    this.follow(readAgain);
    this.reading = this.read();
  }

  /** Resolves when what counts now is read. */
  async ready(): Promise<void> {
    await this.reading;
  }

  /** The instructions for a conversation, as Markdown; '' for none. */
  textFor(conversationId: string): string {
    return this.of(conversationId)
      .map(({ path, text }) => `Instructions of the workspace, from ${path}:\n\n${text.trim()}`)
      .join('\n\n');
  }

  /**
   * The chips of a conversation.
   *
   * @param count Estimates the tokens of a text.
   */
  chipsFor(conversationId: string, count: (text: string) => number): readonly AttachmentChip[] {
    return this.of(conversationId).map(({ id, path, text, truncated }) => ({
      kind: 'instructions',
      id,
      label: labelOf(path, text),
      description: truncated
        ? vscode.l10n.t('{0}. Goes along with every prompt; its end was left out because it is long.', path)
        : vscode.l10n.t('{0}. Goes along with every prompt.', path),
      tokens: count(text),
    }));
  }

  /** Leaves a file out of a conversation; nothing when no chip has this id. */
  remove(conversationId: string, id: string): void {
    const file = this.files.find((candidate) => candidate.id === id);
    if (file === undefined) return;
    const removed = this.removed();
    const entries = Object.entries({
      ...removed,
      [conversationId]: [...(removed[conversationId] ?? []), id],
    });
    this.ports.memory
      .update(memoryKey, Object.fromEntries(entries.slice(-mostRemembered)))
      .then(undefined, (error: unknown) => {
        this.ports.log.error(`The removal of instructions could not be remembered: ${String(error)}`);
      });
    this.changed.fire();
  }

  /** The file that a chip stands for; undefined when no chip has this id. */
  fileOf(id: string): vscode.Uri | undefined {
    return this.files.find((file) => file.id === id)?.uri;
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private follow(readAgain: () => void): void {
    for (const glob of ['**/AGENTS.md', '**/.github/copilot-instructions.md']) {
      const watcher = this.subscriptions.add(vscode.workspace.createFileSystemWatcher(glob));
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
        this.subscriptions.add(event(readAgain));
      }
    }
    this.subscriptions.add(vscode.workspace.onDidGrantWorkspaceTrust(readAgain));
    this.subscriptions.add(vscode.workspace.onDidChangeWorkspaceFolders(readAgain));
    this.subscriptions.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('parley.instructionFiles')) readAgain();
      }),
    );
    this.subscriptions.add(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        // The panel has the focus, too, when somebody writes about the file that was active before.
        if (editor !== undefined && this.candidates !== keyOf(candidateUris())) readAgain();
      }),
    );
  }

  private of(conversationId: string): readonly InstructionFile[] {
    const removed = this.removed()[conversationId] ?? [];
    return this.files.filter(({ id }) => !removed.includes(id));
  }

  private removed(): Readonly<Record<string, readonly string[]>> {
    const stored = v.safeParse(v.record(v.string(), v.array(v.string())), this.ports.memory.get(memoryKey));
    return stored.success ? stored.output : {};
  }

  private async read(): Promise<void> {
    const uris = vscode.workspace.isTrusted && this.ports.wanted() ? candidateUris() : [];
    this.candidates = keyOf(candidateUris());
    // Of several on the way up from the active file the nearest counts; those at the top count always.
    const nearest = await firstOf(uris.filter(({ nested }) => nested).map(({ uri }) => uri));
    const top = await Promise.all(uris.filter(({ nested }) => !nested).map(({ uri }) => readFile(uri)));
    const files = [...top, nearest].filter((file) => file !== undefined);
    const isSame = keyOfFiles(files) === keyOfFiles(this.files);
    this.files = files;
    if (!isSame) this.changed.fire();
  }
}

interface CandidateUri {
  readonly uri: vscode.Uri;
  /** True below the top of a workspace folder. */
  readonly nested: boolean;
}

/** The file's name, and a warning when the file may say to the model what its reader does not see. */
function labelOf(path: string, text: string): string {
  const name = path.split('/').at(-1) ?? path;
  return holdsUnseen(text) ? vscode.l10n.t('{0} (contains invisible characters)', name) : name;
}

/** Where instructions may be: at the top of every workspace folder, and on the way up from the active file. */
function candidateUris(): CandidateUri[] {
  const top = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => [
    { uri: vscode.Uri.joinPath(uri, 'AGENTS.md'), nested: false },
    { uri: vscode.Uri.joinPath(uri, '.github', 'copilot-instructions.md'), nested: false },
  ]);
  const active = vscode.window.activeTextEditor?.document.uri;
  const folder = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
  if (active === undefined || folder === undefined) return top;
  const nested: CandidateUri[] = [];
  let parent = vscode.Uri.joinPath(active, '..');
  while (parent.path.length > folder.uri.path.length && parent.path.startsWith(folder.uri.path)) {
    nested.push({ uri: vscode.Uri.joinPath(parent, 'AGENTS.md'), nested: true });
    parent = vscode.Uri.joinPath(parent, '..');
  }
  return [...top, ...nested];
}

async function firstOf(uris: readonly vscode.Uri[]): Promise<InstructionFile | undefined> {
  for (const uri of uris) {
    const file = await readFile(uri);
    if (file !== undefined) return file;
  }
  return undefined;
}

async function readFile(uri: vscode.Uri): Promise<InstructionFile | undefined> {
  const text = await readWorkspaceText(uri, largestFile);
  if (text === undefined || text.trim() === '') return undefined;
  return {
    id: `instructions-${createHash('sha256').update(uri.toString()).digest('hex').slice(0, 32)}`,
    uri,
    path: vscode.workspace.asRelativePath(uri),
    text: text.slice(0, longestFile),
    truncated: text.length > longestFile,
  };
}

function keyOf(candidates: readonly CandidateUri[]): string {
  return candidates.map(({ uri }) => uri.toString()).join('\n');
}

function keyOfFiles(files: readonly InstructionFile[]): string {
  return JSON.stringify(files.map(({ id, text }) => [id, text]));
}
