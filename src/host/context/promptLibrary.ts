import * as vscode from 'vscode';
import type { PromptItem } from '../../shared/messages/toView';
import { builtInPrompts, type BuiltInPrompt } from './builtInPrompts';
import { asName, readPromptFile, type PromptFile } from './promptFile';
import { readWorkspaceText } from '../workspace/readWorkspaceText';

/** The largest prompt file that is read, in bytes. */
const largestFile = 64_000;
const mostFiles = 100;

/** A prompt that was listed under an id in `prompts-found`. */
export type KnownPrompt =
  | { readonly source: 'built-in'; readonly prompt: BuiltInPrompt }
  | { readonly source: 'workspace' | 'personal'; readonly uri: vscode.Uri; readonly prompt: PromptFile };

/**
 * The prompts that `/` lists: built-in prompts, prompts of trusted workspaces (`.github/prompts`), and the user's personal
 * prompts.
 */
export class PromptLibrary {
  private known = new Map<string, KnownPrompt>();

  /** @param personal The folder of the personal prompts. It may be missing. */
  constructor(readonly personal: vscode.Uri) {}

  /** Lists every prompt: personal prompts first, then the workspace's, then the built-in ones. */
  async list(): Promise<readonly PromptItem[]> {
    const [personal, workspace] = await Promise.all([
      this.readFolder(this.personal, 'personal'),
      this.readWorkspace(),
    ]);
    const builtIn = builtInPrompts().map((prompt) => ({ source: 'built-in' as const, prompt }));
    const prompts = new Map([...personal, ...workspace, ...builtIn].map((prompt) => [idOf(prompt), prompt]));
    this.known = prompts;
    return Array.from(prompts, ([id, { source, prompt }]) => ({
      id,
      name: prompt.name ?? '',
      description: prompt.description,
      source,
    }));
  }

  /** Finds a prompt by an id from the last list; undefined for any other id. */
  lookUp(id: string): KnownPrompt | undefined {
    return this.known.get(id);
  }

  private async readWorkspace(): Promise<KnownPrompt[]> {
    if (!vscode.workspace.isTrusted) return [];
    const folders = vscode.workspace.workspaceFolders ?? [];
    const prompts = await Promise.all(
      folders.map(({ uri }) => this.readFolder(vscode.Uri.joinPath(uri, '.github', 'prompts'), 'workspace')),
    );
    return prompts.flat();
  }

  private async readFolder(folder: vscode.Uri, source: 'workspace' | 'personal'): Promise<KnownPrompt[]> {
    const names = await promptFilesIn(folder);
    const prompts = await Promise.all(
      names.slice(0, mostFiles).map(async (name): Promise<KnownPrompt[]> => {
        const uri = vscode.Uri.joinPath(folder, name);
        const text = await readSmall(uri, source);
        if (text === undefined) return [];
        const file = readPromptFile(text);
        const prompt = { ...file, name: file.name ?? asName(name.replace(/(?:\.prompt)?\.md$/, '')) };
        return prompt.name === undefined || prompt.body === '' ? [] : [{ source, uri, prompt }];
      }),
    );
    return prompts.flat();
  }
}

/** Lists the names of the `.prompt.md` files in a folder, sorted. Empty if the folder does not exist. */
export async function promptFilesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .map(([name]) => name)
      .filter((name) => name.endsWith('.prompt.md'))
      .toSorted();
  } catch {
    // Most workspaces and users have no such folder.
    return [];
  }
}

/**
 * Reads a prompt file; undefined if it is missing, too large or not a file. Personal prompt files may be symbolic links to any
 * place. A workspace's prompt files may not lead out of the workspace.
 */
async function readSmall(uri: vscode.Uri, source: 'workspace' | 'personal'): Promise<string | undefined> {
  if (source === 'workspace') return await readWorkspaceText(uri, largestFile);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > largestFile || (type & vscode.FileType.File) === 0) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

function idOf(prompt: KnownPrompt): string {
  return prompt.source === 'built-in'
    ? `built-in:${prompt.prompt.name}`
    : `${prompt.source}:${prompt.uri.toString()}`;
}
