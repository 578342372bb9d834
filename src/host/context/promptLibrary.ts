import * as vscode from 'vscode';
import type { PromptItem } from '../../shared/messages/toView';
import { builtInPrompts, type BuiltInPrompt } from './builtInPrompts';
import { asName, readPromptFile, type PromptFile } from './promptFile';
import { readWorkspaceText } from '../workspace/readWorkspaceText';

/** In bytes: a prompt is written by hand. */
const longestFile = 64_000;
const mostFiles = 100;

/** What an id of `prompts-found` stands for. */
export type KnownPrompt =
  | { readonly source: 'built-in'; readonly prompt: BuiltInPrompt }
  | { readonly source: 'workspace' | 'personal'; readonly uri: vscode.Uri; readonly prompt: PromptFile };

/** The prompts for `/`: those that come with Parley, those of trusted workspaces, and a person's own. */
export class PromptLibrary {
  private known = new Map<string, KnownPrompt>();

  /** @param personal The folder of a person's own prompts; need not exist. */
  constructor(readonly personal: vscode.Uri) {}

  /** Every prompt, by name; one's own first, for they may stand in for the others. */
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

  /** What was listed under an id; undefined for any other. */
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

/** The names of the prompt files in a folder; none when there is no such folder. */
export async function promptFilesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .map(([name]) => name)
      .filter((name) => name.endsWith('.prompt.md'))
      .toSorted();
  } catch {
    // Most workspaces, and most people, have none.
    return [];
  }
}

/** One's own prompts may be links to anywhere; a workspace may not show another place's text. */
async function readSmall(uri: vscode.Uri, source: 'workspace' | 'personal'): Promise<string | undefined> {
  if (source === 'workspace') return await readWorkspaceText(uri, longestFile);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > longestFile || (type & vscode.FileType.File) === 0) return undefined;
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
