import * as vscode from 'vscode';
import type { ContextItem } from '../../shared/messages/toView';
import { findNamedFiles } from '../workspace/findNamedFiles';
import type { ContextGuard } from '../workspace/contextGuard';
import { findSymbols, type ListedSymbol } from './findSymbols';
import { folderPath, type ListedEntry, type WorkspaceFiles } from '../workspace/workspaceFiles';
import { baseName } from '../../core/text/baseName';

/** A file, folder or symbol that was listed under an id in `context-found`. */
export type Found = ListedEntry | ListedSymbol;

const mostItems = 50;
const mostSymbols = 20;
/** The most ids that are kept; the oldest ids are dropped. */
const mostRemembered = 5_000;

/**
 * Finds the files, folders and symbols that `@` can attach. The webview receives ids only, and this class creates them and looks
 * them up: the webview cannot name a file of its choice.
 */
export class ContextFinder {
  private readonly byId = new Map<string, Found>();
  private readonly idOf = new Map<string, string>();

  constructor(
    private readonly files: WorkspaceFiles,
    private readonly guard: ContextGuard,
  ) {}

  /** Finds what matches a query, best first. For an empty query, lists files in editors and then other files. */
  async find(query: string): Promise<readonly ContextItem[]> {
    const words = query.trim();
    const list = await this.files.list();
    if (words === '') {
      const rest = list.files.slice(0, mostItems * 2);
      return await this.offer([...inEditors(list.files), ...rest]);
    }
    const symbols = await findSymbols(words, mostSymbols);
    const entries = list.find(words, mostItems * 2);
    // Symbols come after the first few files, so that many paths do not hide them.
    const candidates = [...entries.slice(0, 15), ...symbols, ...entries.slice(15)];
    return await this.offer(candidates, await typedInFull(words));
  }

  /** Finds what was listed under an id; undefined for an unknown id. */
  lookUp(id: string): Found | undefined {
    return this.byId.get(id);
  }

  /** @param named Files whose whole path was typed. They come first, and are listed even if they are hidden. */
  private async offer(
    candidates: readonly Found[],
    named: readonly ListedEntry[] = [],
  ): Promise<readonly ContextItem[]> {
    const unique = [
      ...new Map([...named, ...candidates].map((found) => [keyOf(found), found])).values(),
    ].slice(0, mostItems * 2);
    const listable = await this.guard.listable(unique.map(({ uri }) => uri));
    const keys = new Set(named.map(keyOf));
    return unique
      .filter((found) => listable.has(found.uri) || keys.has(keyOf(found)))
      .slice(0, mostItems)
      .map((found) => ({
        id: this.remember(found),
        kind: found.kind,
        label: found.name,
        description: found.kind === 'symbol' ? found.path : folderPath(found.path),
      }));
  }

  private remember(found: Found): string {
    const key = keyOf(found);
    const id = this.idOf.get(key) ?? crypto.randomUUID();
    this.byId.delete(id);
    this.byId.set(id, found);
    this.idOf.set(key, id);
    const oldest = this.byId.entries().next();
    if (this.byId.size > mostRemembered && oldest.done !== true) {
      this.byId.delete(oldest.value[0]);
      this.idOf.delete(keyOf(oldest.value[1]));
    }
    return id;
  }
}

function keyOf(found: Found): string {
  const place = found.kind === 'symbol' ? `${found.range.start.line}:${found.name}` : '';
  return `${found.kind} ${found.uri.toString()} ${place}`;
}

/** Finds the workspace files with exactly this path. If one of them is hidden, the user is asked when it is picked. */
async function typedInFull(path: string): Promise<ListedEntry[]> {
  const named = await findNamedFiles(path.replaceAll('\\', '/'));
  return named.flatMap(({ uri, exists }) =>
    exists
      ? [
          {
            kind: 'file' as const,
            uri,
            name: baseName(uri.path),
            path: vscode.workspace.asRelativePath(uri),
          },
        ]
      : [],
  );
}

/** The files in editors: the active one, the visible ones, then the other tabs. */
function inEditors(files: readonly ListedEntry[]): ListedEntry[] {
  const listed = new Map(files.map((file) => [file.uri.toString(), file]));
  const uris = [
    vscode.window.activeTextEditor?.document.uri,
    ...vscode.window.visibleTextEditors.map(({ document }) => document.uri),
    ...vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .map(({ input }) => (input instanceof vscode.TabInputText ? input.uri : undefined)),
  ];
  return uris.flatMap((uri) => {
    const file = uri === undefined ? undefined : listed.get(uri.toString());
    return file === undefined ? [] : [file];
  });
}
