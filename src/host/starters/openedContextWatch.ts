import * as vscode from 'vscode';
import { mayHoldSecrets } from '../../core/paths/mayHoldSecrets';
import { baseName } from '../../core/text/baseName';
import { DisposableStore, type Disposable } from '../../shared/kit/disposable';
import type { OpenedContext } from '../../shared/messages/toView';
import { findEnclosingSymbol } from '../workspace/findEnclosingSymbol';
import { chooseRepository, gitApi, type GitApi, type Repository } from '../workspace/gitApi';
import { withinTime } from '../workspace/withinTime';

/** The longest wait for the symbols of a document, in milliseconds. */
const patience = 700;
/** Changes within this time are looked at together, in milliseconds. The cursor moves with every key. */
const pause = 250;

/** An identifier, in some languages with the types of the parameters. At most 100 characters. */
const plainName = /^[\p{L}_$#~][\p{L}\p{N}_$]{0,60}(?:\([^()]{0,38}\))?$/u;

const nothing: OpenedContext = { file: null, symbol: null, problems: 0, changes: 0 };

/** What the watch needs. */
interface OpenedContextPorts {
  /** False while no one sees the first prompts. Nothing is looked at then. */
  readonly isWanted: () => boolean;
  /** Called when something else is open. */
  readonly onChange: () => void;
  /** Called with an unexpected error. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Watches what is open in VS Code: the active file, the symbol at the cursor, the problems of the file and the Git changes. Reads
 * only what VS Code has in memory.
 */
export class OpenedContextWatch implements Disposable {
  private opened = nothing;
  private timer: NodeJS.Timeout | undefined;
  private git: GitApi | undefined;
  private repository: Repository | undefined;
  private repositoryWatch: vscode.Disposable | undefined;
  /** Counts the looks. A slow one does not replace the result of a later one. */
  private looks = 0;
  private readonly subscriptions = new DisposableStore();

  constructor(private readonly ports: OpenedContextPorts) {
    const changed = (): void => {
      this.look();
    };
    this.subscriptions.add(vscode.window.onDidChangeActiveTextEditor(changed));
    this.subscriptions.add(vscode.window.onDidChangeTextEditorSelection(changed));
    this.subscriptions.add(vscode.languages.onDidChangeDiagnostics(changed));
    gitApi().then((git) => {
      this.git = git;
      if (git === undefined) return;
      this.subscriptions.add(git.onDidOpenRepository(changed));
      this.subscriptions.add(git.onDidCloseRepository(changed));
      this.look();
    }, ports.onFailure);
    this.look();
  }

  /** What is open; undefined for nothing. */
  get current(): OpenedContext | undefined {
    return JSON.stringify(this.opened) === JSON.stringify(nothing) ? undefined : this.opened;
  }

  /** Looks at what is open soon. */
  look(): void {
    if (this.timer !== undefined || !this.ports.isWanted()) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.update().catch(this.ports.onFailure);
    }, pause);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.repositoryWatch?.dispose();
    this.subscriptions.dispose();
  }

  private async update(): Promise<void> {
    this.looks += 1;
    const look = this.looks;
    const editor = vscode.window.activeTextEditor;
    const opened = {
      ...(editor === undefined ? nothing : await openedIn(editor)),
      changes: this.countChanges(),
    };
    if (look !== this.looks || JSON.stringify(opened) === JSON.stringify(this.opened)) return;
    this.opened = opened;
    this.ports.onChange();
  }

  private countChanges(): number {
    const repository = this.git && chooseRepository(this.git);
    if (repository !== this.repository) {
      this.repository = repository;
      this.repositoryWatch?.dispose();
      this.repositoryWatch = repository?.state.onDidChange(() => {
        this.look();
      });
    }
    if (repository === undefined) return 0;
    const { workingTreeChanges, indexChanges, mergeChanges, untrackedChanges = [] } = repository.state;
    const changes = [...workingTreeChanges, ...indexChanges, ...mergeChanges, ...untrackedChanges];
    return new Set(changes.map(({ uri }) => uri.toString())).size;
  }
}

async function openedIn({ document, selection }: vscode.TextEditor): Promise<OpenedContext> {
  const { uri } = document;
  const isFile =
    uri.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  // Output panels and diffs are text editors, too.
  if (!isFile || mayHoldSecrets(uri.path)) return nothing;
  const symbol = await withinTime(findEnclosingSymbol(document, selection.active), patience, undefined);
  const problems = vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
  return {
    file: baseName(uri.path),
    // Language servers also list callbacks, with names such as "map() callback".
    symbol:
      symbol !== undefined && plainName.test(symbol.name)
        ? { name: symbol.name, isCallable: symbol.isCallable }
        : null,
    problems: problems.length,
    changes: 0,
  };
}
