import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import * as v from 'valibot';
import { baseName } from '../../core/text/baseName';
import type { InstructionText } from '../../core/prompt/target';
import type { Log } from '../../core/ports/log';
import { DisposableStore } from '../../shared/kit/disposable';
import { Emitter } from '../../shared/kit/emitter';
import type { AttachmentChip } from '../../shared/messages/toView';
import { holdsUnseen } from '../../shared/text/visibleParts';
import { StoredValue } from '../memory/storedValue';
import { readWorkspaceText } from '../workspace/readWorkspaceText';

/** The most characters of one file that are sent. The rest is cut, because the file is sent with every prompt. */
const longestText = 40_000;
/** The largest file that is read, in bytes. */
const largestFile = 1_000_000;
/** The most conversations whose removed chips are remembered. */
const mostRemembered = 200;

/** What `InstructionFiles` needs from the rest of the host. */
export interface InstructionPorts {
  /** False if the user turned off `parley.instructionFiles`. */
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
 * Reads the workspace's instruction files: AGENTS.md in each workspace folder, the AGENTS.md nearest to the active file, and
 * .github/copilot-instructions.md. Reads them in trusted workspaces only, and again when they change.
 */
export class InstructionFiles implements vscode.Disposable {
  /** Fires when the instructions that apply have changed. */
  readonly changed: Emitter<void>;
  private readonly stored: StoredValue<Readonly<Record<string, readonly string[]>>>;
  private files: readonly InstructionFile[] = [];
  private candidates = '';
  private reading: Promise<void>;
  private readonly subscriptions = new DisposableStore();

  constructor(private readonly ports: InstructionPorts) {
    this.stored = new StoredValue(ports.memory, ports.log, {
      key: 'removedInstructions',
      schema: v.record(v.string(), v.array(v.string())),
      fallback: {},
      name: 'the removed instructions',
    });
    this.changed = new Emitter((error) => {
      ports.log.error(`A listener of the instructions failed: ${String(error)}`);
    });
    const readAgain = (): void => {
      this.reading = this.reading.then(() => this.read());
    };
    this.follow(readAgain);
    this.reading = this.read();
  }

  /** Resolves when the current instructions have been read. Never rejects. */
  async ready(): Promise<void> {
    await this.reading;
  }

  /** The instructions of a conversation, as Markdown, in the order of the files. */
  textsFor(conversationId: string): readonly InstructionText[] {
    return this.of(conversationId).map(({ id, path, text, truncated }) => ({
      source: 'file',
      id,
      name: path,
      text: `Instructions of the workspace, from ${path}:\n\n${text.trim()}`,
      truncated,
    }));
  }

  /**
   * Lists the chips of a conversation.
   *
   * @param tokensOf Finds the tokens of a file in the next prompt; null when there is no model.
   */
  chipsFor(conversationId: string, tokensOf: (id: string) => number | null): readonly AttachmentChip[] {
    return this.of(conversationId).map(({ id, path, text, truncated }) => ({
      kind: 'instructions',
      id,
      icon: 'book',
      label: labelOf(path, text),
      description: truncated
        ? vscode.l10n.t('{0}. Sent with every prompt. The end was left out because the file is long.', path)
        : vscode.l10n.t('{0}. Sent with every prompt.', path),
      tokens: tokensOf(id),
    }));
  }

  /** Leaves a file out of a conversation. Ignores an unknown id. */
  remove(conversationId: string, id: string): void {
    const file = this.files.find((candidate) => candidate.id === id);
    if (file === undefined) return;
    const removed = this.removed();
    const entries = Object.entries({
      ...removed,
      [conversationId]: [...(removed[conversationId] ?? []), id],
    });
    this.stored.set(Object.fromEntries(entries.slice(-mostRemembered)));
    this.changed.fire();
  }

  /** Finds the file of a chip; undefined for an unknown id. */
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
        // There is no active editor while the panel has the focus. The last active file still counts then.
        if (editor !== undefined && this.candidates !== keyOf(candidateUris())) readAgain();
      }),
    );
  }

  private of(conversationId: string): readonly InstructionFile[] {
    const removed = this.removed()[conversationId] ?? [];
    return this.files.filter(({ id }) => !removed.includes(id));
  }

  private removed(): Readonly<Record<string, readonly string[]>> {
    return this.stored.get();
  }

  private async read(): Promise<void> {
    const uris = vscode.workspace.isTrusted && this.ports.wanted() ? candidateUris() : [];
    this.candidates = keyOf(candidateUris());
    // Of the nested files only the one nearest to the active file applies. Files at the top always apply.
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
  /** True for a file in a subfolder of a workspace folder. */
  readonly nested: boolean;
}

/** The file's name, with a warning if the text has invisible characters: the model reads them, and the user does not see them. */
function labelOf(path: string, text: string): string {
  const name = baseName(path);
  return holdsUnseen(text) ? vscode.l10n.t('{0} (contains invisible characters)', name) : name;
}

/** Where instruction files may be: in each workspace folder, and in the folders between it and the active file, nearest first. */
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
    text: text.slice(0, longestText),
    truncated: text.length > longestText,
  };
}

function keyOf(candidates: readonly CandidateUri[]): string {
  return candidates.map(({ uri }) => uri.toString()).join('\n');
}

function keyOfFiles(files: readonly InstructionFile[]): string {
  return JSON.stringify(files.map(({ id, text }) => [id, text]));
}
